r"""The rows of a matrix in LaTeX: pmatrix, bmatrix, array and the like, or only 1 & 2 \\ 3 & 4."""

from __future__ import annotations

import re

from mlpviz.schema.errors import DocumentError, echo

_ENVIRONMENT = re.compile(
    r"\\(?:begin|end)\s*\{(?:[a-zA-Z]{0,3}(?:small)?matrix|[a-zA-Z]?NiceMatrix|array|smallmatrix|tabular|cases|aligned?|equation)\*?\}"
    r"(?:\s*(?:\[[a-z]{1,20}\]|\{[lcr|@{} ]{0,80}\}))?"
)
_MATRIX_BEGIN = re.compile(r"\\begin\s*\{(?:[a-zA-Z]{0,3}(?:small)?matrix|[a-zA-Z]?NiceMatrix|tabular)\*?\}")
_PLAIN_TEX = re.compile(r"\\[pbv]?matrix\s*\{")
_AROUND = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?)\s*(?:\\[{}|]|[\[\](){}|.])|\\[\[\]]|\$|\\(?:hline|toprule|midrule|bottomrule|displaystyle|boldsymbol)(?![a-zA-Z])|\\cline\{[0-9-]{1,9}\}"
)
_ROW_END = re.compile(r"\\\\(?:\s*\[[^\[\]\n]{0,12}\])?|\\(?:cr|tabularnewline)\b")
_BESIDE = re.compile(r"\\(?:quad|qquad|[,;:!.]|right|left)|[\s,.;$]|\_\{[^{}]{0,30}\}|\\(?:in|label|tag)\b[^\n]{0,80}")
_NAME = re.compile(r"^[^&\\\n]{0,30}(?:\^\{?\(?\w{0,4}\)?\}?)?\s*=\s*")


def is_latex(text: str) -> bool:
    """Whether the text has rows or cells as LaTeX writes them."""
    return "&" in text or "\\\\" in text or "\\begin" in text or "\\cr" in text


def rows_in_latex(text: str) -> list[list[str]]:
    r"""The cells between & and \\; a last \\ begins no row."""
    start = _ENVIRONMENT.search(text)
    if start is not None:
        last = list(_ENVIRONMENT.finditer(text))[-1]
        if len(_MATRIX_BEGIN.findall(text)) > 1:
            raise DocumentError("the pasted text has more than one matrix, expected one")
        for beside in (_NAME.sub("", _AROUND.sub("", text[: start.start()]).lstrip()), text[last.end() :]):
            rest = _AROUND.sub("", beside).strip(" \n\t,;")
            if _BESIDE.sub("", rest):
                raise DocumentError(f"the pasted matrix has {echo(rest)} beside it, expected numbers only")
        text = text[start.start() : last.end()]
    else:
        text = _NAME.sub("", text)
    text = _ENVIRONMENT.sub(" ", text)
    if plain := _PLAIN_TEX.search(text):
        text = text[plain.end() :].rstrip().removesuffix("$").removesuffix("}")
    if not _ROW_END.search(text):
        text = text.strip("\n").replace("\n", r"\\")  # the cells alone, a row a line
    rows = [_AROUND.sub(" ", row).replace("\\ ", " ") for row in _ROW_END.split(text)]
    return [[cell.strip() for cell in row.split("&")] for row in rows if row.strip()] or [[""]]
