"""Safetensors files with the state dict of a PyTorch network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from mlpviz.exchange.imports.archives import json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.imports.state_dict import operations
from mlpviz.exchange.sequential_names import sequential_names
from mlpviz.exchange.whole_document import KEY, restored
from mlpviz.network import Document, DocumentError
from mlpviz.schema.library import library

_KINDS = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4"}


def recognises(file: ForeignFile) -> bool:
    """Eight bytes of length, then a JSON object."""
    head = file.head(9)
    return len(head) == 9 and head[8:9] == b"{" and int.from_bytes(head[:8], "little") <= len(file.content) - 8


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the arrays in the file. Raises DocumentError."""
    safetensors = library("safetensors", None)
    try:
        tensors: list[tuple[str, Any]] = safetensors.deserialize(file.content)
    except (safetensors.SafetensorError, ValueError, UnicodeDecodeError):
        raise NotThisFormatError("is damaged: its arrays are not what its head says") from None
    # safetensors gives them in another order each time; in a file they have none
    arrays = {name: _array(name, tensor) for name, tensor in sorted(tensors, key=lambda each: each[0])}
    if any(name.startswith(("parameters.", "lane.")) for name in arrays):
        raise DocumentError(f"{file.name} is a run of the Train page: open it there")
    text = _document(file)
    if text is not None:
        reading.take(_restored(text, arrays))
        return ()
    kinds = sorted({tensor["dtype"] for _, tensor in tensors})
    reading.understand(f"Numbers are stored as {', '.join(kinds)} and shown exactly.")
    return operations(arrays, reading)


def _document(file: ForeignFile) -> str | None:
    """The document in the head of a file of ours; None in any other."""
    length = int.from_bytes(file.head(8), "little")
    head = json_in(file.content[8 : 8 + length], file.name)
    texts = head.get("__metadata__") if isinstance(head, dict) else None
    found = texts.get(KEY) if isinstance(texts, dict) else None
    return found if isinstance(found, str) else None


def _restored(text: str, arrays: dict[str, Any]) -> Document:
    names = {other: name for name, other in sequential_names(Document.parse(text)).items()}
    counts = [name for name in arrays if name.endswith(".num_batches_tracked")]
    return restored(text, {names.get(name, name): array for name, array in arrays.items() if name not in counts})


def _array(name: str, tensor: Any) -> Any:
    kind, shape, data = tensor["dtype"], tensor["shape"], bytes(tensor["data"])
    if kind == "BF16":  # the upper half of a float32
        halves = np.frombuffer(data, "<u2").astype(np.uint32) << 16
        return halves.view(np.float32).reshape(shape)
    if kind not in _KINDS:
        raise DocumentError(f"{name} is stored as {kind}, expected one of {', '.join((*_KINDS, 'BF16'))}")
    return np.frombuffer(data, _KINDS[kind]).reshape(shape)


IMPORT = Import(
    "torch_safetensors",
    "safetensors",
    "The state dict of a PyTorch network as safetensors: dense layers, batch norm and layer norm; activations are "
    "asked.",
    (".safetensors",),
    recognises,
    read,
)
