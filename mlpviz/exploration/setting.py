"""The settings of an exploration: what a person chooses, slides, types or switches, each with its own reading."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypedDict

from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.typed_number import read_number, read_typed
from mlpviz.text.numbers import all_digits, format_number


class AddressText(str):
    """A value as it stands in an address: its numbers have points, whatever sign the reader types."""

    __slots__ = ()


class SettingItem(TypedDict):
    """One control of the form. `place`, `low`, `high` and `step` are of the slider, `options` pairs of key and label.

    `text` is the value as it stands in the field, for a choice the key and for a switch "yes" or "".
    """

    key: str
    kind: str
    label: str
    help: str
    group: str
    text: str
    place: float
    low: float
    high: float
    step: float
    plays: bool
    options: list[list[str]]


@dataclass(frozen=True, kw_only=True)
class ExplorationSetting(ABC):
    """One setting: its key in events and in the address, its label, a sentence of help, and the group of the form.

    Without a sentence the help is that of the glossary's term of this label, if there is one.
    """

    kind: ClassVar[Literal["choice", "slider", "switch"]]

    key: str
    label: str
    help: str = ""
    group: str = ""
    default: Any = None

    @abstractmethod
    def read(self, given: object) -> Any:
        """The value that was typed, chosen, or stood in an address. Raises DocumentError."""

    @abstractmethod
    def text(self, value: Any) -> str:
        """The value as an address has it, which `read` reads again."""

    @abstractmethod
    def at(self, place: float) -> Any:
        """The allowed value nearest to a place on the slider or on the axis of a figure."""

    def item(self, value: Any) -> SettingItem:
        """The control in the form."""
        return {
            "key": self.key,
            "kind": self.kind,
            "label": self.label,
            "help": self.help,
            "group": self.group,
            "text": self.text(value),
            "place": 0.0,
            "low": 0.0,
            "high": 0.0,
            "step": 0.0,
            "plays": False,
            "options": [],
        }

    def _wrong(self, given: object, expected: str) -> DocumentError:
        return DocumentError(f"{self.label} is {echo(given)}, expected {expected}")


@dataclass(frozen=True, kw_only=True)
class ChoiceSetting(ExplorationSetting):
    """One of several: `options` are pairs of a key and a label. A place on an axis counts them from 0."""

    kind = "choice"

    options: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if self.default is None:
            object.__setattr__(self, "default", self.options[0][0])

    def read(self, given: object) -> str:
        """The key. Raises DocumentError for another one."""
        keys = [key for key, _ in self.options]
        if isinstance(given, str) and given in keys:
            return given
        raise self._wrong(given, f"one of {', '.join(keys)}")

    def text(self, value: str) -> str:
        """The key."""
        return value

    def at(self, place: float) -> str:
        """The option whose number is nearest."""
        return self.options[min(len(self.options) - 1, max(0, round(place)))][0]

    def item(self, value: str) -> SettingItem:
        """A menu."""
        return {**super().item(value), "options": [[key, label] for key, label in self.options]}


@dataclass(frozen=True, kw_only=True)
class SliderSetting(ExplorationSetting):
    """A number from `low` to `high`. The slider moves by `step`; any number between the ends can be typed.

    `is_log`: equal ways on the slider are equal factors, and `step` is one of powers of ten: 0.1 gives ten values in a
    decade. `is_whole`: whole numbers only. `plays`: a button moves it by itself from where it is to its end.
    """

    kind = "slider"

    low: float
    high: float
    step: float
    is_log: bool = False
    is_whole: bool = False
    plays: bool = False

    def read(self, given: object) -> float:
        """The number, typed as a text or given as it is. Raises DocumentError outside of the range."""
        try:
            read = read_number if isinstance(given, AddressText) else read_typed
            value = read(given) if isinstance(given, str) else given
        except NumberTextError as error:
            raise DocumentError(f"{self.label} {error}") from None
        if isinstance(value, bool) or not isinstance(value, int | float) or not self.low <= value <= self.high:
            raise self._wrong(given, self._expected)
        if self.is_whole:
            if value != int(value):
                raise self._wrong(given, self._expected)
            return int(value)
        return float(value)

    @property
    def _expected(self) -> str:
        kind = "a whole number" if self.is_whole else "a number"
        return f"{kind} from {format_number(self.low)} to {format_number(self.high)}"

    def text(self, value: float) -> str:
        """All of its digits, with a plain minus."""
        return all_digits(value).replace("−", "-")

    def at(self, place: float) -> float:
        """The value at a place of the slider, of which those of a logarithmic one are powers of ten."""
        low, high = self._place(self.low), self._place(self.high)
        if not math.isfinite(place):
            place = low
        steps = round((min(high, max(low, place)) - low) / self.step)
        snapped = min(high, low + steps * self.step)
        value = 10.0**snapped if self.is_log else snapped
        # what a sum of steps leaves behind
        value = min(self.high, max(self.low, float(f"{value:.10g}")))
        return round(value) if self.is_whole else value

    def _place(self, value: float) -> float:
        return math.log10(value) if self.is_log else float(value)

    def item(self, value: float) -> SettingItem:
        """A slider, with a field for the number."""
        return {
            **super().item(value),
            "text": format_number(value) if format_number(value) == all_digits(value) else all_digits(value),
            "place": self._place(value),
            "low": self._place(self.low),
            "high": self._place(self.high),
            "step": self.step,
            "plays": self.plays,
        }


@dataclass(frozen=True, kw_only=True)
class SwitchSetting(ExplorationSetting):
    """Yes or no."""

    kind = "switch"

    default: bool = False

    def read(self, given: object) -> bool:
        """True, false, or how an address has them. Raises DocumentError for anything else."""
        found = (
            {True: True, False: False, "yes": True, "no": False}.get(given) if isinstance(given, bool | str) else None
        )
        if found is None:
            raise self._wrong(given, "yes or no")
        return found

    def text(self, value: bool) -> str:
        """Yes or no."""
        return "yes" if value else "no"

    def at(self, place: float) -> bool:
        """No at 0, yes at 1."""
        return place >= 0.5
