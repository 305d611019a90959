"""Networks saved by real tools, with the inputs and the outputs that the tools themselves printed."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from mlpviz.exchange.imports import ForeignFile
from mlpviz.network import Document

MODELS = Path(__file__).parents[1] / "exchange" / "models"

ANSWERS = {("torch_pt", "activation after 0"): "tanh", ("torch_safetensors", "activation after 0"): "tanh"}
"""what the files do not say, by folder and guess"""

SCALED_ELSEWHERE = ("wb_v7.mat",)
"""the outputs are those of a network with scaling that is not in the file"""


class Saved(NamedTuple):
    """A file, and the tool's own outputs for some inputs."""

    folder: str
    file: str
    net: dict[str, Any]

    @property
    def answers(self) -> dict[str, str]:
        return {key: choice for (folder, key), choice in ANSWERS.items() if folder == self.folder}

    @property
    def foreign(self) -> ForeignFile:
        return foreign(self.folder, self.file)

    def inputs(self) -> list[list[float]]:
        if self.folder == "weka":
            rows = (MODELS / "weka" / self.net["test_arff"]).read_text().split("@data")[1].split()
            return [[float(each) for each in row.split(",")[:2]] for row in rows]
        given = self.net["inputs"]
        if isinstance(given[0], dict):
            names = json.loads((MODELS / self.folder / self.file).read_text())["inputLookup"]
            return [[row.get(name, 0.0) for name in names] for row in given]
        return given

    def outputs(self) -> np.ndarray:
        given = self.net["outputs"]
        if isinstance(given[0], dict):
            given = [list(row.values()) for row in given]
        return np.array(given, float).reshape(len(given), -1)

    def tolerance(self) -> float:
        """How close an independent reader came, with room for another order of the same sums."""
        return max(4e-15, 1.05 * (self.net["reader_max_abs_diff"] or 0.0))


def foreign(folder: str, file: str) -> ForeignFile:
    paths = {path.name: path for path in (MODELS / folder).iterdir()}
    beside = {name: path.read_bytes() for name, path in paths.items() if name != file}
    return ForeignFile(file, paths[file].read_bytes(), beside)


def saved_models() -> list[Saved]:
    """Every file that is here and has outputs."""
    return [
        Saved(folder.name, net["file"], net)
        for folder in sorted(MODELS.iterdir())
        if (folder / "io.json").exists()
        for net in json.loads((folder / "io.json").read_text())["nets"]
        if (folder / net["file"]).exists()
    ]


def output_of(document: Document, x: list[list[float]]) -> np.ndarray:
    """What the document gives for other samples."""
    classes = isinstance(document.target[0], int)
    layers = []
    for layer in document.layers:
        value = layer.to_json_value()
        if "mask" in value:
            value["mask"] = value["mask"][:1] * len(x)
        layers.append(value)
    target = [0] * len(x) if classes else [[0.0] * document.widths[-1]] * len(x)
    return np.asarray(document.replace(x=x, target=target, layers=layers).trace().output)
