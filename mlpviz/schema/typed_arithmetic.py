"""Sums, products, powers and roots in a typed number, computed as exact fractions and never evaluated as code."""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

from mlpviz.schema.decimal_marks import decimal_value
from mlpviz.schema.errors import echo
from mlpviz.schema.number_errors import NumberTextError, no_number, too_large

_DEEPEST = 20
"""parentheses inside parentheses"""
_MOST_BITS = 20_000
"""of the numerator and the denominator of what is computed"""

_LITERAL = r"(?:[0-9]|[.,][0-9])[0-9.,]*"
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{_LITERAL})(?P<power>(?:[eEdDf]|\*\^)[+-]?[0-9]+)?(?P<suffix>[fFlL](?!\w))?(?:`[0-9.]*)?"
    r"|(?P<fraction>[¼-¾⅐-⅞])|(?P<name>[A-Za-zπ√∛_]+)|(?P<sign>\*\*|//|.))",
    re.DOTALL,
)


class Arithmetic:
    """Reads a sum from left to right: sums of products of signed powers of numbers, names and parentheses."""

    def __init__(self, text: str, shown: str) -> None:
        self.shown = shown
        self.tokens = [match for match in _TOKEN.finditer(text) if match.group().strip()]
        self.at = 0
        self.depth = 0

    def value(self) -> Fraction:
        """What the whole text gives. Raises NumberTextError; OverflowError for a power beyond all numbers."""
        value = self._sum()
        if self.at < len(self.tokens):
            raise no_number(self.shown)
        return value

    def _peek(self) -> str:
        return self.tokens[self.at].group().strip() if self.at < len(self.tokens) else ""

    def _take(self, *signs: str) -> str:
        found = self._peek()
        if found not in signs:
            return ""
        self.at += 1
        return found

    def _sum(self) -> Fraction:
        value = self._product()
        while sign := self._take("+", "-"):
            term = self._product()
            value = self._kept(value + term if sign == "+" else value - term)
        return value

    def _product(self) -> Fraction:
        value = self._signed()
        while sign := self._take("*", "/"):
            factor = self._signed()
            if sign == "/" and not factor:
                raise NumberTextError(f"is {echo(self.shown)}, a division by 0, expected a number")
            value = self._kept(value / factor if sign == "/" else value * factor)
        return value

    def _signed(self) -> Fraction:
        is_negative = False
        while sign := self._take("+", "-"):
            is_negative ^= sign == "-"
        value = self._power()
        return -value if is_negative else value

    def _power(self) -> Fraction:
        value = self._percent()
        if not self._take("^", "**"):
            return value
        return self._raised(value, self._exponent())

    def _exponent(self) -> Fraction:
        self._enter()
        value = self._signed()  # from right to left: 2^3^2 is 2^9
        self.depth -= 1
        return value

    def _percent(self) -> Fraction:
        value = self._one()
        return value / 100 if self._take("%") else value

    def _one(self) -> Fraction:
        if self.at >= len(self.tokens):
            raise no_number(self.shown)
        token = self.tokens[self.at]
        self.at += 1
        if (number := token["number"]) is not None:
            return self._literal(number, token["power"])
        if token["fraction"]:
            return _vulgar(token["fraction"])
        if (name := token["name"]) is not None:
            return self._named(name)
        if token["sign"] == "(":
            return self._closed()
        raise no_number(self.shown)

    def _closed(self) -> Fraction:
        self._enter()
        value = self._sum()
        if not self._take(")"):
            raise no_number(self.shown)
        self.depth -= 1
        return value

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise no_number(self.shown)

    def _named(self, name: str) -> Fraction:
        if name in ("pi", "Pi", "π"):
            return Fraction(math.pi)
        if name == "√" and self._peek() != "(":
            argument = self._one()
        elif name in ("sqrt", "Sqrt", "√", "exp", "Exp") and self._take("("):
            argument = self._closed()
        else:
            raise no_number(self.shown)
        if name in ("exp", "Exp"):
            return Fraction(math.exp(argument))
        if argument < 0:
            raise NumberTextError(f"is {echo(self.shown)}, the root of a negative number, expected a number")
        return Fraction(math.sqrt(argument))

    def _literal(self, number: str, power: str | None) -> Fraction:
        value = decimal_value(number, self.shown)
        if power:
            exponent = int(power.lstrip("eEdDf*^")[:6])
            value = self._raised(Fraction(10), Fraction(exponent)) * value
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is not None and following["fraction"] and number.isdigit() and not power:
            self.at += 1
            value += _vulgar(following["fraction"])  # one and a half as 1½
        return value

    def _raised(self, base: Fraction, exponent: Fraction) -> Fraction:
        if not base and exponent < 0:
            raise NumberTextError(f"is {echo(self.shown)}, a division by 0, expected a number")
        if exponent.denominator != 1:
            if base < 0:
                raise NumberTextError(f"is {echo(self.shown)}, the root of a negative number, expected a number")
            return Fraction(float(base) ** float(exponent))
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(exponent.numerator) > _MOST_BITS:
            raise too_large(self.shown)
        return base**exponent.numerator

    def _kept(self, value: Fraction) -> Fraction:
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
            raise too_large(self.shown)
        return value


def _vulgar(character: str) -> Fraction:
    return Fraction(unicodedata.normalize("NFKD", character).replace("⁄", "/"))
