"""A number as people write it: 0.5, 1/3, ½, 50%, 1,5, 1.5×10⁻³, 3*4-5, √2. The one reader of cells, pastes and files.

Nothing is evaluated as code. Sums, products and powers are exact fractions, so that 0.1+0.2 is read as 0.3; what can
mean two numbers, such as 1,000, is refused with both; who writes decimal commas means the second (`reader_sign`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from fractions import Fraction

from mlpviz.schema.errors import echo
from mlpviz.schema.limits import MAGNITUDE
from mlpviz.schema.reader_sign import is_comma
from mlpviz.text.numbers import format_number

_LONGEST = 200
"""characters of a number that has to be computed"""
_DEEPEST = 20
"""parentheses inside parentheses"""
_MOST_BITS = 20_000
"""of the numerator and the denominator of what is computed"""

_PLAIN = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("−–—‒―‐‑﹣⁃", "-"),
        **dict.fromkeys("×·⋅∙✕✖∗•", "*"),
        **dict.fromkeys("⁄∕÷", "/"),
        **dict.fromkeys("\u00a0\u3000", " "),
        **dict.fromkeys("\ufeff\u200b\u200e\u200f\u2060", None),
        **dict.fromkeys("’ʼ", "'"),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full-width forms
        "％": "%",
    }
)
_THIN_SPACES = "\u2007\u2008\u2009\u202f\u200a"
_THOUSANDS_GAP = re.compile(rf"(?<=[0-9])[{_THIN_SPACES}](?=[0-9]{{3}}(?![0-9]))")
_APOSTROPHE = re.compile(r"(?<=[0-9])'(?=[0-9]{3}(?![0-9]))")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_POWER = re.compile(r"[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_LOST_POWER = re.compile(r"([0-9.,]+) ?[×·⋅∙] ?10[-−–]([0-9]{1,3})")
"""1.5×10−3 as it comes out of a PDF: the power is a subtraction now."""

_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]*)?")
_INDIAN = re.compile(r"[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]*)?")
_GROUPED_BY_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]*|(?:\.[0-9]{3}){2,})")
_DECIMAL_COMMA = re.compile(r"[0-9]*,[0-9]+|[0-9]+,")
AMBIGUOUS_COMMA = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
"""1,000 may be a thousand, or 1 with three decimals."""
_AMBIGUOUS_POINT = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""the same for a reader of decimal commas"""
_SPACED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+")

_SPACED_DECIMAL = re.compile(r"([+-]?[1-9][0-9]{0,2}(?: [0-9]{3})+),([0-9]+)")
_DATE = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[T ].*)?|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}"
)
_HIGH_POINT = re.compile(r"([+\-−–]?[0-9]+)[·∙⋅•]([0-9]+)")
"""0·5 as British print has it, or a product"""
_CURRENCY = re.compile(r"([+-]?) ?[$€£¥] ?([0-9.,' ]+)|([+-]?[0-9.,' ]+?) ?[$€£¥]")

