r"""Formulas as data: one tree is written as LaTeX, NumPy and PyTorch, and has a value.

`a * b` is written with a dot, `a @ b` is a product without one, `a / b` a fraction, `over(a, b)` the same in one line,
`a ** b` a power. `a > b` is 1 where it holds and 0 elsewhere, and is written in brackets, [a > b]. Operands may be
numbers.

- **Numbers** have all of their digits in code, `Number(1 / 3)` is 0.3333333333333333, and six in LaTeX. `PI` and other
  constants (`Constant`) have a letter in LaTeX, `Vector` is a row of given numbers with a letter.
- **Symbols** may have an index in their letter: `Symbol("z_k", "z")`. `latex`, `numpy` and `torch` take other texts
  for symbols; `template` numbers them.
- **Functions** are in `elementary.py`: `exp`, `ln`, `log`, `tanh`, `sigmoid`, `erf`, `normal_cdf`, `clip`, `between`, …
  Several write what is read and compute what is stable: `softplus` shows ln(1 + e^x) and is np.logaddexp(0, x) in
  code; `expm1` and `xlogy` are of the same kind.
- **Cases** with any number of rows: `cases((value, condition), …, otherwise=value)`.
- **Sums**: `total(x)` over all numbers, `mean(x, N @ O)`, `row_sum(x)` over the units of a sample. `written_out` puts
  their terms in place of the sign.
- **Two forms**: `Rewritten(shown, computed)` for a formula whose shown form overflows or loses digits; a third form is
  that of PyTorch, such as `torch_call("F.gelu", z)`.
  `also_written(x, same)` has two forms that are both shown. Tests compare the forms of each over a grid.
- **Lines**: `FormulaLine` gives a symbol the value of a formula; `Where` is a formula with letters of its own, which
  code computes in lines before it. `FormulaLine.code("numpy")` has those lines.
"""

from mlpviz.engine.expressions.elementary import (
    PI,
    absolute,
    also_written,
    axis_mean,
    between,
    choice,
    clip,
    column_sums,
    confusion,
    cos,
    diagonal,
    equal,
    erf,
    exp,
    expm1,
    floor,
    indicator,
    ln,
    log,
    matmul,
    maximum,
    minimum,
    mod,
    norm,
    normal_cdf,
    over,
    over_samples,
    row_max,
    row_sums,
    sigmoid,
    sign,
    softplus,
    sqrt,
    table,
    tall,
    tanh,
    transpose,
    xlogy,
)
from mlpviz.engine.expressions.forms import (
    Call,
    Cases,
    Constant,
    Length,
    Rewritten,
    Sum,
    Vector,
    cases,
    in_torch,
    mean,
    row_sum,
    torch_call,
    total,
    written_out,
)
from mlpviz.engine.expressions.lines import FormulaLine, Where, assigned, becomes
from mlpviz.engine.expressions.tree import Expression, Number, Operation, Symbol, number_code

__all__ = [
    "PI",
    "Call",
    "Cases",
    "Constant",
    "Expression",
    "FormulaLine",
    "Length",
    "Number",
    "Operation",
    "Rewritten",
    "Sum",
    "Symbol",
    "Vector",
    "Where",
    "absolute",
    "also_written",
    "assigned",
    "axis_mean",
    "becomes",
    "between",
    "cases",
    "choice",
    "clip",
    "column_sums",
    "confusion",
    "cos",
    "diagonal",
    "equal",
    "erf",
    "exp",
    "expm1",
    "floor",
    "in_torch",
    "indicator",
    "ln",
    "log",
    "matmul",
    "maximum",
    "mean",
    "minimum",
    "mod",
    "norm",
    "normal_cdf",
    "number_code",
    "over",
    "over_samples",
    "row_max",
    "row_sum",
    "row_sums",
    "sigmoid",
    "sign",
    "softplus",
    "sqrt",
    "table",
    "tall",
    "tanh",
    "torch_call",
    "total",
    "transpose",
    "written_out",
    "xlogy",
]
