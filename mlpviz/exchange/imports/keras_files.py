"""Files of Keras: `.keras` of Keras 3, legacy `.h5` of Keras 2 and 3, and `.weights.h5` without architecture."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import Archive, is_zip, json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError, library
from mlpviz.exchange.imports.keras_config import KerasReader, Weights, widened
from mlpviz.exchange.imports.operations import Operation, check_count
from mlpviz.exchange.imports.state_dict import operations as of_arrays
from mlpviz.network import DocumentError

_HDF5 = b"\x89HDF\r\n\x1a\n"
_ORDER = {
    "Dense": ("kernel", "bias"),
    "BatchNormalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    "LayerNormalization": ("gamma", "beta"),
    "Normalization": ("mean", "variance"),
    "PReLU": ("alpha",),
}
"""the tensors of each kind of layer in the order in which Keras 3 numbers them"""
_MOST = 5_000
"""groups and data sets of one file"""
_MOST_BYTES = 64_000_000
"""that a piece of a data set unpacks to"""


class _Room:
    """What may still be read of a file: the same group may be linked from many places."""

    def __init__(self) -> None:
        self._items = self._numbers = 0

    def take(self, numbers: int) -> None:
        """Count a group or a data set. Raises DocumentError for too many of them, or of numbers in them."""
        self._items += 1
        self._numbers += numbers
        if self._items > _MOST:
            raise NotThisFormatError(f"has more than {_MOST:,} groups and arrays")
        check_count(self._numbers)


def recognises(file: ForeignFile) -> bool:
    """An HDF5 file, or a zip that ends in .keras or holds what Keras puts there."""
    return file.content[:8] == _HDF5 or (
        is_zip(file.head()) and (file.ends(".keras") or b"model.weights.h5" in file.content)
    )


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the model in the file. Raises DocumentError."""
    if is_zip(file.head()):
        return _archive(file, reading)
    with _opened(file.content) as group:
        if "model_config" in group.attrs:
            return _legacy(group, reading)
        if "layers" in group or "_layer_checkpoint_dependencies" in group:
            return _weights_only(group, file, reading)
    raise DocumentError(
        f"{file.name} is an HDF5 file without a Keras model in it: expected one that Keras saved; save other arrays as "
        ".npz"
    )


