"""Hyperparameters of registry entries: one record each with its range, one check for all, and configured entries.

An entry is configured in one of two ways: a `Configurable` passes its settings to its functions as keywords; an entry
made by `configurable` is built anew for each choice of settings, because its formulas contain them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeVar

import numpy as np

from mlpviz.engine.registry import Registry

Constraint = Callable[[Mapping[str, Any]], str | None]
"""A check of several hyperparameters together: one sentence on what is wrong, or None."""


class Part(NamedTuple):
    """An entry that is a part of another one: its key, and the settings that are not at their defaults."""

    key: str
    settings: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        inside = ", ".join(f"{name} {value}" for name, value in self.settings)
        return f"{self.key} ({inside})" if inside else self.key


class HyperparameterError(ValueError):
    """A hyperparameter that does not exist, or a value out of range; the message names both and what is allowed."""


@dataclass(frozen=True)
class Hyperparameter:
    """One hyperparameter: its name in code, its label and sentence on screen, its default and its range.

    `kind` is float, int, bool, choice (one of `choices`), floats and ints (a tuple of numbers), or parts (a tuple of
    `low` to `high` parts, which are entries of the registry `parts_from`). The bounds are inclusive unless `open_low`
    or `open_high` is set. With `vector` its value may also be an array that broadcasts over the parameters: a value per
    parameter group, or one per network of a batched training.
    `symbol` is its letter in formulas, in LaTeX. `torch` is PyTorch's name for it, `betas[0]` for one item of a pair;
    empty if PyTorch uses the same name, and `torch_default` its default where ours is another one. `in_torch` is
    false for a convention of other libraries, which PyTorch lacks.
    """

    name: str
    label: str
    default: Any
    low: float = -math.inf
    high: float = math.inf
    kind: Literal["float", "int", "bool", "choice", "floats", "ints", "parts"] = "float"
    sentence: str = ""
    open_low: bool = False
    open_high: bool = False
    choices: tuple[str, ...] = ()
    vector: bool = False
    torch: str = ""
    torch_default: Any = None
    symbol: str = ""
    in_torch: bool = True
    parts_from: Registry[Any] | None = None
    neutral: float | None = None
    """the value that changes nothing: what is said of an entry leaves it out"""
    says_itself: bool = False
    """whether a value needs no label beside it, as mean in "MSE, mean"."""
    aliases: tuple[str, ...] = ()
    """how it is called elsewhere, apart from capitals, spaces and underscores"""

    @property
    def name_in_torch(self) -> str:
        """The name of the argument and attribute in PyTorch; its own where it is an item of another one."""
        return self.torch if self.torch.isidentifier() else self.name

    @property
    def allowed(self) -> str:
        """The allowed values in words, the end of "learning_rate is -1, expected …"."""
        if self.kind == "bool":
            return "true or false"
        if self.kind == "choice":
            return f"one of {', '.join(self.choices)}"
        if self.kind == "parts":
            return f"a list of {exact(self.low)} to {exact(self.high)} of {', '.join(self.parts_from or ())}"
        noun = {"float": "a number", "int": "a whole number", "floats": "numbers", "ints": "whole numbers"}[self.kind]
        above = "" if self.low == -math.inf else f"{'above' if self.open_low else 'from'} {exact(self.low)}"
        below = "" if self.high == math.inf else f"{'below' if self.open_high else 'to'} {exact(self.high)}"
        if above and not below:
            above += "" if self.open_low else " up"
        elif below and not above and not self.open_high:
            below = f"up to {exact(self.high)}"
        return " ".join(part for part in (noun, above, below) if part)

    def holds(self, value: float) -> bool:
        """Whether one number lies in the range; NaN and infinity never do."""
        above = value > self.low if self.open_low else value >= self.low
        below = value < self.high if self.open_high else value <= self.high
        return above and below and math.isfinite(value)

    def read(self, value: Any) -> Any:
        """The value as a plain bool, int, float, string or tuple, or as an array for a `vector` hyperparameter.

        Raises HyperparameterError if it is of the wrong kind or out of range.
        """
        read = self._read(value)
        if read is None:
            raise HyperparameterError(f"{self.name} is {_as_text(value)}, expected {self.allowed}")
        return read

    def _read(self, value: Any) -> Any:
        if self.kind == "bool":
            return bool(value) if isinstance(value, bool | np.bool_) else None
        if self.kind == "choice":
            return value if isinstance(value, str) and value in self.choices else None
        if self.kind == "parts":
            return self._parts(value)
        if self.kind in ("floats", "ints"):
            if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
                return None
            numbers = tuple(self._number(item) for item in value)
            return None if None in numbers else numbers
        if self.vector and isinstance(value, np.ndarray) and value.ndim:
            numeric = np.issubdtype(value.dtype, np.floating) or np.issubdtype(value.dtype, np.integer)
            return value if numeric and value.size and self.holds(value.min()) and self.holds(value.max()) else None
        return self._number(value)

    def _parts(self, value: Any) -> tuple[Part, ...] | None:
        known = self.parts_from
        if known is None or not isinstance(value, tuple | list) or not self.low <= len(value) <= self.high:
            return None
        found = tuple(_part(known, each) for each in value)
        return None if None in found else found  # type: ignore[return-value]

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


def _part(known: Registry[Any], given: Any) -> Part | None:
    """A part, its key, or a mapping with the key and settings; None for anything else."""
    if isinstance(given, Part):
        given = {"key": given.key, **dict(given.settings)}
    if isinstance(given, str):
        given = {"key": given}
    if not isinstance(given, Mapping) or given.get("key") not in known:
        return None
    entry = known[given["key"]]
    entry = entry.configure(**{name: value for name, value in given.items() if name != "key"})
    plain = defaults(entry.hyperparameters)
    return Part(entry.key, tuple((name, value) for name, value in entry.settings.items() if value != plain[name]))


def _as_text(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array from {exact(value.min())} to {exact(value.max())}" if value.size else "an empty array"
    return str(value) if isinstance(value, int | float | np.number | np.ndarray) else repr(value)


def validate(
    hyperparameters: Iterable[Hyperparameter], given: Mapping[str, Any], constraint: Constraint | None = None
) -> dict[str, Any]:
    """Every hyperparameter's value in the order of `hyperparameters`: the given ones, checked, and else the defaults.

    Raises HyperparameterError for an unknown name, a value out of range, or values that violate the constraint.
    """
    hyperparameters = tuple(hyperparameters)
    names = [each.name for each in hyperparameters]
    for name in given:
        if name not in names:
            raise HyperparameterError(
                f"unknown knob {name!r}; choose from {', '.join(names)}" if names else f"no knob {name!r}"
            )
    values = {
        each.name: each.read(given[each.name]) if each.name in given else each.default for each in hyperparameters
    }
    violation = constraint(values) if constraint is not None else None
    if violation:
        raise HyperparameterError(violation)
    return values


def defaults(hyperparameters: Iterable[Hyperparameter]) -> dict[str, Any]:
    """The default of each hyperparameter by name."""
    return {each.name: each.default for each in hyperparameters}


@dataclass(frozen=True, eq=False, kw_only=True)
class Configurable:
    """An entry with hyperparameters: the functions named in `takes_settings` receive the settings as keywords.

    A call may override any of them by a keyword, unchecked and at no cost; `configure` checks. `constraint` relates
    several hyperparameters.
    """

    takes_settings: ClassVar[tuple[str, ...]] = ()

    hyperparameters: tuple[Hyperparameter, ...] = ()
    constraint: Constraint | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.settings:
            self._apply(defaults(self.hyperparameters))

    def _apply(self, settings: dict[str, Any]) -> None:
        object.__setattr__(self, "settings", settings)
        for name in self.takes_settings:
            function = getattr(self, name)
            if function is not None and settings:
                plain = function.func if isinstance(function, partial) else function
                object.__setattr__(self, name, partial(plain, **settings))

    def configure(self, **given: Any) -> Self:
        """The same entry with these settings. Raises HyperparameterError for an unknown name or a bad value."""
        entry = replace(self)
        entry._apply(validate(self.hyperparameters, {**self.settings, **given}, self.constraint))
        return entry


Entry = TypeVar("Entry")


def configurable(make: Callable[..., Entry], *hyperparameters: Hyperparameter) -> Entry:
    """The entry that `make` gives for the defaults, for entries whose formulas contain the settings.

    `make` takes the hyperparameters as keywords. The entry is a dataclass with the fields `hyperparameters`, `settings`
    and `build`; `build(values)` calls `make` once for each choice of values.
    """

    @lru_cache(maxsize=512)
    def build(values: tuple[Any, ...]) -> Entry:
        settings = {each.name: value for each, value in zip(hyperparameters, values, strict=True)}
        entry: Any = make(**settings)
        return replace(entry, hyperparameters=hyperparameters, settings=tuple(settings.items()), build=build)

    return build(tuple(each.default for each in hyperparameters))


def torch_arguments(hyperparameters: Iterable[Hyperparameter], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values under PyTorch's argument names; `betas[0]` and `betas[1]` become one pair.

    What PyTorch has no argument for is left out at its default.
    """
    arguments: dict[str, Any] = {}
    for each in hyperparameters:
        name, is_item, _ = (each.torch or each.name).partition("[")
        value = values[each.name]
        if not each.in_torch and value == each.default:
            continue
        arguments[name] = (*arguments.get(name, ()), value) if is_item else value
    return arguments


def exact(value: float) -> str:
    """A number as sentences have it, with all of its digits: 0.1234567, 1234567, 1e-08."""
    return repr(float(value)).removesuffix(".0")


def tex(value: float) -> str:
    """A number in LaTeX with up to six digits: 0.01 as it is, 1e-08 as a power of ten, −0 as 0."""
    mantissa, _, exponent = f"{value + 0.0:.6g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return {"1": power, "-1": f"-{power}"}.get(mantissa, rf"{mantissa} \cdot {power}")
