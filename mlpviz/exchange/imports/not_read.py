"""Kinds of files that people have networks in and that are not read here, each with how to bring the network in."""

from __future__ import annotations

from typing import NamedTuple

from mlpviz.exchange.imports.foreign import ForeignFile


class NotRead(NamedTuple):
    """One kind: what it is, how it is known, and what to do instead, as the ends of a sentence.

    A file is known by its first bytes, where all of that kind have them, or by the end of its name.
    """

    what: str
    instead: str
    suffixes: tuple[str, ...]
    heads: tuple[bytes, ...] = ()

    def has(self, file: ForeignFile) -> bool:
        """Whether the file is of this kind."""
        return file.ends(*self.suffixes) or file.content.startswith(self.heads)


_TO_ONNX = "turn it into ONNX with python -m tf2onnx.convert --output model.onnx"

NOT_READ: tuple[NotRead, ...] = (
    NotRead(
        "is a pickle, which could run any code when it is opened",
        "save a model of scikit-learn with skops.io.dump or skl2onnx, the state_dict of PyTorch with torch.save, or "
        "call mlpviz.from_sklearn or mlpviz.from_torch where you trained it",
        (".pkl", ".pickle", ".joblib", ".dill", ".sav", ".pdparams"),
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
    ),
    NotRead(
        "is R's own form of objects",
        "print the network of nnet with summary(), write that of neuralnet with write.csv(net$result.matrix), or save "
        "PMML with the package pmml",
        (".rds", ".rdata", ".rda"),
        (b"RDX2\n", b"RDX3\n", b"RDA2\n", b"RDA3\n"),
    ),
    NotRead(
        "is a graph of TensorFlow",
        f"save the model with model.save('model.keras'), or {_TO_ONNX} --saved-model FOLDER",
        (".pb", ".pbtxt", ".ckpt.index", ".data-00000-of-00001"),
    ),
    NotRead(
        "is a model of TensorFlow Lite",
        f"open the Keras model that it was made from, or {_TO_ONNX} --tflite FILE",
        (".tflite", ".lite"),
    ),
    NotRead(
        "is an exported program of PyTorch",
        "save the state dict of the network with torch.save(model.state_dict(), …), or export ONNX",
        (".pt2", ".ptl", ".pte", ".mar"),
    ),
    NotRead(
        "is a model of Core ML",
        "open the model that it was made from, or save that as ONNX",
        (".mlmodel", ".mlpackage"),
    ),
    NotRead(
        "is a language model in GGUF, which is no multilayer perceptron",
        "open a network of dense layers",
        (".gguf", ".ggml"),
        (b"GGUF",),
    ),
    NotRead(
        "holds parameters of Flax",
        "save them as arrays with numpy.savez, a name for each: layers_0_kernel, layers_0_bias and so on",
        (".msgpack",),
    ),
    NotRead(
        "is a model of XGBoost, LightGBM or CatBoost, which are trees and no network",
        "open a network of dense layers",
        (".ubj", ".cbm", ".bst"),
    ),
    NotRead(
        "is a model of Caffe, MXNet, PaddlePaddle or OpenVINO",
        "save it as ONNX with that tool's exporter",
        (".caffemodel", ".prototxt", ".params", ".pdmodel", ".pdiparams"),
    ),
    NotRead(
        "is a workbook of an older or another program",
        "save it as .xlsx",
        (".xls", ".xlsb", ".ods", ".numbers"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",),
    ),
    NotRead("is a picture", "save it as PNG for samples", (".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff")),
    NotRead(
        "is a program, and nothing is run here",
        "run it, and save the weights that it trains: as a state_dict, .keras, .onnx or .npz",
        (".py", ".ipynb", ".r", ".m", ".jl", ".js"),
    ),
    NotRead(
        "is packed",
        "unpack it and open the file in it",
        (".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst", ".zip"),
        (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"),
    ),
    NotRead(
        "is a table of data",
        "open it as CSV or .xlsx on the Train page, or with mlpviz train --data",
        (".csv", ".tsv", ".parquet", ".feather"),
        (b"PAR1",),
    ),
    NotRead("is a text to read", "open the file of the network itself", (".pdf", ".docx", ".html", ".md", ".tex")),
)


def kind_of(file: ForeignFile) -> NotRead | None:
    """The kind of a file that is not read, by its ending or its first bytes; None for any other.

    Only files that no format recognises are asked: `torch.save` takes every name, `.csv` may hold weights.
    """
    return next((kind for kind in NOT_READ if kind.has(file)), None)
