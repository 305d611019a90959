"""The record of one page of pictures: which settings it has, and the pure function from their values to a view."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import quote, unquote

from mlpviz.exploration.setting import AddressText, ExplorationSetting
from mlpviz.exploration.subject import NOTHING, Subject
from mlpviz.exploration.view import ExplorationView, Values
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo


class MakeSettings(Protocol):
    """The settings, one after the other; `values` has the values of all before, so later ones may depend on them."""

    def __call__(self, values: Values, subject: Subject, /) -> Iterator[ExplorationSetting]:
        """Give them in the order of the form."""
        ...


class MakeView(Protocol):
    """A pure function from the values of the settings to what is shown."""

    def __call__(self, values: Values, subject: Subject, /) -> ExplorationView:
        """Make the view. Raises DocumentError for values that cannot be shown together."""
        ...


@dataclass(frozen=True, kw_only=True)
class Exploration:
    """One page of pictures. `reads` is the page whose network it is about, empty if it needs none.

    `of_moment` are the settings with which it shows a moment of a training.
    """

    key: str
    path: str
    title: str
    purpose: str
    settings: MakeSettings
    make: MakeView
    reads: str = ""
    of_moment: Mapping[str, Any] = field(default_factory=dict)

    def resolve(
        self, given: Mapping[str, Any], subject: Subject = NOTHING
    ) -> tuple[list[ExplorationSetting], dict[str, Any], list[str]]:
        """The settings that there are, their values, and what is wrong with those that were given.

        One that cannot be read has its default. What belongs to no setting is left alone: it may belong to one that
        another choice brings back.
        """
        settings: list[ExplorationSetting] = []
        values: dict[str, Any] = {}
        problems: list[str] = []
        for setting in self.settings(values, subject):
            value = setting.default
            if setting.key in given:
                try:
                    value = setting.read(given[setting.key])
                except DocumentError as error:
                    problems.append(str(error))
            values[setting.key] = value
            settings.append(setting)
        return settings, values, problems

    def to_address(self, settings: list[ExplorationSetting], values: Values) -> str:
        """The settings that are not at their defaults, as the parameter of an address; the key of the page first."""
        parts = [
            f"{setting.key}~{quote(setting.text(values[setting.key]), safe='')}"
            for setting in settings
            if values[setting.key] != setting.default
        ]
        return "~".join([self.key, *parts])

    def from_address(self, text: str) -> dict[str, Any]:
        """The texts of the settings in the parameter of an address; none if it is that of another page.

        Raises DocumentError for one that is damaged.
        """
        key, *parts = text.split("~")
        if key != self.key:
            return {}
        if len(parts) % 2:
            raise DocumentError(f"{echo(parts[-1])} has no value")
        return {name: AddressText(unquote(value)) for name, value in zip(parts[::2], parts[1::2], strict=True)}
