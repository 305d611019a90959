"""`train`: a training to be watched, in a notebook as a widget, elsewhere in the app."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from mlpviz.api.network import Network
from mlpviz.api.setups import read_setup
from mlpviz.api.showing import App, show_app, shows_widgets
from mlpviz.config import TrainingConfig
from mlpviz.network import Document, DocumentError
from mlpviz.train_page.sheet_training import training_of

if TYPE_CHECKING:
    from mlpviz.api.widgets import TrainWidget


@dataclass(frozen=True, repr=False)
class Training:
    """The setup of a training: data, network, optimizer, seed and all else that decides its numbers."""

    config: TrainingConfig

    def show(
        self, *, port: int | None = None, height: int = 900, opens_browser: bool | None = None
    ) -> App | TrainWidget:
        """Show it, ready to be started; the arguments are those of `mlpviz.show`.

        Raises DocumentError in a script for a setup that is too large for an address, RuntimeError if the app does not
        start.
        """
        if shows_widgets() and port is None and not opens_browser:
            from mlpviz.api.widgets import TrainWidget  # anywidget is an extra

            return TrainWidget(self.config)
        path = f"train?t={self.config.to_link()}"
        return show_app(None, path, port=port, height=height, opens_browser=opens_browser)

    def __repr__(self) -> str:
        return f"Training: {self.config.name or 'without a name'}; show() shows it"


def train(setup: Any) -> Training:
    """A training: of a setup by its name (`mlpviz list setups`), a file, JSON values, or of a network on its samples.

    A network begins with its own weights. Raises DocumentError for what is no setup.
    """
    if isinstance(setup, Training):
        return setup
    if isinstance(setup, TrainingConfig):
        return Training(setup)
    if isinstance(setup, Network):
        return Training(training_of(setup.document))
    if isinstance(setup, Document):
        return Training(training_of(setup))
    if isinstance(setup, str | PathLike):
        return Training(read_setup(fspath(setup), None)[0])
    if isinstance(setup, Mapping):
        return Training(TrainingConfig.parse(setup))
    raise DocumentError(
        f"a {type(setup).__name__} is no setup of a training: expected a name, a file, JSON or a network"
    )
