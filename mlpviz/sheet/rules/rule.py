r"""What a rule is: how a cell of a block is computed, as data; and how its template is made.

A reference is (block, row, column) whose row and column are numbers from 0 or the letters r and c (row and column of
the cell itself), k (the index of the sum), rk (row r·count + k of a Jacobian), k/N and k%N (row and column of entry k
of a block of N columns).
Sums are written out from `factors`; other formulas are templates, in which `\text{ref0}` is the first reference.
Templates are printed from expressions (`expression_template`, `activation_template`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from latex2mathml.converter import convert

from mlpviz.engine import Activation, NetworkSpec
from mlpviz.engine.activations.activation import Z_J, Z_K, Z
from mlpviz.engine.expressions import Expression, Symbol, Where, written_out
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


def expression_template(
    formula: Expression | Where, refs: Mapping[Symbol, Ref], texts: Mapping[Symbol, str] | None = None
) -> tuple[str, tuple[Ref, ...]]:
    """The template of a formula with a placeholder for each symbol in `refs`, and their references in order.

    `texts` is LaTeX for other symbols, such as a hyperparameter's number.
    """
    used = [symbol for symbol in formula.in_order() if symbol in refs]
    return formula.latex({**(texts or {}), **placeholders(used)}), tuple(refs[symbol] for symbol in used)


def placeholders(symbols: Iterable[Symbol]) -> dict[Symbol, str]:
    """The placeholder of each symbol, the first one that of the first reference."""
    return {symbol: rf"\text{{ref{number}}}" for number, symbol in enumerate(symbols)}


def activation_template(
    activation: Activation, block: str, outputs: int, slopes: Mapping[Symbol, Ref] | None = None
) -> tuple[str, tuple[Ref, ...]]:
    """The template of φ of a cell; for a function of a whole row all numbers of the row follow in the sum.

    `slopes` says where the slopes are that it learns or draws.
    """
    if activation.elementwise:
        return expression_template(activation.formula, {Z: (block, "r", "c"), **(slopes or {})})
    units = [Symbol(f"z_{k}", "z") for k in range(outputs)]
    refs: dict[Symbol, Ref] = {Z_J: (block, "r", "c")} | {unit: (block, k, "c") for k, unit in enumerate(units)}
    return expression_template(written_out(activation.formula.body, {Z_K: units}), refs)


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
