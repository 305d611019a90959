r"""The operations of formulas: what each computes, and how it is written in LaTeX, NumPy and PyTorch."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np

Language = Literal["latex", "numpy", "torch"]

CHOICE, COMPARE, SUM, PRODUCT, SIGN, POWER, ATOM = range(7)
"""Precedences of written forms: a part of lower precedence than its place needs is put in parentheses."""


class Form(NamedTuple):
    """How an operation is written: a text with places for its parts, its precedence, and the least one of each part."""

    text: str
    precedence: int = ATOM
    least: tuple[int, ...] = (CHOICE, CHOICE, CHOICE)


class OperationKind(NamedTuple):
    """What an operation computes, and how it is written in each language."""

    value: Callable[..., Any]
    latex: Form
    numpy: Form
    torch: Form


def _infix(value: Callable[..., Any], latex: str | Form, sign: str, precedence: int, right: int) -> OperationKind:
    code = Form(f"{{}} {sign} {{}}", precedence, (precedence, right))
    return OperationKind(
        value, latex if isinstance(latex, Form) else Form(latex, precedence, (precedence, right)), code, code
    )


def _function(value: Callable[..., Any], latex: str, name: str, count: int = 1, torch: str = "") -> OperationKind:
    places = ", ".join(["{}"] * count)
    return OperationKind(value, Form(latex), Form(f"np.{name}({places})"), Form(torch or f"torch.{name}({places})"))


def _relation(value: Callable[..., Any], latex: str, sign: str) -> OperationKind:
    code = Form(f"{{}} {sign} {{}}", COMPARE, (SUM, SUM))
    return OperationKind(value, Form(f"[{{}} {latex} {{}}]", ATOM, (SUM, SUM)), code, code)


_MINUS = Form("-{}", SIGN, (SIGN,))
_CONDITIONAL = Form("{} if {} else {}", CHOICE)
_POWER_CODE = Form("{}**{}", POWER, (ATOM, POWER))

OPERATIONS: dict[str, OperationKind] = {
    "+": _infix(operator.add, "{} + {}", "+", SUM, PRODUCT),
    "-": _infix(operator.sub, "{} - {}", "-", SUM, PRODUCT),
    "*": _infix(operator.mul, Form(r"{} \cdot {}", PRODUCT, (PRODUCT, PRODUCT)), "*", PRODUCT, SIGN),
    "@": _infix(operator.mul, Form("{} {}", PRODUCT, (PRODUCT, POWER)), "*", PRODUCT, SIGN),
    "/": _infix(np.divide, Form(r"\frac{{{}}}{{{}}}", POWER), "/", PRODUCT, SIGN),
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
    "sqrt": _function(np.sqrt, r"\sqrt{{{}}}", "sqrt"),
    "abs": _function(np.abs, "|{}|", "abs"),
    "sign": _function(np.sign, r"\operatorname{{sign}}({})", "sign"),
    "maximum": _function(np.maximum, r"\max({}, {})", "maximum", 2),
    "minimum": _function(np.minimum, r"\min({}, {})", "minimum", 2),
}

CLAMP_ARGUMENTS = {"maximum": "min", "minimum": "max"}
"""The argument of `torch.clamp` for a number as smallest or largest value; torch.maximum takes tensors only."""
