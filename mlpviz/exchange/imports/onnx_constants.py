"""What is constant in an ONNX graph: its tensors, the attributes of its nodes, and what is computed of them alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.foreign import ForeignFile, NotThisFormatError
from mlpviz.exchange.imports.onnx_functions import OF_ROWS, UP_TO_ONCE, function_of_numbers
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_PLAIN = (1, 2, 3, 4, 6, 7, 8)
"""kinds of attributes: numbers, texts, tensors and lists of numbers and texts"""


def array(onnx: Any, tensor: Any, file: ForeignFile) -> Array:
    """A tensor of the graph, from its file of weights too. Raises DocumentError for a damaged or missing one."""
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        return _external(onnx, tensor, file)
    try:
        found = onnx.numpy_helper.to_array(tensor)
    except Exception as error:  # the helper raises whatever its parts raise
        raise NotThisFormatError(f"has a damaged tensor {echo(tensor.name)}: {type(error).__name__}") from None
    return found if found.dtype.kind in "US" or found.dtype == object else np.asarray(found)


def _external(onnx: Any, tensor: Any, file: ForeignFile) -> Array:
    where = {entry.key: entry.value for entry in tensor.external_data}
    name = where.get("location", "").replace("\\", "/").rsplit("/", 1)[-1]
    if name not in file.beside:
        raise DocumentError(f"{file.name} keeps its weights in {name or 'another file'}: choose both files together")
    kind = onnx.helper.tensor_dtype_to_np_dtype(tensor.data_type)
    try:
        start = int(where.get("offset", 0))
        count = int(np.prod(tensor.dims, dtype=np.int64))
        return np.frombuffer(file.beside[name], kind, count, start).reshape(tuple(tensor.dims))
    except (ValueError, OverflowError):
        raise NotThisFormatError(f"says more of {name} than that file has") from None


def attributes_of(onnx: Any, node: Any) -> dict[str, Any]:
    """The attributes of a node that are no graphs, by their names."""
    return {
        attribute.name: onnx.helper.get_attribute_value(attribute)
        for attribute in node.attribute
        if attribute.type in _PLAIN
    }


def folded(
    kind: str, constants: Sequence[Array | None], attributes: Mapping[str, Any], inputs: Sequence[str]
) -> Array | None:
    """What a node gives for constants alone; None if that is no constant that the reader needs."""
    first = constants[0] if constants else None
    if first is None or any(each is None for each in constants):
        return None
    match kind:
        case "Identity" | "Cast":
            return first
        case "Transpose":
            return np.transpose(first, attributes.get("perm"))
        case "Reshape":
            try:
                return np.reshape(first, np.asarray(constants[1]).astype(int).tolist())
            except ValueError:
                return None
        case _ if kind in UP_TO_ONCE and kind not in OF_ROWS:
            parts = [lambda x, value=each: value for each in constants]
            with np.errstate(all="ignore"):
                return np.asarray(function_of_numbers(kind, attributes, parts, inputs)(np.zeros(1)))
        case _:
            return None
