"""How the letters of a formula become places of live numbers, and how derivatives are written."""

from __future__ import annotations

import re

from mlpviz.engine import Activation
from mlpviz.sheet.rules.rule import Ref


def symbol_pattern(letter: str) -> str:
    """A pattern for the letter alone: no part of a command, as max behind a backslash, or of a name, as sign."""
    return rf"(?<![\\A-Za-z]){re.escape(letter)}(?![A-Za-z])"


def substitute(latex: str, refs: dict[str, Ref]) -> tuple[str, tuple[Ref, ...]]:
    """Put a placeholder for every single letter in `refs` that the formula uses; return the references in order.

    A letter with its index, such as a_{k}, comes before the letters that it has in it.
    """
    used: list[Ref] = []
    for letter, ref in refs.items():
        # placeholders contain letters, so they are written with a private character first
        latex, found = re.subn(symbol_pattern(letter), f"\x00{len(used)}\x00", latex)
        if found:
            used.append(ref)
    return re.sub("\x00(\\d+)\x00", r"\\text{ref\1}", latex), tuple(used)


def row_template(activation: Activation, block: str, outputs: int) -> tuple[str, tuple[Ref, ...]]:
    """The template of a function of a whole row: its own number first, then all numbers of the row in the sum."""
    total = " + ".join(rf"e^{{\text{{ref{k + 1}}}}}" for k in range(outputs))
    template, own = substitute(activation.row_latex, {"z": (block, "r", "c")})
    template = re.sub(symbol_pattern("s"), lambda _: total, template)
    return template, (*own, *((block, k, "c") for k in range(outputs)))


def partial(thing: str) -> str:
    """∂L/∂thing in LaTeX."""
    return rf"\frac{{\partial L}}{{\partial {thing}}}"


def read_by(number: int) -> tuple[str, str]:
    """Block and symbol of what the layer behind layer `number` reads."""
    return (f"a.{number}", f"a^{{{number}}}") if number else ("x.0", "x")
