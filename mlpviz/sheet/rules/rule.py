r"""What a rule is: how a cell of a block is computed, as data; and how its template is made.

A reference is (block, row, column) whose row and column are numbers from 0 or the letters r and c (row and column of
the cell itself), k (the index of the sum), rk (row r·count + k of a Jacobian), k/N and k%N (row and column of entry k
of a block of N columns).
Sums are written out from `factors`; other formulas are templates, in which `\text{ref0}` is the first reference.
Templates are printed from an expression (`expression_template`) where the formula is one. The formulas of activations
and losses are LaTeX in their records, because they have cases, sums over a row and sets, for which expressions have no
form: in these, letters are replaced by patterns (`substitute`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from latex2mathml.converter import convert

from mlpviz.engine import Activation, NetworkSpec
from mlpviz.engine.expressions import Expression, Symbol
from mlpviz.sheet.blocks import Shape

Ref = tuple[str, int | str, int | str]


@dataclass(frozen=True)
class Detail:
    """How a factor that has no cell of its own is computed: a line such as φ'(1.3) = 1 − 0.862² = 0.257.

    `symbol` is its left side and `template` its formula, both LaTeX with placeholders for `refs`; `value` is the number
    that comes out. One line for each k < count. Where the activation at `pin` is pinned the value is 0 instead, because
    no gradient passes, and the line does not hold. `sources` are the cells that the numbers can be seen in.
    """

    symbol: str
    template: str
    refs: tuple[Ref, ...]
    value: Ref
    sources: tuple[Ref, ...]
    pin: Ref | None = None
    count: int = 1


@dataclass(frozen=True)
class Rule:
    """How one cell of a block is computed.

    With `factors`: Σ over k < count of their product, plus each of `plus`, over `divisor`. With `template`: that
    formula, its numbers in `refs`. Without both the number is given. `formula` is the general formula; both in LaTeX.
    `details` say what factors without a cell are made of.
    """

    formula: str
    count: int = 0
    factors: tuple[Ref, ...] = ()
    plus: tuple[Ref, ...] = ()
    divisor: Ref | None = None
    template: str = ""
    refs: tuple[Ref, ...] = ()
    details: tuple[Detail, ...] = ()
    sentence: str = ""
    numpy: str = ""
    torch: str = ""

    @property
    def terms(self) -> int:
        """How many single products a cell takes; 1 for a template."""
        return max(1, self.count + len(self.plus))


Builder = Callable[[int, NetworkSpec, Shape], Rule]
"""Layer (from 1, 0 for x), network and shape -> the rule of a block."""


def symbol_pattern(letter: str) -> str:
    """A pattern for the letter alone, not as a part of a command or a name, as the n in sign."""
    return rf"(?<![\\A-Za-z]){re.escape(letter)}(?![A-Za-z])"


def substitute(latex: str, refs: dict[str, Ref]) -> tuple[str, tuple[Ref, ...]]:
    """Put a placeholder for every single letter in `refs` that the formula uses; return the references in order.

    In `refs` a letter with its index, such as a_{k}, must come before the letters in it.
    """
    used: list[Ref] = []
    for letter, ref in refs.items():
        # placeholders contain letters, so they are written with a private character first
        latex, found = re.subn(symbol_pattern(letter), f"\x00{len(used)}\x00", latex)
        if found:
            used.append(ref)
    return re.sub("\x00(\\d+)\x00", r"\\text{ref\1}", latex), tuple(used)


def expression_template(
    formula: Expression, refs: Mapping[Symbol, Ref], texts: Mapping[Symbol, str] | None = None
) -> tuple[str, tuple[Ref, ...]]:
    """The template of a formula with a placeholder for each symbol in `refs`, and their references in order.

    `texts` is LaTeX for other symbols, such as a hyperparameter's number.
    """
    used = [symbol for symbol in formula.template()[1] if symbol in refs]
    places = {symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(used)}
    return formula.latex({**(texts or {}), **places}), tuple(refs[symbol] for symbol in used)


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
    """Block and symbol of the input of the layer after layer `number`."""
    return (f"a.{number}", f"a^{{{number}}}") if number else ("x.0", "x")


@lru_cache(maxsize=4096)
def mathml(latex: str) -> str:
    """MathML of a formula in LaTeX. The formula must be ours: text of a user would be markup in the page."""
    return str(convert(latex))
