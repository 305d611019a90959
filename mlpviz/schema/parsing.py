"""How a JSON text becomes a checked model of a known version. Refuses to know which model."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mlpviz.schema.errors import DocumentError, echo, first_error
from mlpviz.schema.json_io import read_json
from mlpviz.schema.limits import LIMITS

M = TypeVar("M", bound=BaseModel)


def parse_model(
    model: type[M],
    source: str | bytes | Mapping[str, Any],
    *,
    whole: str,
    version: int,
    known: Mapping[str, Collection[str]],
    tags: Mapping[str, Collection[str]],
    longest: int = LIMITS.text,
) -> M:
    """The model in a JSON text, its bytes in UTF-8, or the dictionary read from it.

    `version` is the newest that this mlpviz reads; `known` and `tags` are those of `error_of`.
    Raises DocumentError: one sentence that names the place and what was expected.
    """
    found = read_json(source, whole, longest) if isinstance(source, str | bytes) else source
    given = found.get("version") if isinstance(found, Mapping) else None
    if isinstance(given, int) and given > version:
        raise DocumentError(f"made by a newer mlpviz (version {echo(given)}); this one reads version {version}")
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise first_error(error, known, whole, tags) from None