def _archive(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    archive = Archive(file)
    config = json_in(archive.read("config.json"), f"config.json in {file.name}")
    about = (
        json_in(archive.read("metadata.json"), f"metadata.json in {file.name}") if "metadata.json" in archive else {}
    )
    version = str(about.get("keras_version", "3")) if isinstance(about, Mapping) else "3"
    reading.understand(f"Written by Keras {version}.")
    with _opened(archive.read("model.weights.h5")) as group:
        reader = KerasReader(_major(version), reading, _weights(group, config))
        found = reader.operations(config)
        if isinstance(config, Mapping):
            reader.loss(config.get("compile_config"))
    return widened(found, None)


def _legacy(group: Any, reading: Reading) -> Sequence[Operation]:
    version = _text(group.attrs.get("keras_version", "2"))
    reading.understand(f"Written by Keras {version}.")
    config = json_in(_text(group.attrs["model_config"]), "model_config")
    where = group.get("model_weights", group)
    tensors: dict[str, dict[str, Array]] = {}
    for name, value in _datasets(where, _Room()):
        layer, part = name.split("/")[0], name.split("/")[-1].split(":")[0]
        tensors.setdefault(layer, {})[part] = value
    reader = KerasReader(_major(version), reading, lambda name: tensors.get(name, {}))
    found = reader.operations(config)
    if "training_config" in group.attrs:
        reader.loss(json_in(_text(group.attrs["training_config"]), "training_config"))
    return widened(found, None)


def _weights_only(group: Any, file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """Weights without an architecture: layers in the order of their names, activations asked."""
    beside = next((name for name in file.beside if name.endswith((".keras", "config.json"))), None)
    if beside is not None:
        config = (
            json_in(Archive(ForeignFile(beside, file.beside[beside])).read("config.json"), beside)
            if beside.endswith(".keras")
            else json_in(file.beside[beside], beside)
        )
        reading.understand(f"The architecture is from {beside}.")
        return widened(KerasReader(3, reading, _weights(group, config)).operations(config), None)
    reading.leave_out("The file has weights only: layers without weights, scaling and ε are not in it.")
    arrays: dict[str, Array] = {}
    for order, (name, parts) in enumerate(sorted(_numbered(group).items(), key=lambda item: _natural(item[0]))):
        if not parts:
            continue
        module = f"{order}_{name}"
        if parts[0].ndim == 2:
            arrays[f"{module}.weight"] = parts[0].T
            arrays |= {f"{module}.bias": parts[1]} if len(parts) > 1 else {}
        else:
            arrays |= {
                f"{module}.{part}": value
                for part, value in zip(("weight", "bias", "running_mean", "running_var"), parts, strict=False)
            }
    return of_arrays(arrays, reading)


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    """An HDF5 file in memory, without links to other files."""
    h5py = library("h5py", "keras")
    damaged = "is a damaged HDF5 file"
    try:
        file = h5py.File(io.BytesIO(content), "r")
    except (OSError, RuntimeError, ValueError, KeyError):
        raise NotThisFormatError(damaged) from None
    with file:
        try:
            yield file
        except (OSError, RuntimeError, KeyError, MemoryError, UnicodeDecodeError):
            raise NotThisFormatError(damaged) from None


def _datasets(group: Any, room: _Room, path: str = "", depth: int = 0) -> Iterator[tuple[str, Array]]:
    """All arrays below a group with their paths; soft and external links are not followed."""
    h5py = library("h5py", "keras")
    if depth > 12 or len(group) > _MOST:
        raise NotThisFormatError("is nested too deeply for a network")
    for name in group:
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            raise NotThisFormatError(f"has a link at {path}{name}, which is not followed")
        item = group[name]
        if isinstance(item, h5py.Group):
            room.take(0)
            yield from _datasets(item, room, f"{path}{name}/", depth + 1)
        elif isinstance(item, h5py.Dataset):
            if item.external or item.is_virtual:
                raise NotThisFormatError(f"keeps {path}{name} in another file, which is not opened")
            if item.chunks and math.prod(item.chunks) * item.dtype.itemsize > _MOST_BYTES:
                raise NotThisFormatError(f"unpacks to more than {_MOST_BYTES // 1_000_000} MB at {path}{name}")
            room.take(int(item.size or 0))
            if np.dtype(item.dtype).kind in "fiu":
                yield f"{path}{name}", np.asarray(item[()], dtype=np.float64)


def _numbered(group: Any) -> dict[str, list[Array]]:
    """The arrays of each layer in their order, by the layer's group and by the real name in its attribute."""
    found: dict[str, dict[int, Array]] = {}
    where = group.get("layers", group)
    for path, value in _datasets(where, _Room()):
        parts = path.split("/")
        if len(parts) >= 3 and parts[-2] == "vars" and parts[-1].isdigit():
            found.setdefault(parts[-3], {})[int(parts[-1])] = value
    ordered = {name: [parts[index] for index in sorted(parts)] for name, parts in found.items()}
    for name in list(ordered):
        real = _text(where[name]["vars"].attrs.get("name", "")) if name in where else ""
        if real and real != name and real not in ordered:
            ordered[real] = ordered[name]
    return ordered


class _Named(NamedTuple):
    """A layer, or another object of Keras with a name, in the config of a model."""

    kind: str
    config: Mapping[str, Any]


def _named(model: Any) -> Iterator[_Named]:
    if isinstance(model, Mapping):
        config = model.get("config")
        if isinstance(config, Mapping) and isinstance(config.get("name"), str):
            yield _Named(str(model.get("class_name")), config)
        for value in model.values():
            yield from _named(value)
    elif isinstance(model, list):
        for value in model:
            yield from _named(value)


def _weights(group: Any, model: Any) -> Weights:
    """The tensors of a layer by its name in the config: they are under it, or under the name of its class."""
    tensors = _numbered(group)
    named = {each.config["name"]: each for each in _named(model)}
    groups = _by_class(model)

    def weights(name: str) -> Mapping[str, Array]:
        arrays = tensors.get(name) or tensors.get(groups.get(name, ""), [])
        names = _tensor_names(named[name]) if name in named else ()
        return dict(zip(names, arrays, strict=False))

    return weights


def _by_class(model: Any) -> dict[str, str]:
    """The name that Keras gives the group of each layer: its class in small letters with a number."""
    counts: dict[str, int] = {}
    found = {}
    for kind, config in _named(model):
        if kind in ("Sequential", "Functional", "Model", "DTypePolicy"):
            continue
        base = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z][a-z])", lambda match: f"_{match.group(0)}", kind).lower()
        number = counts.get(base, 0)
        counts[base] = number + 1
        found[config["name"]] = f"{base}_{number}" if number else base
    return found


def _tensor_names(layer: _Named) -> Sequence[str]:
    names = _ORDER.get(layer.kind, ())
    if layer.kind in ("BatchNormalization", "LayerNormalization"):
        left_out = {part for part, flag in (("gamma", "scale"), ("beta", "center")) if layer.config.get(flag) is False}
        return tuple(each for each in names if each not in left_out)
    return names


def _major(version: str) -> int:
    first = version.split(".")[0]
    return int(first) if first.isdigit() else 3


def _natural(name: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", name)]


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


IMPORT = Import(
    "keras_files",
    "Keras model",
    "Sequential and functional models of Keras 2 and 3 that are one chain: dense layers with all activations, batch "
    "norm, layer norm, dropout, rescaling and normalization. A file of weights alone asks for the activations.",
    (".keras", ".h5", ".hdf5"),
    recognises,
    read,
)
