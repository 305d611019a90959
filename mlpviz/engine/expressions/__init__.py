r"""Formulas as data: one tree is written as LaTeX, NumPy and PyTorch, and has a value.

`a * b` is written with a dot, `a @ b` is a product without one, `a / b` a fraction, `a ** b` a power. `a > b` is 1
where it holds and 0 elsewhere, and is written in brackets, [a > b]. Operands may be numbers.
"""

from mlpviz.engine.expressions.lines import FormulaLine, becomes
from mlpviz.engine.expressions.tree import (
    Expression,
    Number,
    Operation,
    Symbol,
    absolute,
    choice,
    equal,
    maximum,
    minimum,
    sign,
    sqrt,
)

__all__ = [
    "Expression",
    "FormulaLine",
    "Number",
    "Operation",
    "Symbol",
    "absolute",
    "becomes",
    "choice",
    "equal",
    "maximum",
    "minimum",
    "sign",
    "sqrt",
]
