"""ANN_MLP of OpenCV, as its FileStorage writes it: YAML 1.0 or XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange.imports.archives import xml_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Activate, Dense, Operation, Rescale
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

Fields = Mapping[str, str]

_NUMBER = re.compile(r"[-+]?(?:\.?\d[\d.]*(?:[eE][-+]?\d+)?|\.(?:Inf|inf|NaN|nan))")


def recognises(file: ForeignFile) -> bool:
    """The name of the class stands in the file."""
    return b"opencv_ml_ann_mlp" in file.head()


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers with scaling before and after. Raises DocumentError."""
    fields, blocks = _of_xml(file) if file.content.lstrip()[:1] == b"<" else _of_yaml(file.text())
    sizes = [int(each) for each in _numbers(fields.get("layer_sizes", ""))]
    if len(sizes) < 2 or len(blocks) != len(sizes) - 1 or min(sizes) < 1:
        raise NotThisFormatError("has other numbers of layers and weights than it says")
    activation = _activation(fields, reading)
    before, after = (
        _scaling(fields, name, size, name.replace("_scale", " scaling"))
        for name, size in (("input_scale", sizes[0]), ("output_scale", sizes[-1]))
    )
    reading.understand(
        "Each block of weights is (inputs + 1) × units, the biases are its last row; the activation follows the last "
        "layer too."
    )
    operations: list[Operation] = [*before]
    for index, block in enumerate(blocks):
        rows, columns = sizes[index] + 1, sizes[index + 1]
        if len(block) != rows * columns:
            raise NotThisFormatError(f"has {len(block)} weights in layer {index + 1}, expected {rows * columns}")
        matrix = np.array(block).reshape(rows, columns)
        operations += [Dense(matrix[:-1].T, matrix[-1]), *activation]
    return [*operations, *after]


def _activation(fields: Fields, reading: Reading) -> list[Operation]:
    name = fields.get("activation_function", "").strip(" \"'")
    first, second = (_one(fields.get(key, "0")) for key in ("f_param1", "f_param2"))
    match name:
        case "IDENTITY":
            return []
        case "SIGMOID_SYM":
            alpha, beta = first or 2 / 3, second or 1.7159
            reading.understand(f"SIGMOID_SYM is {exact(beta)} · tanh({exact(alpha)} · z / 2).")
            return [Activate("scaled_tanh", {"amplitude": beta, "steepness": alpha / 2})]
        case "GAUSSIAN":
            alpha, beta = first or 1.0, second or 1.0
            if beta != 1:
                raise DocumentError(f"the Gaussian has the height {exact(beta)}, expected 1")
            return [Activate("gaussian", {"steepness": alpha})]
        case "RELU":
            return [Activate("relu")]
        case "LEAKYRELU":
            return [Activate("leaky_relu", {"slope": first or 0.01})]
        case _:
            raise DocumentError(f"the activation is {echo(name)}, which OpenCV's ANN_MLP does not have")


def _scaling(fields: Fields, name: str, size: int, label: str) -> list[Operation]:
    values = np.array(_numbers(fields.get(name, "")))
    if len(values) != 2 * size:
        raise NotThisFormatError(f"has {len(values)} numbers in {name}, expected {2 * size}")
    if not np.isfinite(values).all():
        raise DocumentError(
            f"{name} is infinite or NaN, so every prediction of this network is NaN in OpenCV too: train it with the "
            "flag NO_OUTPUT_SCALE"
        )
    factor, shift = values[::2], values[1::2]
    return [] if (factor == 1).all() and not shift.any() else [Rescale(factor, shift, label)]


def _of_xml(file: ForeignFile) -> tuple[Fields, list[list[float]]]:
    root = xml_in(file.content, file.name)
    model = root if root.tag == "opencv_ml_ann_mlp" else root.find(".//opencv_ml_ann_mlp")
    if model is None:
        raise NotThisFormatError("has no opencv_ml_ann_mlp")
    weights = model.find("weights")
    fields = {each.tag: each.text or "" for each in model}
    return fields, [_numbers(each.text or "") for each in (() if weights is None else weights)]


def _of_yaml(text: str) -> tuple[Fields, list[list[float]]]:
    """OpenCV's YAML: keys with a value or with lines of `- number`; below weights one list per layer."""
    fields: dict[str, list[str]] = {}
    blocks: list[list[str]] = []
    key = ""
    for line in text.splitlines():
        entry = re.match(r"\s*([A-Za-z_]\w*):(.*)", line)
        if entry:
            key = entry[1]
            fields.setdefault(key, []).append(entry[2])
        elif key == "weights" and re.match(r"\s*-\s*(-\s.*|\[.*)?$", line):
            blocks.append([line.replace("-", " ", 1)])
        elif key == "weights" and blocks:
            blocks[-1].append(re.sub(r"^\s*-\s+", " ", line))
        elif key:
            fields[key].append(re.sub(r"^\s*-\s+", " ", line))
    return {name: " ".join(parts) for name, parts in fields.items()}, [
        _numbers(re.sub(r"(^|\s)-\s", " ", " ".join(parts))) for parts in blocks
    ]


def _numbers(text: str) -> list[float]:
    try:
        return [float(each.replace(".Inf", "inf").replace(".NaN", "nan")) for each in _NUMBER.findall(text)]
    except ValueError:
        raise NotThisFormatError("has something that is no number") from None


def _one(text: str) -> float:
    return next(iter(_numbers(text)), 0.0)


IMPORT = Import(
    "opencv_mlp",
    "OpenCV ANN_MLP",
    "cv::ml::ANN_MLP as YAML or XML, with its scaling of inputs and outputs and the constants of its activation.",
    (".yml", ".yaml", ".xml"),
    recognises,
    read,
)
