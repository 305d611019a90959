"""The characters of a number as keyboards, print, LaTeX and libraries have them, as the plain signs of a keyboard."""

from __future__ import annotations

import re

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


def plain_characters(text: str) -> str:
    """The text with ASCII signs for full-width ones, dashes and dots, and without thin spaces between thousands."""
    if text.isascii() and "'" not in text:
        return text
    text = _POWER.sub(lambda run: "^(" + run.group().translate(_SUPERSCRIPTS) + ")", text.translate(_CHARACTERS))
    return _APOSTROPHE.sub("", without_gaps(text))


def without_gaps(text: str) -> str:
    """The text without the thin spaces that group thousands."""
    return text if text.isascii() else _THOUSANDS_GAP.sub("", text)


def without_wording(text: str) -> str:
    """The text without quotes, dollar signs, LaTeX and calls around numbers."""
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
