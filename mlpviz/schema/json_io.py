"""JSON text to checked models, bounded in size and depth, and plain values back to JSON text.

It knows no model: the caller names the model, its version and its fields.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mlpviz.schema.errors import DocumentError, echo, first_error
from mlpviz.schema.limits import DOCUMENT_LIMITS, MAGNITUDE
from mlpviz.text.numbers import all_digits

M = TypeVar("M", bound=BaseModel)

_COMPACT = json.JSONEncoder(separators=(",", ":"))  # made once: every edit writes JSON

_EXACT = 2.0**53  # whole numbers are written as such up to here; 1e300 would need 301 digits


def read_json(text: str | bytes, whole: str = "the document", longest: int = DOCUMENT_LIMITS.text) -> Any:
    """Lists, dictionaries, numbers and texts of a JSON text; `whole` is what messages call it.

    NaN, Infinity and 1e400 come through as floats, so that the caller can name their place.
    Raises DocumentError for text that is too long, not UTF-8, not JSON, too deep, or has a key twice.
    """
    if len(text) > longest:
        raise DocumentError(f"{whole} has {len(text):,} characters, at most {longest:,} are allowed")
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise DocumentError(f"{whole} is not UTF-8 text: byte {error.start + 1} does not fit") from None
    try:
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=partial(_object, whole))
    except json.JSONDecodeError as error:
        reason = error.msg.split(":")[0].lower().removesuffix(" at")
        raise DocumentError(f"not JSON: {reason} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise DocumentError(f"{whole} is nested too deeply to be read") from None
    except DocumentError:
        raise
    except ValueError:
        # Python raises ValueError for whole numbers of thousands of digits
        most = all_digits(MAGNITUDE)
        raise DocumentError(f"{whole} has a number too large to be read, expected at most {most}") from None


def _object(whole: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise DocumentError(f"{whole} has the field {echo(twice)} twice in one object")
    return found


def parse_model(
    model: type[M],
    source: str | bytes | Mapping[str, Any],
    *,
    whole: str,
    version: int,
    known: Mapping[str, Collection[str]],
    tags: Mapping[str, Collection[str]],
    longest: int = DOCUMENT_LIMITS.text,
    context: object = None,
) -> M:
    """The model in a JSON text, its bytes in UTF-8, or the dictionary read from it.

    `version` is the newest that this mlpviz reads; `known` and `tags` are those of `first_error`; `context` is what the
    validators of the model are given.
    Raises DocumentError: one sentence that names the place and what was expected.
    """
    found = read_json(source, whole, longest) if isinstance(source, str | bytes) else source
    given = found.get("version") if isinstance(found, Mapping) else None
    if isinstance(given, int | float) and given > version:
        raise DocumentError(f"made by a newer mlpviz (version {echo(given)}); this one reads version {version}")
    try:
        return model.model_validate(found, context=context)
    except ValidationError as error:
        raise first_error(error, known, whole, tags) from None


def whole_as_int(value: float) -> float:
    """The number as JSON text shows it: 3 for 3.0. The zero with a sign keeps it, as -0.0."""
    if value == 0:
        return value if math.copysign(1.0, value) < 0 else 0
    return int(value) if -_EXACT <= value <= _EXACT and value == int(value) else value


def row_json(row: Sequence[float]) -> list[float]:
    """A row of numbers, whole ones without .0."""
    return [whole_as_int(value) for value in row]


def matrix_json(rows: Sequence[Sequence[float]]) -> list[list[float]]:
    """A matrix row by row, whole numbers without .0."""
    return [row_json(row) for row in rows]


def write_json(found: Mapping[str, Any], indent: int | None, listed: Collection[str]) -> str:
    """Compact JSON text; with an indent one line per field, and per entry of the fields that are `listed`."""
    if indent is None:
        return _COMPACT.encode(found)
    pad = " " * indent

    def entry(key: str, value: Any) -> str:
        if key in listed:
            lines = ",\n".join(pad * 2 + json.dumps(item) for item in value)
            return f"{pad}{json.dumps(key)}: [\n{lines}\n{pad}]"
        return f"{pad}{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"

    return "{\n" + ",\n".join(entry(key, value) for key, value in found.items()) + "\n}\n"
