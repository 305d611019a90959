"""PyTorch files of torch.save: state dicts and checkpoints that hold one, read with `weights_only=True`."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mlpviz.exchange.imports.archives import Archive, is_zip
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.operations import Operation, check_count
from mlpviz.exchange.imports.state_dict import operations
from mlpviz.network import DocumentError
from mlpviz.schema.library import library

_WRAPPERS = ("state_dict", "model_state_dict", "model", "net", "network", "weights", "model_state", "params")
_PREFIXES = ("module.", "_orig_mod.", "model.", "net.")


def recognises(file: ForeignFile) -> bool:
    """A zip with a pickle as torch.save writes it, or an older bare pickle by its ending."""
    head = file.head()
    if is_zip(head):
        return b"/data.pkl" in file.content[:2048] or file.ends(".pt", ".pth", ".ckpt")
    return file.ends(".pt", ".pth", ".ckpt")


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the state dict. Raises DocumentError."""
    return operations(_unwrapped(_load(file), reading), reading)


def _load(file: ForeignFile) -> Any:
    torch = library("torch", None)

    if is_zip(file.head()) and b"constants.pkl" in file.content:
        raise DocumentError(
            f"{file.name} is TorchScript, which holds code: save the state dict of the network instead, "
            "torch.save(model.state_dict(), …)"
        )
    if not is_zip(file.head()):
        raise DocumentError(
            f"{file.name} is in the form of PyTorch before 1.6 or damaged: open and save it once with a newer PyTorch, "
            "torch.save(model.state_dict(), …)"
        )
    Archive(file)  # refuses what unpacks to too much
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return torch.load(io.BytesIO(file.content), map_location="cpu", weights_only=True)
    except Exception as error:
        if type(error).__name__ == "UnpicklingError":
            raise DocumentError(
                f"{file.name} holds Python objects besides numbers, which could run code when read: save the state "
                "dict of the network instead, torch.save(model.state_dict(), …)"
            ) from None  # the reader of a foreign zip raises whatever its parts raise
        raise NotThisFormatError(
            "is an archive without a state dict of PyTorch in it, or damaged: save it with "
            "torch.save(model.state_dict(), …)"
        ) from None


def _state_dicts(found: Any, torch: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The keys that lead to each dictionary of tensors with a matrix among them, three dictionaries deep at most."""
    if not isinstance(found, Mapping) or not found:
        return
    if all(isinstance(each, torch.Tensor) for each in found.values()):
        if any(each.ndim == 2 for each in found.values()) or not path:
            yield path
    elif len(path) < 3:
        for name, value in found.items():
            if isinstance(name, str):
                yield from _state_dicts(value, torch, (*path, name))


def _unwrapped(found: Any, reading: Reading) -> Mapping[str, Any]:
    torch = library("torch", None)

    paths = list(_state_dicts(found, torch))
    if not paths:
        raise DocumentError("the file holds no state dict: expected a dictionary of tensors by their names")
    if paths != [()]:
        likely = min(paths, key=lambda path: (*(_WRAPPERS.index(each) if each in _WRAPPERS else 99 for each in path),))
        chosen = ".".join(likely)
        if len(paths) > 1:
            choices = {".".join(path): ".".join(path) for path in paths}
            chosen = reading.guess("network", "The file has several networks. Which one is shown?", choices, chosen)
        reading.understand(f"The weights are under {chosen!r}.")
        path = next(each for each in paths if ".".join(each) == chosen)
        others = [str(name) for name in found if name != path[0]]
        if others:
            reading.leave_out(f"Beside the weights the file has {', '.join(others)}.")
        for name in path:
            found = found[name]
    names = [str(name) for name in found]
    values: list[Any] = list(found.values())
    if "n_averaged" in names and all(name.startswith("module.") for name in names if name != "n_averaged"):
        at = names.index("n_averaged")  # torch.optim.swa_utils.AveragedModel counts beside the model
        del names[at], values[at]
    while prefix := next((each for each in _PREFIXES if names and all(name.startswith(each) for name in names)), None):
        names = [name[len(prefix) :] for name in names]
    dtypes = sorted({str(value.dtype).removeprefix("torch.") for value in values if value.is_floating_point()})
    if any(value.is_complex() or value.is_quantized for value in values):
        raise DocumentError("the file has complex or quantized numbers, which a document does not have")
    check_count(sum(value.numel() for value in values))  # a view may have more numbers than the file
    reading.understand(f"Numbers are stored as {', '.join(dtypes)} and shown exactly.")
    return {name: value.detach().to(torch.float64).numpy() for name, value in zip(names, values, strict=True)}


IMPORT = Import(
    "torch_checkpoint",
    "PyTorch state dict",
    "Dense layers, batch norm and layer norm of a state dict, also inside of a checkpoint; it does not hold the "
    "activations, which are asked. Whole pickled modules and TorchScript are refused.",
    (".pt", ".pth", ".ckpt"),
    recognises,
    read,
)