_LITERAL = r"(?:[0-9]|[.,][0-9])[0-9.,]*"
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{_LITERAL})(?P<power>(?:[eEdDf]|\*\^)[+-]?[0-9]+)?(?P<suffix>[fFlL](?!\w))?(?:`[0-9.]*)?"
    r"|(?P<fraction>[¼-¾⅐-⅞])|(?P<name>[A-Za-zπ√∛_]+)|(?P<sign>\*\*|//|.))",
    re.DOTALL,
)
_LATEX = (
    (re.compile(r"\\[dt]?frac\s*([0-9])\s*([0-9])"), r"((\1)/(\2))"),
    (re.compile(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"((\1)/(\2))"),
    (re.compile(r"\\sqrt\s*\{([^{}]*)\}"), r"sqrt(\1)"),
    (re.compile(r"\\(?:cdot|times|ast)(?![A-Za-z])"), "*"),
    (re.compile(r"\\(?:color|textcolor)\s*\{\w{1,20}\}"), ""),
    (re.compile(r"\\(?:left|right|displaystyle|hphantom\{[^{}]*\}|phantom\{[^{}]*\}|[,;:! ])"), " "),
    (re.compile(r"\\(?:mathrm|text|textbf|textit|mathbf|mathit|boldsymbol|underline)\s*\{([^{}]*)\}"), r"\1"),
    (re.compile(r"\\(?=pi\b|exp\b|%)"), ""),
    (re.compile(r"\{([,.+\-])\}"), r"\1"),
    (re.compile(r"\^\s*\{([^{}]*)\}"), r"^(\1)"),
    (re.compile(r"\{([^{}]*)\}"), r"(\1)"),
)
_CALLS = re.compile(
    r"(?<![\w.])(?:(?:np|numpy|torch|sympy|sp|fractions|decimal)\.)?"
    r"(?:float(?:16|32|64)?|double|int(?:8|16|32|64)?|Float|Integer|Decimal)\(([^(),]{1,60})\)"
)
_FRACTION_CALLS = re.compile(
    r"(?<![\w.])(?:\w{1,20}\.)?(?:Fraction|Rational)\(\s{0,9}(-?[0-9]{1,60})\s{0,9},\s{0,9}([0-9]{1,60})\s{0,9}\)"
)
_TIMES_TEN = re.compile(r"(?<=[0-9.]) ?x ?(?=10\^)")
_QUOTED = re.compile(r"""(["'])(.*)\1""", re.DOTALL)


class NumberTextError(ValueError):
    """A text that is no number; the message is the end of a sentence: is 'x', expected a number."""


def read_number(text: str) -> float:
    """The number that a person wrote, finite and of at most `MAGNITUDE`. Time is linear in the length of the text.

    Raises NumberTextError: what was given and what was expected, or the two numbers that it may mean.
    """
    if _PLAIN.fullmatch(text):
        return _bounded(float(text), text)
    shown = text.strip()
    if not shown:
        raise NumberTextError("is empty, expected a number")
    if len(shown) > _LONGEST:
        raise _no_number(shown)
    plain = plain_characters(shown)
    if _PLAIN.fullmatch(plain):
        return _bounded(float(plain), shown)
    _refuse_two_meanings(shown, plain)
    if found := _SPACED_DECIMAL.fullmatch(plain):
        plain = f"{found.group(1).replace(' ', '')},{found.group(2)}"
    elif found := _CURRENCY.fullmatch(plain):
        plain = f"{found.group(1)}{found.group(2)}" if found.group(2) else found.group(3)
        _refuse_two_meanings(shown, plain)
    try:
        value = float(_Reading(_without_wording(plain), shown).whole())
    except OverflowError:
        raise _too_large(shown) from None
    return _bounded(value, shown)


def read_typed(text: str) -> float:
    """`read_number` of what somebody typed into a field: a reader of decimal commas may mean 1000 by 1.000.

    Raises NumberTextError as `read_number`.
    """
    plain = text.strip()
    if is_comma() and _AMBIGUOUS_POINT.fullmatch(plain_characters(plain)):
        whole, comma = echo(plain.replace(".", "")), echo(plain.replace(".", ","))
        raise NumberTextError(
            f"is {echo(plain)}, which could be {whole} or {comma}; write it without the point or with a comma"
        )
    return read_number(text)


def read_numbers(text: str, *, whole: bool = False) -> list[float]:
    """Several numbers in one field, apart by spaces, semicolons, or commas; none for no text.

    0,5 is a decimal comma. Whole numbers have none. Raises NumberTextError as `read_number` for the first that is no
    number, and for 1,5, which can be one number or two.
    """
    parts = re.split(r"[\s;]+|,(?:\s+|$)", text.strip())
    found: list[str] = []
    for part in parts:
        if "," not in part:
            found.append(part)
        elif whole or part.count(",") > 1 or "." in part:
            found += part.split(",")
        elif is_comma() or part.lstrip("+-−–").startswith(("0,", ",")):
            found.append(part)
        else:
            raise NumberTextError(
                f"is {echo(part)}, which could be {part.replace(',', '.')} or the numbers "
                f"{part.replace(',', ' and ')}; write a point, or a space between numbers"
            )
    return [read_number(part) for part in found if part]


def plain_characters(text: str) -> str:
    """The text with ASCII signs for full-width ones, dashes and dots, and without thin spaces between thousands."""
    if text.isascii() and "'" not in text:
        return text
    text = _POWER.sub(lambda run: "^(" + run.group().translate(_SUPERSCRIPTS) + ")", text.translate(_CHARACTERS))
    return _APOSTROPHE.sub("", without_gaps(text))


def without_gaps(text: str) -> str:
    """The text without the thin spaces that group thousands."""
    return text if text.isascii() else _THOUSANDS_GAP.sub("", text)


def _without_wording(text: str) -> str:
    if quoted := _QUOTED.fullmatch(text):
        text = quoted.group(2)
    text = text.strip(" $")
    if "\\" in text or "{" in text:
        for _ in range(3):  # a fraction inside of a fraction inside of a root
            for pattern, plain in _LATEX:
                text = pattern.sub(plain, text)
    return without_calls(_TIMES_TEN.sub("*", text))


def without_calls(text: str) -> str:
    """Numbers as NumPy, SymPy and Python print them, as numbers: np.float64(0.5), Rational(1, 3), Fraction(1, 3)."""
    if "(" not in text:
        return text
    return _CALLS.sub(r"(\1)", _FRACTION_CALLS.sub(r"(\1/\2)", text))


def _refuse_two_meanings(shown: str, plain: str) -> None:
    if lost := _LOST_POWER.search(shown):
        number, power = lost.groups()
        raise NumberTextError(
            f"is {echo(shown)}, which could be {number}e-{power}, or {number} times 10 and {power} less; "
            "write the one that is meant"
        )
    if _SPACED.fullmatch(plain):
        parts = plain.split()
        numbers = " and ".join(part.lstrip("0") or "0" for part in parts)
        raise NumberTextError(
            f"is {echo(shown)}, which could be {''.join(parts)} or the numbers {numbers}; "
            "write one number without spaces"
        )
    if _DATE.fullmatch(plain):
        raise NumberTextError(f"is {echo(shown)}, which looks like a date, expected a number")
    if point := _HIGH_POINT.fullmatch(shown):
        whole, digits = point.groups()
        raise NumberTextError(
            f"is {echo(shown)}, which could be {whole}.{digits} or {whole} times {digits}; write a point or *"
        )
    if "//" in plain:
        raise NumberTextError(f"is {echo(shown)}, which is a fraction in Julia and rounded down in Python; write one /")


def _bounded(value: float, shown: str) -> float:
    if abs(value) <= MAGNITUDE:
        return value
    raise _too_large(shown)


def _too_large(shown: str) -> NumberTextError:
    return NumberTextError(f"is {echo(shown)}, expected a number of at most {format_number(MAGNITUDE)}")


def _no_number(shown: str) -> NumberTextError:
    return NumberTextError(f"is {echo(shown)}, expected a number")


class _Reading:
    """Reads a sum from left to right: sums of products of signed powers of numbers, names and parentheses."""

    def __init__(self, text: str, shown: str) -> None:
        self.shown = shown
        self.tokens = [match for match in _TOKEN.finditer(text) if match.group().strip()]
        self.at = 0
        self.depth = 0

    def whole(self) -> Fraction:
        value = self._sum()
        if self.at < len(self.tokens):
            raise _no_number(self.shown)
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
            raise _no_number(self.shown)
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
        raise _no_number(self.shown)

    def _closed(self) -> Fraction:
        self._enter()
        value = self._sum()
        if not self._take(")"):
            raise _no_number(self.shown)
        self.depth -= 1
        return value

    def _enter(self) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _no_number(self.shown)

    def _named(self, name: str) -> Fraction:
        if name in ("pi", "Pi", "π"):
            return Fraction(math.pi)
        if name == "√" and self._peek() != "(":
            argument = self._one()
        elif name in ("sqrt", "Sqrt", "√", "exp", "Exp") and self._take("("):
            argument = self._closed()
        else:
            raise _no_number(self.shown)
        if name in ("exp", "Exp"):
            return Fraction(math.exp(argument))
        if argument < 0:
            raise NumberTextError(f"is {echo(self.shown)}, the root of a negative number, expected a number")
        return Fraction(math.sqrt(argument))

    def _literal(self, number: str, power: str | None) -> Fraction:
        value = self._decimal(number)
        if power:
            exponent = int(power.lstrip("eEdDf*^")[:6])
            value = self._raised(Fraction(10), Fraction(exponent)) * value
        following = self.tokens[self.at] if self.at < len(self.tokens) else None
        if following is not None and following["fraction"] and number.isdigit() and not power:
            self.at += 1
            value += _vulgar(following["fraction"])  # one and a half as 1½
        return value

    def _decimal(self, number: str) -> Fraction:
        if is_comma() and _DECIMAL_COMMA.fullmatch(number):
            number = number.replace(",", ".")
        elif AMBIGUOUS_COMMA.fullmatch(number):
            raise NumberTextError(
                f"is {echo(self.shown)}, in which {echo(number)} could be {number.replace(',', '')} or "
                f"{number.replace(',', '.')}; write it without the comma or with a point"
                if number != self.shown
                else f"is {echo(number)}, which could be {number.replace(',', '')} or {number.replace(',', '.')}; "
                "write it without the comma or with a point"
            )
        if _GROUPED.fullmatch(number) or _INDIAN.fullmatch(number):
            number = number.replace(",", "")
        elif _GROUPED_BY_POINTS.fullmatch(number):
            number = number.replace(".", "").replace(",", ".")
        elif _DECIMAL_COMMA.fullmatch(number):
            number = number.replace(",", ".")
        if not _PLAIN.fullmatch(number):
            raise _no_number(self.shown)
        return Fraction(number.rstrip(".") if number.endswith(".") else number)

    def _raised(self, base: Fraction, exponent: Fraction) -> Fraction:
        if not base and exponent < 0:
            raise NumberTextError(f"is {echo(self.shown)}, a division by 0, expected a number")
        if exponent.denominator != 1:
            if base < 0:
                raise NumberTextError(f"is {echo(self.shown)}, the root of a negative number, expected a number")
            return Fraction(float(base) ** float(exponent))
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if bits * abs(exponent.numerator) > _MOST_BITS:
            raise _too_large(self.shown)
        return base**exponent.numerator

    def _kept(self, value: Fraction) -> Fraction:
        if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
            raise _too_large(self.shown)
        return value


def _vulgar(character: str) -> Fraction:
    return Fraction(unicodedata.normalize("NFKD", character).replace("⁄", "/"))
