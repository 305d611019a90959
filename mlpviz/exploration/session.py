"""The session of one visitor on a page of pictures: the settings, the view made from them, and the network it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mlpviz.app.page import PageSession, Proving
from mlpviz.app.training_moment import TrainingMoment
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.sent_traces import SentTraces
from mlpviz.exploration.setting import ExplorationSetting
from mlpviz.exploration.subject import NOTHING, PictureSubject
from mlpviz.exploration.view import ExplorationView
from mlpviz.network import Document, DocumentError
from mlpviz.schema.errors import echo

LARGEST_GIVEN = 200
"""settings that are kept, with those that the present choice does not have"""


@dataclass(kw_only=True, slots=True)
class ExplorationSession(PageSession):
    """What was set so far, also for settings that are gone now; the rest follows from it.

    `stopped`: the reader does not want to wait for the rest of the view.
    """

    exploration: Exploration
    subject: PictureSubject = NOTHING
    given: dict[str, Any] = field(default_factory=dict)
    settings: list[ExplorationSetting] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    view: ExplorationView | None = None
    stopped: bool = False
    sent: SentTraces = field(default_factory=SentTraces, repr=False)
    shown: dict[str, Any] = field(default_factory=dict, repr=False)
    """what was given when the page could be shown last"""

    def set(self, changes: Mapping[str, Any]) -> None:
        """Set these settings. Raises DocumentError, and changes nothing, for one that is not there or a bad value."""
        given = {**self.given, **changes}
        if len(given) > LARGEST_GIVEN:
            raise DocumentError("there are too many settings")
        settings, values, _ = self.exploration.resolve(given, self.subject)
        known = {setting.key: setting for setting in settings}
        for key, value in changes.items():
            if key not in known:
                raise DocumentError(f"there is no setting {echo(key)} here")
            given[key] = known[key].read(value)
        view = self.exploration.make(values, self.subject)
        self.given, self.settings, self.values, self.view, self.stopped = given, settings, values, view, False

    def setting(self, key: str) -> ExplorationSetting:
        """The setting of this key. Raises DocumentError if it is not there."""
        for setting in self.settings:
            if setting.key == key:
                return setting
        raise DocumentError(f"there is no setting {echo(key)} here")

    def made(self) -> ExplorationView:
        """The view of the present settings; made when it is not there yet."""
        if self.view is None:
            try:
                self.view = self._make()
            except DocumentError as error:
                # of an address, or set before there was another network
                self.said.complain(str(error))
                self.given = {}
                self.view = self._make()
        return self.view

    def _make(self) -> ExplorationView:
        self.settings, self.values, _ = self.exploration.resolve(self.given, self.subject)
        return self.exploration.make(self.values, self.subject)

    def go_on(self) -> None:
        """Replace a view that is not final by the next one."""
        view = self.made()
        if view.progress is not None and not self.stopped:
            self.view = view.progress.go_on()

    def take(self, document: Document) -> None:
        """The network that the page reads."""
        if document is not self.subject.document:
            self.subject, self.view = self.subject._replace(document=document), None

    def take_moment(self, moment: TrainingMoment) -> None:
        """A moment of a training, which is shown now."""
        self.subject, self.view = self.subject._replace(moment=moment), None
        self.given |= self.exploration.of_moment

    def forget_sent(self) -> None:
        """The next answer brings every trace again."""
        self.sent.forget()

    def remember(self) -> None:
        """Keep the settings that could be shown."""
        self.shown = dict(self.given)

    def recover(self) -> None:
        """Go back to the settings that could be shown last; to none if these cannot be shown now."""
        self.given = {} if self.given == self.shown else dict(self.shown)
        self.view = None

    def proof_version(self) -> str:
        """Nothing to check: the pictures are no network."""
        return ""

    def proving(self) -> Proving | None:
        """No check."""
        return None
