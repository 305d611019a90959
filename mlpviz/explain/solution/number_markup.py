r"""A piece of a solution with its numbers in it, as LaTeX and as MathML."""

from __future__ import annotations

import re

from mlpviz.explain.solution.contents import PLACE, FormulaPiece
from mlpviz.sheet.rules import mathml
from mlpviz.text.numbers import MINUS, NumberStyle, format_number

_MARKED_PLACE = re.compile(r"<mtext>ref(\d+)</mtext>")
_PLUS, _PLUS_BETWEEN = "<mo>&#x0002B;</mo>", '<mo form="infix">+</mo>'
_NO_NUMBERS = {"∞": r"\infty", f"{MINUS}∞": r"-\infty", "NaN": r"\text{NaN}"}


def as_latex(piece: FormulaPiece, style: NumberStyle) -> str:
    """The piece in LaTeX."""
    texts = [_latex_number(format_number(number, style)) for number in piece.numbers]
    return PLACE.sub(lambda match: texts[int(match[1])], piece.in_parentheses(style))


def as_mathml(piece: FormulaPiece, style: NumberStyle) -> str:
    """The piece as a `<math>` element."""
    texts = [_mathml_number(format_number(number, style)) for number in piece.numbers]
    marked = mathml(piece.in_parentheses(style))
    if piece.template.startswith("+"):
        # with its spaces also where it begins a part of its own
        marked = marked.replace(_PLUS, _PLUS_BETWEEN, 1)
    return _MARKED_PLACE.sub(lambda match: texts[int(match[1])], marked)


def _latex_number(text: str) -> str:
    if text in _NO_NUMBERS:
        return _NO_NUMBERS[text]
    sign, size = ("-", text[1:]) if text.startswith(MINUS) else ("", text)
    if "/" in size:
        return rf"{sign}\tfrac{{{size.replace('/', '}{')}}}"
    mantissa, _, exponent = size.partition("e")
    return f"{sign}{mantissa}" + (rf" \cdot 10^{{{exponent.replace(MINUS, '-')}}}" if exponent else "")


def _mathml_number(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    if "/" in text:
        above, below = text.removeprefix(MINUS).split("/")
        sign = f"<mo>{MINUS}</mo>" * text.startswith(MINUS)
        return f"<mrow>{sign}<mfrac><mn>{above}</mn><mn>{below}</mn></mfrac></mrow>"
    if exponent:
        return f"<mrow><mn>{mantissa}</mn><mo>·</mo><msup><mn>10</mn><mn>{exponent}</mn></msup></mrow>"
    return f"<mn>{mantissa}</mn>"
