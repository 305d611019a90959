"""Files of Keras: `.keras` of Keras 3, legacy `.h5` of Keras 2 and 3, and `.weights.h5` without architecture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.archives import Archive, is_zip, json_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import
from mlpviz.exchange.imports.keras_arrays import Room, arrays_by_path, datasets, groups_by_path, opened, text_of
from mlpviz.exchange.imports.keras_config import KerasReader, Weights, widened
from mlpviz.exchange.imports.keras_loss import take_loss
from mlpviz.exchange.imports.keras_names import Tensors, path_of, tensors_of
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.imports.state_dict import operations as of_arrays
from mlpviz.network import DocumentError

_HDF5 = b"\x89HDF\r\n\x1a\n"
_ORDER = {
    "Dense": ("kernel", "bias"),
    "BatchNormalization": ("gamma", "beta", "moving_mean", "moving_variance"),
    "LayerNormalization": ("gamma", "beta"),
    "RMSNormalization": ("scale",),
    "Normalization": ("mean", "variance"),
    "PReLU": ("alpha",),
}
"""the tensors of each kind of layer in the order in which Keras 3 numbers them"""
_EPS = 1e-3
"""of the norms of Keras"""


def recognises(file: ForeignFile) -> bool:
    """An HDF5 file, or a zip that ends in .keras or holds what Keras puts there."""
    return file.content[:8] == _HDF5 or (
        is_zip(file.head()) and (file.ends(".keras") or b"model.weights.h5" in file.content)
    )


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The operations of the model in the file. Raises DocumentError."""
    if is_zip(file.head()):
        return _archive(file, reading)
    with opened(file.content) as group:
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
    with opened(archive.read("model.weights.h5")) as group:
        reader = KerasReader(_major(version), reading, _weights(group, config))
        found = reader.operations(config)
        if isinstance(config, Mapping):
            take_loss(config.get("compile_config"), reading)
    return widened(found, None)


def _legacy(group: Any, reading: Reading) -> Sequence[Operation]:
    version = text_of(group.attrs.get("keras_version", "2"))
    reading.understand(f"Written by Keras {version}.")
    config = json_in(text_of(group.attrs["model_config"]), "model_config")
    where = group.get("model_weights", group)
    tensors: Tensors = {}
    for name, value in datasets(where, Room()):
        *groups, last = name.split("/")
        if groups:
            tensors.setdefault(tuple(groups), {})[last.split(":")[0]] = value
    reader = KerasReader(_major(version), reading, partial(tensors_of, tensors))
    found = reader.operations(config)
    if "training_config" in group.attrs:
        take_loss(json_in(text_of(group.attrs["training_config"]), "training_config"), reading)
    return widened(found, None)


