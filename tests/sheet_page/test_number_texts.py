"""Every number on a sheet stands there as its own decimal digits are rounded at school, in every number style.

The texts are held against Python's `decimal`, which shares nothing with the writer.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from mlpviz.network import Document
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.state import scene_of
from mlpviz.text.numbers import STYLES, NumberStyle, format_number
from tests.support.random_documents import documents


def rounded(value: float, digits: int) -> Decimal:
    """The shortest digits of a number, rounded to so many, a half away from zero."""
    exact = Decimal(repr(value))
    found = exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), ROUND_HALF_UP)
    # 9.996 has three digits as 10.0, not four as 10.00
    return found.quantize(Decimal(1).scaleb(found.adjusted() - digits + 1), ROUND_HALF_UP)


def school_text(value: float, style: NumberStyle) -> str:
    """What a person writes for a number."""
    sign, size = "−" * (value < 0), abs(value)
    if not np.isfinite(value):
        return "NaN" if np.isnan(value) else f"{sign}∞"
    if size < 1e6 and size == int(size):
        return f"{sign * (size > 0)}{int(size)}"
    if style.fractions and 1 / 64 <= size < 1e3:
        for bottom in range(2, 65):
            top = round(size * bottom)
            if top / bottom == size:
                return f"{sign}{Fraction(top, bottom)}"
    found = rounded(size, style.digits)
    if not 1e-3 <= size < 1e6:
        mantissa, power = f"{found:e}".split("e")
        return f"{sign}{_short(mantissa)}e{power.replace('-', '−').replace('+', '')}"
    if found.as_tuple().exponent > -1:
        found = Decimal(repr(size)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    text = f"{found:f}"
    is_whole = abs(found - Decimal(repr(size))) <= Decimal("1e-12") * Decimal(repr(size))
    short = text.rstrip("0") if is_whole else text
    return sign + (f"{short}0" if short.endswith(".") else short)


def _short(mantissa: str) -> str:
    return mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa


@pytest.mark.parametrize("key", STYLES)
@settings(max_examples=12)
@given(document=documents())
def test_every_text_of_a_sheet_is_its_number_rounded_at_school(key: str, document: Document) -> None:
    style = STYLES[key][1]
    structure, scene = scene_of(document, partials=True, style=style, norms=True)
    values = values_on_screen(document)
    order = [*structure.blocks, *(name for name in values if name not in structure.blocks)]
    numbers = np.concatenate([values[name].ravel() for name in order])
    assert np.array_equal(scene["v"], numbers, equal_nan=True)
    assert scene["style"] == {"digits": style.digits, "fractions": style.fractions}
    wrong = [
        (number, text, school_text(number, style))
        for number in numbers.tolist()
        if (text := format_number(number, style)) != school_text(number, style)
    ]
    assert wrong == []
    for shown in [
        *(scene["norms"] or {}).values(),
        *(one for all_ in (scene["partials"] or {}).values() for one in all_),
    ]:
        for part in shown:
            digits = part if isinstance(part, str) else part.digits
            text = part if isinstance(part, str) else part.text
            if not any(sign in text for sign in "∞N/"):
                assert text == school_text(float(digits.replace("−", "-")), style)
