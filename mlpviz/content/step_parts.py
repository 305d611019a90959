"""One step of an optimizer for one number, taken apart: every line of its formulas with the numbers in it.

Slots and the new number are the engine's; what stands between them (a bias correction, Adadelta's Δ) is what the
formula shown gives.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from mlpviz.content.formulas import Line, lines_of
from mlpviz.engine.optimizers import Optimizer, Taken
from mlpviz.engine.optimizers.record import LEARNING_RATE

GRADIENT = r"\frac{\partial L}{\partial \theta}"
THETA = r"\theta"


class StepLine(NamedTuple):
    r"""`symbol` (LaTeX) becomes `value`: `formula` in letters, `template` with `\text{ref0}` for the first number.

    `old` is what the symbol was before, None if it is new.
    """

    symbol: str
    formula: str
    template: str
    numbers: tuple[float, ...]
    value: float
    old: float | None


def step_lines(taken: Taken, index: int) -> list[StepLine]:
    """Every line of the step for the parameter at this index, in the order of computation."""
    optimizer = taken.optimizer
    names: dict[str, Any] = {knob.symbol: optimizer.settings[knob.name] for knob in optimizer.knobs if knob.symbol}
    names[LEARNING_RATE.symbol] = taken.learning_rate
    names |= {"t": float(taken.t), GRADIENT: float(taken.grad[index]), THETA: float(taken.params[index])}
    results: dict[str, float] = {}
    for slot in optimizer.slots_in_use:
        names[slot.symbol] = _at(taken.slots[slot.name], index)
        # a line may give the next value a name of its own, as η of the next step
        results[lines_of(slot.line(optimizer.settings))[-1].symbol] = _at(taken.new_slots[slot.name], index)
    theta = optimizer.formula(optimizer.settings)
    found = []
    with np.errstate(all="ignore"):
        for latex in optimizer.latex:
            for line in _needed(lines_of(latex), names):
                if latex == theta and line.symbol == THETA:
                    value = float(taken.new_params[index])
                else:
                    value = results.get(line.symbol, float(line.formula.value(names)))
                found.append(_written(line, names, value))
                names[line.symbol] = value
    return found


def _needed(lines: tuple[Line, ...], names: Mapping[str, Any]) -> list[Line]:
    """The lines without the definitions that only the branch not taken would use."""
    main = lines[-1]
    if main.formula.kind != "if":
        return list(lines)
    known = dict(names)
    with np.errstate(all="ignore"):
        for line in lines[:-1]:
            known[line.symbol] = line.formula.value(known)
    then, condition, other = main.formula.parts
    chosen = then if condition.value(known) else other
    latex = re.split(r" \\text\{ if \} |, \\text\{ else \} ", main.latex)[0 if chosen is then else 2]
    wanted = chosen.symbols() | condition.symbols()
    for line in reversed(lines[:-1]):
        if line.symbol in wanted:
            wanted |= line.formula.symbols()
    return [*(line for line in lines[:-1] if line.symbol in wanted), Line(main.symbol, chosen, latex, main.is_update)]


def _written(line: Line, names: Mapping[str, Any], value: float) -> StepLine:
    template, symbols = _template(line.latex, line.formula.symbols())
    numbers = tuple(float(names[symbol]) for symbol in symbols)
    old = float(names[line.symbol]) if line.is_update and line.symbol in names else None
    return StepLine(line.symbol, line.latex, template, numbers, value, old)


@lru_cache(maxsize=1024)
def _split(latex: str, symbols: frozenset[str]) -> tuple[str, tuple[str, ...]]:
    used: list[str] = []
    for symbol in sorted(symbols, key=len, reverse=True):
        # a letter alone: no part of a command or of a longer name; placeholders hold no letters until the end
        alone = rf"(?<![\\A-Za-z_]){re.escape(symbol)}(?![A-Za-z])"
        latex, count = re.subn(alone, f"\x00{len(used)}\x00", latex)
        if count:
            used.append(symbol)
    return re.sub("\x00(\\d+)\x00", r"\\text{ref\1}", latex), tuple(used)


def _template(latex: str, symbols: set[str]) -> tuple[str, tuple[str, ...]]:
    return _split(latex, frozenset(symbols))


def _at(slot: Any, index: int) -> float:
    return float(slot[index]) if isinstance(slot, np.ndarray) and slot.ndim else float(slot)


def numpy_lines(optimizer: Optimizer, parameter: str = "weight") -> str:
    """The whole step in NumPy, a line each; knobs, slots and what is in between have the names of the engine."""
    names: dict[str, str] = {knob.symbol: knob.name for knob in optimizer.knobs if knob.symbol}
    names |= {slot.symbol: slot.name for slot in optimizer.slots_in_use}
    names |= {"t": "t", GRADIENT: f"grad_{parameter}", THETA: parameter}
    lines = []
    for latex in optimizer.latex:
        for line in lines_of(latex):
            lines.append(f"{_name(line.symbol, names)} = {line.formula.code(_Names(names))}")
    # η of the next step overwrites that of this one
    return "\n".join(lines).replace("eta_next =", "eta =")


class _Names(dict[str, str]):
    def __missing__(self, symbol: str) -> str:
        return _name(symbol, self)


def _name(symbol: str, names: Mapping[str, str]) -> str:
    if symbol in names:
        return names[symbol]
    letter = re.sub(r"\\hat\{(\w+)\}", r"\1_hat", symbol).replace("t+1", "next").replace(r"\infty", "inf")
    return re.sub(r"_+", "_", re.sub(r"[\\{}^]", "", letter)).lower()


def torch_lines(optimizer: Optimizer) -> str:
    """The optimizer in PyTorch: the call with everything that is not at its default, and the step."""
    defaults = optimizer.bind(**{knob.name: knob.default for knob in optimizer.knobs})
    ours, theirs = optimizer.torch_arguments, defaults.torch_arguments
    turned = {name: value for name, value in ours.items() if value != theirs[name] and name != "lr"}
    given = "".join(f", {name}={value!r}" for name, value in turned.items())
    return f"optimizer = optim.{optimizer.torch}(params, lr=learning_rate{given})\noptimizer.step()"