def _weights_only(group: Any, file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """Weights without an architecture: dense layers in the order of their names, norms by their widths."""
    stem = file.name.removesuffix(".weights.h5")
    beside = next((name for name in (f"{stem}.keras", f"{stem}.json", "config.json") if name in file.beside), None)
    if beside is not None:
        config = (
            json_in(Archive(ForeignFile(beside, file.beside[beside])).read("config.json"), beside)
            if beside.endswith(".keras")
            else json_in(file.beside[beside], beside)
        )
        reading.understand(f"The architecture is from {beside}.")
        reader = KerasReader(3, reading, _weights(group, config))
        found = reader.operations(config)
        kernels = sum(parts[0].ndim == 2 for parts in arrays_by_path(group).values())
        if reader.dense != kernels:
            raise DocumentError(f"{beside} describes {reader.dense} dense layers, {file.name} has weights of {kernels}")
        return widened(found, None)
    reading.leave_out("The file has weights only: layers without weights, scaling and ε are not in it.")
    arrays: dict[str, Array] = {}
    for number, (name, parts) in enumerate(_in_order(arrays_by_path(group), reading)):
        names = ("weight", "bias", "running_mean", "running_var")
        arrays |= {
            f"{number}_{name}.{part}": value.T if value.ndim == 2 else value
            for part, value in zip(names, parts, strict=False)
        }
    return of_arrays(arrays, reading, _EPS)


def _in_order(layers: Mapping[str, list[Array]], reading: Reading) -> list[tuple[str, list[Array]]]:
    """Dense layers in the order of their names; behind each the norms and slopes that have as many numbers as units."""
    inside = next((name for name in layers if "/" in name), None)
    if inside is not None:
        raise DocumentError(
            f"there is a model inside the model, {inside}: choose the .keras file or config.json as well"
        )
    named = sorted(((name, parts) for name, parts in layers.items() if parts), key=lambda item: _natural(item[0]))
    dense = {name: parts for name, parts in named if parts[0].ndim == 2}
    after: dict[str, list[tuple[str, list[Array]]]] = {name: [] for name in dense}
    for name, parts in named:
        if name in dense:
            continue
        fitting = [each for each, (kernel, *_) in dense.items() if kernel.shape[-1] == parts[0].size]
        if not fitting:
            raise DocumentError(f"{name} has {parts[0].size} numbers, and no dense layer has as many units")
        free = [each for each in fitting if not after[each]]
        place = (free or fitting)[0]
        if len(fitting) > 1:
            question = f"After which layer comes {name}? The file does not say."
            place = reading.guess(f"place of {name}", question, {each: each for each in fitting}, place)
        after[place].append((name, parts))
    return [each for name, parts in dense.items() for each in [(name, parts), *after[name]]]


class _Named(NamedTuple):
    """A layer, or the activation inside of one, in the config of a model."""

    kind: str
    config: Mapping[str, Any]


def _weights(group: Any, model: Any) -> Weights:
    """The tensors of a layer by its path: they are in a group of its name, or of its class."""
    tensors = arrays_by_path(group)
    real = groups_by_path(group, tensors)
    layers = {path: (where, layer) for path, where, layer in _by_class(model)}

    def weights(path: str) -> Mapping[str, Array]:
        if path not in layers:
            return {}
        where, layer = layers[path]
        arrays = tensors.get(real.get(path, where)) or tensors.get(path, [])
        return dict(zip(_tensor_names(layer), arrays, strict=False))

    return weights


def _by_class(model: Any, group: str = "", above: str = "") -> Iterator[tuple[str, str, _Named]]:
    """Each layer with its path and the group that Keras gives it: classes in small letters with numbers."""
    counts: dict[str, int] = {}
    for kind, config in _layers_of(model):
        base = re.sub(r"(?<=[a-z0-9])([A-Z])|(?<=[A-Z])([A-Z][a-z])", lambda match: f"_{match.group(0)}", kind).lower()
        number = counts.get(base, 0)
        counts[base] = number + 1
        where = f"{group}{base}_{number}" if number else f"{group}{base}"
        path = path_of(above, config.get("name"))
        yield path, where, _Named(kind, config)
        yield from _by_class({"config": config}, f"{where}/layers/", path)
        inner = config.get("activation")
        if isinstance(inner, Mapping) and isinstance(inner.get("config"), Mapping):
            own = _Named(str(inner.get("class_name")), inner["config"])
            yield path_of(path, own.config.get("name")), f"{where}/activation", own


def _layers_of(model: Any) -> Iterator[_Named]:
    """The layers of a model's config, without those of models inside."""
    config = model.get("config") if isinstance(model, Mapping) else None
    layers = config.get("layers") if isinstance(config, Mapping) else config
    for layer in layers if isinstance(layers, list) else ():
        if isinstance(layer, Mapping) and isinstance(layer.get("config"), Mapping):
            yield _Named(str(layer.get("class_name")), layer["config"])


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


IMPORT = Import(
    "keras_files",
    "Keras model",
    "Sequential and functional models of Keras 2 and 3: dense layers with all activations, batch norm, layer norm, "
    "dropout, rescaling and normalization, one after another; Add and Concatenate of earlier values. "
    "A file of weights alone asks for the activations.",
    (".keras", ".h5", ".hdf5"),
    recognises,
    read,
)
