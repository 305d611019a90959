"""The network that programs hold: a document with its pass, its check, and the formats in which it can be saved."""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from mlpviz.api.disk import write_file
from mlpviz.api.results import Check, TracedPass
from mlpviz.api.tables import html_table, text_table
from mlpviz.engine.hyperparameters import exact
from mlpviz.exchange import key_named, key_of_file, save_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


@dataclass(frozen=True, repr=False)
class Network:
    """A small network with its numbers, samples and targets: what the score sheet shows.

    `notes` say what was understood, guessed and left out when it was read from a file or a model.
    """

    document: Document
    notes: tuple[str, ...] = ()

    def trace(self) -> TracedPass:
        """Every number of one forward and backward pass."""
        return TracedPass(self.document.trace())

    def check(self) -> Check:
        """These numbers compared with PyTorch, if it is installed, and with central differences."""
        from mlpviz.verify.report import check  # PyTorch takes over a second to import; a pass does not need it

        return Check(check(self.document.trace(), self.document.next_step))

    def to(self, kind: str) -> str | bytes:
        """The network in another format, by its key or a part of it: "pytorch", "json"; text where the format is text.

        Raises DocumentError for a format that does not exist, and for a network that it cannot hold.
        """
        content = save_file(NETWORK, self.document, key_named(NETWORK, kind)).content
        try:
            return content.decode() if b"\0" not in content else content
        except UnicodeDecodeError:
            return content

    def to_torch(self) -> Any:
        """The network as a `torch.nn.Sequential` with these numbers, in double precision and in its mode.

        Raises DocumentError for what such a chain of modules cannot hold, or without PyTorch.
        """
        from mlpviz.api.torch_module import sequential_of

        return sequential_of(self.document)

    def save(self, path: str | PathLike[str], kind: str | None = None) -> Path:
        """Write the network as a file, in the format of its suffix unless a kind is named; gives the path.

        Raises DocumentError also where the file cannot be written.
        """
        name = fspath(path)
        key = key_of_file(NETWORK, name) if kind is None else key_named(NETWORK, kind)
        write_file(name, save_file(NETWORK, self.document, key).content)
        return Path(name)

    def _rows(self) -> list[tuple[str, ...]]:
        rows: list[tuple[str, ...]] = [("layer", "weight", "bias", "norm", "activation", "dropout")]
        for number, layer in enumerate(self.document.layers, start=1):
            rows.append(
                (
                    f"{number}{f' ({layer.label})' if layer.label else ''}",
                    f"{len(layer.weight)} × {len(layer.weight[0])}",
                    "yes" if layer.bias is not None else "no",
                    layer.norm.entry.label if layer.norm else "",
                    layer.activation.entry.label,
                    exact(layer.dropout) if layer.dropout else "",
                )
            )
        return rows

    def _title(self) -> str:
        document = self.document
        widths = "-".join(map(str, document.widths))
        samples = f"{document.samples} sample{'s' if document.samples > 1 else ''}"
        name = f"{document.name}: " if document.name else ""
        return f"{name}{widths}, {samples}, {document.loss.entry.label}, {document.mode}"

    def __repr__(self) -> str:
        return "\n".join((self._title(), text_table(self._rows()), *self.notes))

    def _repr_html_(self) -> str:
        return html_table(self._title(), self._rows(), self.notes)
