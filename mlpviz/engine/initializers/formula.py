"""The formulas of initial weights: what W is drawn from, printed in LaTeX and as lines of NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from mlpviz.engine.expressions import Expression, FormulaLine, Number, Symbol, number_code, over, sqrt
from mlpviz.engine.expressions.tree import as_expression
from mlpviz.engine.hyperparameters import Hyperparameter

INPUTS, OUTPUTS = Symbol("I", "I"), Symbol("O", "O")
"""How many inputs and outputs the layer has: its fan in and fan out."""
BOUND, STD = Symbol("b", "bound"), Symbol(r"\sigma", "std")


@dataclass(frozen=True)
class WeightRule:
    """How W (O, I) is made: LaTeX and lines of NumPy, both with a place `{0}`, `{1}`, … for each of `parts`.

    `definitions` are the lines for letters in the parts. The lines draw from a generator `rng` in the order of the
    engine, so that they give the engine's numbers; those of the bias come after them.
    """

    shown: str
    code: tuple[str, ...]
    parts: tuple[Expression, ...] = ()
    definitions: tuple[FormulaLine, ...] = ()
    bias: str = "np.zeros(O)"

    @property
    def latex(self) -> tuple[str, ...]:
        """The formula, then its definitions."""
        own = self.shown.format(*(part.latex() for part in self.parts))
        return (own, *(line.latex for line in self.definitions))

    @property
    def numpy(self) -> tuple[str, ...]:
        """Lines that make `W` and `bias` from `rng`, O, I and the hyperparameters by their names."""
        own = [line.format(*(part.numpy() for part in self.parts)) for line in self.code]
        before = [text for line in reversed(self.definitions) for text in line.code("numpy")]
        return (*before, *own, f"bias = {self.bias}")

    def where(self, *definitions: FormulaLine) -> WeightRule:
        """The same with lines for letters in it; each may use those after it."""
        return replace(self, definitions=definitions)


def letter(hyperparameter: Hyperparameter) -> Symbol:
    """The symbol of a hyperparameter."""
    return Symbol(hyperparameter.symbol, hyperparameter.name)


def filled(value: Expression | float) -> WeightRule:
    """W has the same number everywhere."""
    return WeightRule("W = {0}", ("W = np.full((O, I), {0}, dtype=float)",), (as_expression(value),))


def uniform_rule(low: Expression, high: Expression) -> WeightRule:
    """W is uniform between two bounds."""
    return WeightRule(r"W \sim U({0}, {1})", ("W = rng.uniform({0}, {1}, (O, I))",), (low, high))


def normal_rule(std: Expression, mean: Expression | float = 0) -> WeightRule:
    """W is normal around a mean."""
    shown, code = r"W \sim N({0}, {1}^2)", "W = rng.normal({0}, {1}, (O, I))"
    return WeightRule(shown, (code,), (as_expression(mean), std))


def truncated_rule(
    std: Expression, low: Expression | float, high: Expression | float, mean: Expression | float = 0
) -> WeightRule:
    """W is normal, and what lies outside of the bounds is drawn again."""
    return WeightRule(
        r"W \sim N({0}, {1}^2) \text{{ within }} [{2}, {3}]",
        (
            "W = rng.normal({0}, {1}, (O, I))",
            "while (out := (W < {2}) | (W > {3})).any():",
            "    W[out] = rng.normal({0}, {1}, out.sum())",
        ),
        (as_expression(mean), std, as_expression(low), as_expression(high)),
    )


def gain_number(gain: float) -> Expression:
    """A gain as people write it: √2, 5/3, 3/4, or a whole number."""
    if abs(gain * gain - 2.0) < 1e-12:
        return sqrt(2)
    fraction = Fraction(gain).limit_denominator(9)
    if fraction.denominator > 1 and float(fraction) == gain:
        return over(Number(fraction.numerator), Number(fraction.denominator))
    return Number(gain)


def torch_init(function: str, arguments: dict[str, object]) -> str:
    """The call of a function of `torch.nn.init` on `weight`."""
    given = "".join(
        f", {name}={number_code(value, 'torch') if isinstance(value, float | int) else repr(value)}"
        for name, value in arguments.items()
    )
    return f"nn.init.{function}(weight{given})"


def always(rule: WeightRule) -> Callable[[Any], WeightRule]:
    """The same rule for all settings."""
    return lambda _settings: rule
