"""What one program, language or list writes around a matrix: Paddle, Wolfram, Maple, R, Rust, C, numbers by name.

What many write, such as names and calls, is in `matrix_wording`.
"""

from __future__ import annotations

import re

_PADDLE = re.compile(
    r"Tensor\(shape=\[[0-9, ]{0,40}\], dtype=\w{1,20}, place=[\w():]{1,40}, stop_gradient=(?:True|False),\s{0,40}"
)
_VALUE = re.compile(r"(?<=\()\s{0,40}(?:value|data|object|input)\s{0,9}=\s{0,9}(?=[\w\[(])")
_ONE_ENTRY = re.compile(
    r"\s*\{\s*(?:'[^'\n]{0,60}'|\"[^\"\n]{0,60}\")\s*:\s*((?:[^:]|:(?=[0-9]))*)\}[\s;,]*"
    r"|\s*OrderedDict\(\[\(\s*'[^'\n]{0,60}',\s*((?:[^:,]|:(?=[0-9])|,(?!\s*\())*)\)\]\)[\s;,]*"
)
_LINE_NAME = re.compile(r"[ \t]{0,40}[A-Za-z][\w \t]{0,30}[:=][ \t]{0,9}(?=[+\-−.0-9])")
_LIST_ITEM = re.compile(r"[ \t]{0,9}[-*•][ \t]{1,9}(?=[\[(])")
_LINE_NUMBER = re.compile(r"[ \t]{0,40}([0-9]{1,4})[):][ \t]{1,40}(?=[+\-−.0-9])")
_SHAPE_FIRST = re.compile(
    r"\s*(?:\w{1,20}\s{0,9}:?=\s{0,9})?[Mm]atrix\(\s*([0-9]{1,4})\s*,\s*(?:([0-9]{1,4})\s*,\s*)?(?=\[)"
)
_RING = re.compile(r"(?<=atrix\()\s*(?:QQ|ZZ|RR|RDF|AA)\s*,\s*")
_SHAPE_LAST = re.compile(
    r"(?<=\btf\.)tensor(?:2d)?\((\[[^()]*\])\s*,\s*\[\s*([0-9]{1,4})\s*,\s*([0-9]{1,4})\s*\]\s*"
    r"(?:,\s*['\"]\w{1,12}['\"]\s*)?\)"
)
_CONSOLE = re.compile(r"(?<![\w.)])(?:[A-Z]\w{0,9}Array|Array)?\([0-9]{1,6}\)\s{1,9}(?=\[)")
_NUMPY_TEXT = re.compile(r"(?<!\w)(?:(?:np|numpy)\.)?mat(?:rix)?\(\s*(['\"])([^'\"()\[\]]*)\1\s*\)")
_TRANSPOSE = re.compile(r"\s*(\w{1,20}\s{0,9}:?=\s{0,9})?(?:\w{1,20}\.)?[tT]ranspose([(\[])(.*)[)\]][\s;]*", re.DOTALL)
_MAPLE = re.compile(r"\s*(?:\w{1,20}\s{0,9}:=\s{0,9})?<((?:[0-9.,|/e+\s-]++|<[0-9.,|/e+\s-]*+>)*+)>[\s;:]*")
_R_VECTOR = re.compile(r"\s*(?:[\w.]{1,40}\s{0,9}(?:<-|=)\s{0,9})?c\(")
_NAMED_ENTRY = re.compile(
    r"(?<=[(,])\s{0,20}(?:[A-Za-z.][\w.]{0,40}|'[^'\n]{0,40}'|\"[^\"\n]{0,40}\")\s{0,9}=\s{0,9}(?=[+.0-9-])"
)
_NUMBERS_BY_NAME = re.compile(
    r"(?:\s*+(?:and\s++)?[A-Za-z][\w₀-₉⁰-⁹^{}().]{0,20}\s{0,9}=\s{0,9}"
    r"[+\-−–]?[0-9.][0-9.eE/]{0,30}+(?:\s*+[,;]|\s++|$)){2,400}+"
)
_ITS_NAME = re.compile(r"[A-Za-z][\w₀-₉⁰-⁹^{}().]{0,20}\s{0,9}=\s{0,9}([^\s,;]+)[,;]?")
_WOLFRAM_FORM = re.compile(r"\s*(?:Matrix|Table|Traditional)Form\[([^\[\]]*)\]\s*")
_WOLFRAM_ROOT = re.compile(r"\bSqrt\[([0-9./*+ -]{1,40})\]")
_RULE_OF_SYMPY = re.compile(r"^\[[ \t]+\]\n", re.MULTILINE)
_R_TYPES = re.compile(r"^[ \t]{0,40}(?:<(?:dbl|int|num|fct|chr|lgl)>[ \t]{0,40})+\n", re.MULTILINE)
_R_NAME = re.compile(r"\s*(?:\$[\w.`$]{1,40}|\[\[[0-9]{1,4}\]\])[ \t]*\n")
_RUST = re.compile(r"\s*(?:pub )?(?:let|const|static)\s(?:mut\s)?\s{0,9}\w{1,40}\s{0,9}(?::[^=\n]{1,60})?=\s*")
_C_SHARP = re.compile(r"(?<![\w.])new\s{1,9}\w{1,20}(?:\[[0-9, ]{0,12}\]){1,2}\s{0,9}(?=\{)")
_C_SHAPE = re.compile(r"\s*(?:[A-Za-z]\w{0,20}\s{1,9}){1,4}\w{1,40}\[([0-9]{1,4})\]\[([0-9]{1,4})\]\s*=")


