"""scikit-learn's multilayer perceptrons as skops saves them: JSON and arrays, read without running anything."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import Archive, is_zip, json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.imports.sklearn_estimators import ESTIMATORS, estimator_operations
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


def recognises(file: ForeignFile) -> bool:
    """A zip that ends in .skops, or has skops's table of contents."""
    return is_zip(file.head()) and (file.ends(".skops") or b"schema.json" in file.content[-65_536:])


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the estimator or pipeline. Raises DocumentError."""
    archive = Archive(file)
    schema = json_in(archive.read("schema.json"), f"schema.json in {file.name}")
    return _Tree(archive, reading).estimator(schema)


class _Tree:
    def __init__(self, archive: Archive, reading: Reading) -> None:
        self._archive, self._reading = archive, reading

    def estimator(self, node: Any) -> list[Operation]:
        kind = node.get("__class__") if isinstance(node, Mapping) else None
        match kind:
            case "Pipeline":
                steps = self.value(self._entries(node).get("steps"))
                if not isinstance(steps, list):
                    raise NotThisFormatError("has a pipeline without steps")
                return [operation for step in steps for operation in self.estimator(step[-1])]
            case str() if kind in ESTIMATORS:
                entries = self._entries(node)
                return estimator_operations(kind, lambda name: self.value(entries.get(name)), self._reading)
            case _:
                raise DocumentError(
                    f"the file has a {echo(kind)}, expected an MLPClassifier or MLPRegressor, alone or after scalers"
                )

    def _entries(self, node: Any) -> Mapping[str, Any]:
        content = node.get("content") if isinstance(node, Mapping) else None
        if isinstance(content, Mapping) and "__loader__" in content:  # an object holds a dictionary of its attributes
            content = content.get("content")
        if not isinstance(content, Mapping):
            raise NotThisFormatError("has an object without attributes")
        return content

    def value(self, node: Any) -> Any:
        """Numbers, texts, lists and arrays; other objects stay nodes."""
        if not isinstance(node, Mapping):
            return None
        loader, content = node.get("__loader__"), node.get("content")
        if loader == "JsonNode":
            return json_in(str(content), "a value in schema.json")
        if loader in ("ListNode", "TupleNode"):
            return [self.value(each) for each in content] if isinstance(content, list) else None
        if loader == "NdArrayNode" and node.get("type") == "numpy":
            return self._array(str(node.get("file")))
        return node

    def _array(self, name: str) -> Array:
        try:
            return np.load(io.BytesIO(self._archive.read(name)), allow_pickle=False)
        except (ValueError, OSError, EOFError, SyntaxError):
            raise NotThisFormatError(f"has a damaged array {name}") from None


IMPORT = Import(
    "sklearn_skops",
    "scikit-learn (skops)",
    "MLPClassifier and MLPRegressor, alone or in a pipeline after scalers, as skops saves them.",
    (".skops",),
    recognises,
    read,
)
