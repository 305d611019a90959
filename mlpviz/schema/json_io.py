"""How text becomes the plain values of JSON, bounded in size and depth. Refuses to know what a document is."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.limits import LIMITS


def read_json(text: str | bytes, whole: str = "the document", longest: int = LIMITS.text) -> Any:
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
        reason = error.msg.split(":")[0].lower()
        raise DocumentError(f"not JSON: {reason} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise DocumentError(f"{whole} is nested too deeply to be read") from None
    except DocumentError:
        raise
    except ValueError:
        # Python refuses to convert whole numbers of thousands of digits
        raise DocumentError(f"{whole} has a number too large to be read, expected at most {_LARGEST}") from None


_LARGEST = f"{LIMITS.magnitude:g}"


def _object(whole: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for index, key in enumerate(keys) if key in keys[:index])
        raise DocumentError(f"{whole} has the field {echo(twice)} twice in one object")
    return found