def without_program(text: str) -> tuple[str, tuple[int, int] | None]:
    """The text without what only one library, language or list writes around it, and the shape that it said."""
    text = _WOLFRAM_ROOT.sub(r"sqrt(\1)", text)
    if found := _WOLFRAM_FORM.fullmatch(text):
        text = found.group(1)
    text = _RULE_OF_SYMPY.sub("", _R_TYPES.sub("", text))
    if found := _R_NAME.match(text):
        text = text[found.end() :]
    text = _CONSOLE.sub("", _NUMPY_TEXT.sub(r"[\2]", text))
    if (found := _TRANSPOSE.fullmatch(text)) and (found.group(2) == "[") == text.rstrip("; \n").endswith("]"):
        text = f"{found.group(1) or ''}{found.group(3)}.T"
    if found := _MAPLE.fullmatch(text):
        text = _rows_of_maple(found.group(1))
    text = _RING.sub("", _PADDLE.sub("Tensor(", text))
    if found := _ONE_ENTRY.fullmatch(text):
        text = found.group(1) or found.group(2)
    text = _VALUE.sub("", text)
    text = _without_line_names(text)
    if _R_VECTOR.match(text):
        text = _NAMED_ENTRY.sub("", text)  # R's named vector
    shape = None
    if found := _SHAPE_FIRST.match(text):
        shape = (int(found.group(1)), int(found.group(2) or -1))
        text = "Matrix(" + text[found.end() :]
    elif found := _SHAPE_LAST.search(text):
        shape = (int(found.group(2)), int(found.group(3)))
        text = _SHAPE_LAST.sub(r"tensor(\1)", text)
    elif found := _C_SHAPE.match(text):
        shape = (int(found.group(1)), int(found.group(2)))
    elif found := _RUST.match(text):
        text = text[found.end() :]
    return _C_SHARP.sub("", text), shape


def _rows_of_maple(inner: str) -> str:
    """<<1 | 2>, <3 | 4>>, rows, and <<1, 3> | <2, 4>>, columns, as lists; <1, 2> is a column and <1 | 2> a row."""
    if "<" not in inner:
        return inner.replace("|", ",").join("[]") + (".T" if "," in inner else "")
    outside = re.sub("<[^<>]*>", "", inner)
    lists = inner.replace("<", "[").replace(">", "]")
    return lists.replace("|", ",").join("[]") + (".T" if "|" in outside else "")


def _without_line_names(text: str) -> str:
    """Lines without the name, the number or the sign of a list that every one of them begins with."""
    lines = [line for line in text.split("\n") if line.strip()]
    if all(map(_NUMBERS_BY_NAME.fullmatch, lines)):
        return "\n".join(" ".join(_ITS_NAME.findall(line)) for line in lines)  # w1 = 0.15, w2 = 0.2
    if len(lines) < 2:
        return text
    for pattern in (_LINE_NAME, _LIST_ITEM, _LINE_NUMBER):
        starts = [pattern.match(line) for line in lines]
        if all(starts) and (
            pattern is not _LINE_NUMBER
            or [int(found.group(1)) for found in starts if found] in (_counted_from(0, lines), _counted_from(1, lines))
        ):
            return "\n".join(line[found.end() :] for line, found in zip(lines, starts, strict=True) if found)
    return text


def _counted_from(first: int, lines: list[str]) -> list[int]:
    return list(range(first, first + len(lines)))
