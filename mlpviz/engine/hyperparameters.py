"""What can be turned on an entry of a registry: one record per knob, one check for all.

Refuses to know what the knob does; activations, losses, optimizers, schedules and initializers share it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, ClassVar, Literal, Self

import numpy as np

HyperparameterRule = Callable[[Mapping[str, Any]], str | None]
"""A check across knobs: one sentence on what is wrong, or None."""


class HyperparameterError(ValueError):
    """A knob that does not exist or a value outside its range; the message names both and what is allowed."""


@dataclass(frozen=True)
class Hyperparameter:
    """One setting: its name in code, its label and sentence on screen, its default and its range.

    `kind` is float, int, bool, choice (one of `choices`), or floats and ints (a tuple of them). The bounds are
    inclusive unless `open_low` or `open_high` says otherwise. `vector` knobs also take an array that broadcasts
    over the parameters: a value per parameter group, or one per network trained side by side.
    `symbol` is its letter in formulas, in LaTeX. `torch` is PyTorch's name for it, `betas[0]` for one place of a pair;
    empty when the names agree.
    """

    name: str
    label: str
    default: Any
    low: float = -math.inf
    high: float = math.inf
    kind: Literal["float", "int", "bool", "choice", "floats", "ints"] = "float"
    sentence: str = ""
    open_low: bool = False
    open_high: bool = False
    choices: tuple[str, ...] = ()
    vector: bool = False
    torch: str = ""
    symbol: str = ""

    @property
    def allowed(self) -> str:
        """The allowed values in words, the end of "learning_rate is -1, expected …"."""
        if self.kind == "bool":
            return "true or false"
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        noun = {"float": "a number", "int": "a whole number", "floats": "numbers", "ints": "whole numbers"}[self.kind]
        above = "" if self.low == -math.inf else f"{'above' if self.open_low else 'from'} {self.low:g}"
        below = "" if self.high == math.inf else f"{'below' if self.open_high else 'to'} {self.high:g}"
        if above and not below:
            above += "" if self.open_low else " up"
        elif below and not above and not self.open_high:
            below = f"up to {self.high:g}"
        return " ".join(part for part in (noun, above, below) if part)

    def holds(self, value: float) -> bool:
        """Whether one number lies in the range; NaN and infinity never do."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below and math.isfinite(value)

    def read(self, value: Any) -> Any:
        """The value as a plain bool, int, float, string, tuple, or array for a vector knob.

        Raises KnobError when it has the wrong kind or lies outside the range.
        """
        read = self._read(value)
        if read is None:
            raise HyperparameterError(f"{self.name} is {_spoken(value)}, expected {self.allowed}")
        return read

    def _read(self, value: Any) -> Any:
        if self.kind == "bool":
            return bool(value) if isinstance(value, bool | np.bool_) else None
        if self.kind == "choice":
            return value if isinstance(value, str) and value in self.choices else None
        if self.kind in ("floats", "ints"):
            if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
                return None
            numbers = tuple(self._number(item) for item in value)
            return None if None in numbers else numbers
        if self.vector and isinstance(value, np.ndarray) and value.ndim:
            numeric = np.issubdtype(value.dtype, np.floating) or np.issubdtype(value.dtype, np.integer)
            return value if numeric and value.size and self.holds(value.min()) and self.holds(value.max()) else None
        return self._number(value)

    def _number(self, value: Any) -> float | int | None:
        if isinstance(value, np.ndarray) and value.ndim == 0:
            value = value[()]
        # a Boolean is an int in Python, but 'momentum is true' is a mistake
        if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
            return None
        try:
            number = float(value)
        except OverflowError:  # a whole number of more than 300 digits
            return None
        if not self.holds(number):
            return None
        if self.kind in ("int", "ints"):
            return int(value) if int(value) == value else None
        return number


def _spoken(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array from {value.min():g} to {value.max():g}" if value.size else "an empty array"
    return str(value) if isinstance(value, int | float | np.number | np.ndarray) else repr(value)


def validate(
    hyperparameters: Iterable[Hyperparameter], given: Mapping[str, Any], rule: HyperparameterRule | None = None
) -> dict[str, Any]:
    """Every knob's value: what was given, checked, and the default for the rest, in the order of the knobs.

    Raises KnobError for a name that is no knob, a value outside its range, or values that break the rule.
    """
    hyperparameters = tuple(hyperparameters)
    names = [hyperparameter.name for hyperparameter in hyperparameters]
    for name in given:
        if name not in names:
            raise HyperparameterError(
                f"unknown knob {name!r}; choose from {', '.join(names)}" if names else f"no knob {name!r}"
            )
    values = {
        hyperparameter.name: hyperparameter.read(given[hyperparameter.name])
        if hyperparameter.name in given
        else hyperparameter.default
        for hyperparameter in hyperparameters
    }
    broken = rule(values) if rule is not None else None
    if broken:
        raise HyperparameterError(broken)
    return values


@dataclass(frozen=True, eq=False, kw_only=True)
class Configurable:
    """An entry with knobs: the functions named in `turned` already have the settings as keywords.

    They still take any knob as a keyword, unchecked and at no cost; `bind` checks.
    """

    configured: ClassVar[tuple[str, ...]] = ()

    hyperparameters: tuple[Hyperparameter, ...] = ()
    rule: HyperparameterRule | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.settings:
            self._settle({hyperparameter.name: hyperparameter.default for hyperparameter in self.hyperparameters})

    def _settle(self, settings: dict[str, Any]) -> None:
        object.__setattr__(self, "settings", settings)
        for name in self.configured:
            function = getattr(self, name)
            if function is not None and settings:
                bare = function.func if isinstance(function, partial) else function
                object.__setattr__(self, name, partial(bare, **settings))

    def configure(self, **given: Any) -> Self:
        """The same entry with these knobs turned. Raises KnobError for a value out of range."""
        bound = replace(self)
        bound._settle(validate(self.hyperparameters, {**self.settings, **given}, self.rule))
        return bound


def torch_arguments(hyperparameters: Iterable[Hyperparameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values under PyTorch's argument names; `betas[0]` and `betas[1]` become one pair."""
    arguments: dict[str, Any] = {}
    for hyperparameter in hyperparameters:
        name, place, _ = (hyperparameter.torch or hyperparameter.name).partition("[")
        value = values[hyperparameter.name]
        arguments[name] = (*arguments.get(name, ()), value) if place else value
    return arguments


def tex(value: float) -> str:
    """A knob's number in LaTeX: 0.01 as it is, 1e-08 as a power of ten."""
    mantissa, _, exponent = f"{value:.6g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"
