"""What `show` gives in a notebook: widgets, and what a program reads of them. Only anywidget's users import this."""

from __future__ import annotations

from typing import Any

import traitlets

from mlpviz.api.network import Network
from mlpviz.api.results import TracedPass
from mlpviz.app.page import HandOver
from mlpviz.config import TrainingConfig
from mlpviz.hosts.notebook.page_widget import PageWidget
from mlpviz.network import Document
from mlpviz.runs.to_document import shown_document
from mlpviz.sheet_page.page import SheetPage
from mlpviz.sheet_page.session import SheetSession
from mlpviz.train_page.page import TrainPage
from mlpviz.train_page.session import TrainSession


class SheetWidget(PageWidget):
    """The score sheet in the output of a cell.

    `document` is the network on it, after every edit; `observe(function, "document")` calls when it changes, and to set
    it shows another one, which undo takes back.
    """

    document = traitlets.Instance(Document)

    def __init__(self, network: Network) -> None:
        self.notes = network.notes
        """what was understood, guessed and left out when the network was read"""
        super().__init__("sheet", sheet=SheetPage(network.document))
        self._follow()

    @property
    def network(self) -> Network:
        """The network on the sheet, to be checked, saved and written in other formats."""
        return Network(self.document)

    @property
    def trace(self) -> TracedPass:
        """Every number of the forward and backward pass on the sheet."""
        return self.network.trace()

    def to_torch(self) -> Any:
        """The network on the sheet as a `torch.nn.Sequential`. Raises DocumentError for what that cannot hold."""
        return self.network.to_torch()

    def _follow(self) -> None:
        self.document = self._session.document

    @property
    def _session(self) -> SheetSession:
        session = self.visitor.sessions["sheet"]
        if not isinstance(session, SheetSession):
            raise TypeError("the first page is not the sheet")
        return session

    @traitlets.observe("document")
    def _show(self, change: Any) -> None:
        if change["new"] is not self._session.document:
            with self.visitor.lock:
                self._session.take(HandOver("sheet", change["new"]))
            self.refresh()

    def __repr__(self) -> str:
        return f"SheetWidget of {self.network!r}"


class TrainWidget(PageWidget):
    """A training in the output of a cell: it learns while somebody looks, between the cells that the kernel runs."""

    def __init__(self, config: TrainingConfig) -> None:
        super().__init__("train", train=TrainPage(config))

    @property
    def config(self) -> TrainingConfig:
        """The setup as it is now, after changes in its form."""
        return self._session.config

    @property
    def network(self) -> Network:
        """The network at the checkpoint on screen, with its next batch as samples."""
        with self.visitor.lock:
            return Network(shown_document(self._session.run))

    @property
    def _session(self) -> TrainSession:
        session = self.visitor.sessions["train"]
        if not isinstance(session, TrainSession):
            raise TypeError("the first page is not the training")
        return session

    def __repr__(self) -> str:
        return f"TrainWidget of {self.config.name or 'a training'}"
