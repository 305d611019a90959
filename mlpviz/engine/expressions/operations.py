r"""The operations of formulas: what each computes, and how it is written in LaTeX, NumPy and PyTorch."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np

from mlpviz.engine.logistic import sigmoid, softplus
from mlpviz.engine.normal_distribution import cdf

Language = Literal["latex", "numpy", "torch"]

CHOICE, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(7)
"""Precedences of written forms: a part of lower precedence than its place needs is put in parentheses."""


class Form(NamedTuple):
    """How an operation is written: a text with places for its parts, its precedence, and the least one of each part."""

    text: str
    precedence: int = ATOM
    least: tuple[int, ...] = (CHOICE, CHOICE, CHOICE)


class OperationKind(NamedTuple):
    """What an operation computes, and how it is written in each language.

    `condition` is LaTeX for a relation where no bracket is needed, as after "if". `math` is the name in Python's
    `math`, which PyTorch code takes for numbers: `torch.sqrt` takes tensors only. `power` is LaTeX for a function
    whose exponent stands at its name: places for the exponent and the argument.
    """

    value: Callable[..., Any]
    latex: Form
    numpy: Form
    torch: Form
    condition: Form | None = None
    math: str = ""
    power: str = ""


def _infix(value: Callable[..., Any], latex: str | Form, sign: str, precedence: int, right: int) -> OperationKind:
    code = Form(f"{{}} {sign} {{}}", precedence, (precedence, right))
    return OperationKind(
        value, latex if isinstance(latex, Form) else Form(latex, precedence, (precedence, right)), code, code
    )


def _function(
    value: Callable[..., Any], latex: str | Form, name: str, count: int = 1, torch: str | Form = "", math: str = ""
) -> OperationKind:
    places = ", ".join(["{}"] * count)
    torch = torch or f"torch.{name}({places})"
    return OperationKind(
        value,
        latex if isinstance(latex, Form) else Form(latex),
        Form(f"np.{name}({places})"),
        torch if isinstance(torch, Form) else Form(torch),
        math=math,
    )


def _relation(value: Callable[..., Any], latex: str, sign: str) -> OperationKind:
    code, bare = Form(f"{{}} {sign} {{}}", COMPARE, (SUM, SUM)), Form(f"{{}} {latex} {{}}", COMPARE, (SUM, SUM))
    return OperationKind(value, Form(f"[{bare.text}]", ATOM, (SUM, SUM)), code, code, condition=bare)


def _between(value: Callable[..., Any], sign: str, latex: str) -> OperationKind:
    code = Form(f"({{0}} {sign} {{1}}) & ({{1}} {sign} {{2}})", COMPARE, (SUM, SUM, SUM))
    bare = Form(f"{{}} {latex} {{}} {latex} {{}}", COMPARE, (SUM, SUM, SUM))
    return OperationKind(value, Form(f"[{bare.text}]", ATOM, (SUM, SUM, SUM)), code, code, condition=bare)


def _over_samples(value: Callable[..., Any], latex: str, numpy: str, torch: str) -> OperationKind:
    return OperationKind(
        lambda x: value(x, axis=-2),
        Form(latex, PRODUCT, (PRODUCT,)),
        Form(f"{{}}.{numpy}(axis=0)", ATOM, (ATOM,)),
        Form(f"{{}}.{torch}(dim=0)", ATOM, (ATOM,)),
    )


_MINUS = Form("-{}", SIGN, (SIGN,))
_CONDITIONAL = Form("{} if {} else {}", CHOICE)
_POWER_CODE = Form("{}**{}", POWER, (ATOM, POWER))

OPERATIONS: dict[str, OperationKind] = {
    "+": _infix(operator.add, "{} + {}", "+", SUM, PRODUCT),
    "-": _infix(operator.sub, "{} - {}", "-", SUM, PRODUCT),
    "*": _infix(operator.mul, Form(r"{} \cdot {}", PRODUCT, (PRODUCT, PRODUCT)), "*", PRODUCT, SIGN),
    "@": _infix(operator.mul, Form("{} {}", PRODUCT, (PRODUCT, POWER)), "*", PRODUCT, SIGN),
    "/": _infix(np.divide, Form(r"\frac{{{}}}{{{}}}", POWER), "/", PRODUCT, SIGN),
    # the same in one line, for exponents and roots
    "over": _infix(np.divide, Form("{} / {}", PRODUCT, (PRODUCT, POWER)), "/", PRODUCT, SIGN),
    "**": OperationKind(np.power, Form("{}^{}", POWER, (ATOM, CHOICE)), _POWER_CODE, _POWER_CODE),
    # a sum may begin with a minus, a product may not
    "minus": OperationKind(operator.neg, Form("-{}", SUM, (PRODUCT,)), _MINUS, _MINUS),
    "if": OperationKind(
        lambda then, condition, other: then if condition else other,
        Form(r"{} \text{{ if }} {}, \text{{ else }} {}", CHOICE),
        _CONDITIONAL,
        _CONDITIONAL,
    ),
    ">": _relation(operator.gt, ">", ">"),
    "<": _relation(operator.lt, "<", "<"),
    ">=": _relation(operator.ge, r"\geq", ">="),
    "<=": _relation(operator.le, r"\leq", "<="),
    "==": _relation(operator.eq, "=", "=="),
    "between": _between(lambda low, x, high: (low < x) & (x < high), "<", "<"),
    "between or at": _between(lambda low, x, high: (low <= x) & (x <= high), "<=", r"\leq"),
    # a comparison is true or false in code; PyTorch needs to be told which floats the 1 and 0 shall be
    "indicator": OperationKind(
        lambda condition, like: np.asarray(condition).astype(np.asarray(like, float).dtype),
        Form("{0}"),
        Form("{0} * 1.0", PRODUCT, (PRODUCT,)),
        Form("({0}).to({1}.dtype)"),
    ),
    "sqrt": _function(np.sqrt, r"\sqrt{{{}}}", "sqrt", math="sqrt"),
    "abs": _function(np.abs, "|{}|", "abs"),
    "sign": _function(np.sign, r"\operatorname{{sign}}({})", "sign"),
    "maximum": _function(np.maximum, r"\max({}, {})", "maximum", 2),
    "minimum": _function(np.minimum, r"\min({}, {})", "minimum", 2),
    "clip": OperationKind(
        np.clip, Form(r"\min(\max({1}, {0}), {2})"), Form("np.clip({}, {}, {})"), Form("torch.clamp({}, {}, {})")
    ),
    "exp": _function(np.exp, Form("e^{{{}}}", POWER), "exp", math="exp"),
    "expm1": _function(np.expm1, Form("e^{{{}}} - 1", SUM), "expm1", math="expm1"),
    "ln": _function(np.log, r"\ln({})", "log", math="log"),
    "log": _function(np.log, Form(r"\log {}", PRODUCT, (POWER,)), "log", math="log"),
    "tanh": _function(np.tanh, r"\tanh({})", "tanh", math="tanh")._replace(power=r"\tanh^{}({})"),
    "cos": _function(np.cos, r"\cos({})", "cos", math="cos"),
    "floor": _function(np.floor, r"\lfloor {} \rfloor", "floor", math="floor"),
    "mod": OperationKind(
        np.mod, Form(r"{} \bmod {}", PRODUCT, (POWER, POWER)),
        Form("{} % {}", PRODUCT, (PRODUCT, SIGN)), Form("{} % {}", PRODUCT, (PRODUCT, SIGN)),
    ),
    "erf": OperationKind(
        lambda x: 2.0 * cdf(np.sqrt(2.0) * np.asarray(x, float)) - 1.0,
        Form(r"\operatorname{{erf}}({})"), Form("scipy.special.erf({})"), Form("torch.erf({})"), math="erf",
    ),
    "cdf": OperationKind(
        lambda x: cdf(np.asarray(x, float)),
        Form(r"\Phi({})"), Form("scipy.special.ndtr({})"), Form("torch.special.ndtr({})"),
    ),
    "sigmoid": OperationKind(
        sigmoid, Form(r"\sigma({})"), Form("1 / (1 + np.exp(-{}))", PRODUCT, (SIGN,)), Form("torch.sigmoid({})")
    ),
    # logaddexp(0, x) is ln(e^0 + e^x), without an overflow; F.softplus is x itself above 20
    "softplus": OperationKind(
        softplus, Form(r"\ln(1 + e^{{{}}})"), Form("np.logaddexp(0, {})"), Form("-F.logsigmoid(-{})", SIGN, (SIGN,))
    ),
    # 0 · ln 0 is 0, the limit
    "xlogy": OperationKind(
        lambda x, y: np.where(x == 0.0, 0.0, x * np.log(np.where(x == 0.0, 1.0, y))),
        Form(r"{} \log {}", PRODUCT, (PRODUCT, POWER)),
        Form("scipy.special.xlogy({}, {})"), Form("torch.xlogy({}, {})"),
    ),
    "norm": OperationKind(
        lambda x, order: np.linalg.norm(x, float(order)),
        Form(r"\|{0}\|"), Form("np.linalg.norm({}, {})"), Form("torch.linalg.norm({}, {})"),
    ),
    "row max": OperationKind(
        lambda x: np.max(x, axis=-1, keepdims=True),
        Form(r"\max_k {}", PRODUCT, (POWER,)),
        Form("{}.max(axis=-1, keepdims=True)", ATOM, (ATOM,)),
        Form("{}.amax(dim=-1, keepdim=True)", ATOM, (ATOM,)),
    ),
    "row mean": OperationKind(
        lambda x: np.mean(x, axis=-1, keepdims=True),
        Form(r"\operatorname{{row\,mean}}({})"),
        Form("{}.mean(axis=-1, keepdims=True)", ATOM, (ATOM,)),
        Form("{}.mean(dim=-1, keepdim=True)", ATOM, (ATOM,)),
    ),
    "column mean": OperationKind(
        lambda x: np.mean(x, axis=-2, keepdims=True),
        Form(r"\operatorname{{column\,mean}}({})"),
        Form("{}.mean(axis=-2, keepdims=True)", ATOM, (ATOM,)),
        Form("{}.mean(dim=-2, keepdim=True)", ATOM, (ATOM,)),
    ),
    # of matrices
    "matmul": OperationKind(
        np.matmul,
        Form("{} {}", PRODUCT, (PRODUCT, POWER)),
        Form("{} @ {}", PRODUCT, (PRODUCT, POWER)), Form("{} @ {}", PRODUCT, (PRODUCT, POWER)),
    ),
    "transpose": OperationKind(
        np.transpose, Form(r"{}^{{\top}}", ATOM, (ATOM,)), Form("{}.T", ATOM, (ATOM,)), Form("{}.T", ATOM, (ATOM,))
    ),
    # over the samples n, the rows of a table (N, I)
    "sample sum": _over_samples(np.sum, r"\sum_n {}", "sum", "sum"),
    "sample mean": _over_samples(np.mean, r"\frac{{1}}{{N}} \sum_n {}", "mean", "mean"),
    "sample min": _over_samples(np.min, r"\min_n {}", "min", "amin"),
    "sample max": _over_samples(np.max, r"\max_n {}", "max", "amax"),
    # of a confusion matrix (K, K)
    "diagonal": OperationKind(
        lambda x: np.diagonal(x, axis1=-2, axis2=-1),
        Form("{}_{{kk}}"), Form("np.diagonal({})"), Form("torch.diagonal({})"),
    ),
    "column sums": OperationKind(
        lambda x: np.sum(x, axis=-2), Form(r"\sum_j {}_{{jk}}", PRODUCT, (ATOM,)),
        Form("{}.sum(axis=0)", ATOM, (ATOM,)), Form("{}.sum(dim=0)", ATOM, (ATOM,)),
    ),
    "row sums": OperationKind(
        lambda x: np.sum(x, axis=-1), Form(r"\sum_j {}_{{kj}}", PRODUCT, (ATOM,)),
        Form("{}.sum(axis=1)", ATOM, (ATOM,)), Form("{}.sum(dim=1)", ATOM, (ATOM,)),
    ),
    "confusion": OperationKind(
        lambda true, predicted, classes: np.bincount(
            true * classes + predicted, minlength=classes * classes
        ).reshape(classes, classes),
        Form(r"\sum_n [{0}_n = j] \cdot [{1}_n = k]", PRODUCT, (ATOM, ATOM, ATOM)),
        Form("np.bincount({0} * {2} + {1}, minlength={2} * {2}).reshape({2}, {2})", ATOM, (ATOM, ATOM, ATOM)),
        Form("torch.bincount({0} * {2} + {1}, minlength={2} * {2}).reshape({2}, {2})", ATOM, (ATOM, ATOM, ATOM)),
    ),
    # the number of a table at x: that of the last place at or below x, or on the line to the next one
    "table": OperationKind(
        lambda x, places, numbers: np.asarray(numbers)[
            np.maximum(np.searchsorted(places, x, side="right") - 1, 0)
        ],
        Form(r"{2}[{1} \leq {0}]", ATOM, (SUM, ATOM, ATOM)),
        Form('{2}[max(np.searchsorted({1}, {0}, side="right") - 1, 0)]', ATOM, (CHOICE, CHOICE, ATOM)),
        Form('{2}[max(np.searchsorted({1}, {0}, side="right") - 1, 0)]', ATOM, (CHOICE, CHOICE, ATOM)),
    ),
    "line table": OperationKind(
        np.interp,
        Form(r"\operatorname{{interp}}({}, {}, {})"), Form("np.interp({}, {}, {})"), Form("np.interp({}, {}, {})"),
    ),
    # parentheses as tall as what they hold
    "tall": OperationKind(lambda x: x, Form(r"\left( {} \right)"), Form("{}"), Form("{}")),
    # both sides are shown, the first is computed
    "equal to": OperationKind(lambda x, also: x, Form("{} = {}", COMPARE, (SUM, SUM)), Form("{0}"), Form("{0}")),
}  # fmt: skip

CLAMP_ARGUMENTS = {"maximum": "min", "minimum": "max"}
"""The argument of `torch.clamp` for a number as smallest or largest value; torch.maximum takes tensors only."""

TRANSPARENT = ("tall", "equal to")
"""Operations that code leaves out: it has their first part alone."""
