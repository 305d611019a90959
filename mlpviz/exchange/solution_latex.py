"""A worked solution as a LaTeX article, for pdfLaTeX, XeLaTeX and LuaLaTeX with nothing but AMS's packages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from mlpviz.exchange.solution_levels import formats_of
from mlpviz.explain.solution.contents import WIDE, Equation, FormulaPiece, Solution, SolutionPart
from mlpviz.explain.solution.number_markup import as_latex

_HEAD = r"""\documentclass[11pt]{article}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
\usepackage{amsmath,amssymb,graphicx}
\usepackage[margin=20mm]{geometry}
\setcounter{MaxMatrixCols}{100}
\setcounter{secnumdepth}{0}
\setlength{\parindent}{0pt}
\raggedright
% an equation may break between its parts
\newcommand{\worked}[1]{\par\smallskip{\hangindent=2em #1\par}}
"""

_SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "<": "$<$", ">": "$>$", "|": "$|$", '"': r"\textquotedbl{}",
}  # fmt: skip
_MATHEMATICAL = {
    "∂": r"\partial ", "Σ": r"\Sigma ", "∑": r"\sum ", "η": r"\eta ", "φ": r"\varphi ", "μ": r"\mu ", "σ": r"\sigma ",
    "γ": r"\gamma ", "β": r"\beta ", "α": r"\alpha ", "θ": r"\theta ", "λ": r"\lambda ", "ε": r"\epsilon ",
    "ρ": r"\rho ", "δ": r"\delta ", "τ": r"\tau ", "ω": r"\omega ", "κ": r"\kappa ", "π": r"\pi ", "Φ": r"\Phi ",
    "ẑ": r"\hat{z}", "ŷ": r"\hat{y}", "²": "^2", "³": "^3", "⁻": "^-", "½": r"\tfrac{1}{2}", "ᵀ": r"^{\top}",
    "−": "-", "≈": r"\approx ", "·": r"\cdot ", "√": r"\surd ", "∞": r"\infty ", "ℓ": r"\ell ", "×": r"\times ",
    "→": r"\to ", "←": r"\leftarrow ", "≤": r"\leq ", "≥": r"\geq ", "≠": r"\neq ", "‖": r"\Vert ", "′": "'",
}  # fmt: skip
_PRINTED = {"…": r"\ldots{}", "–": "--", "—": "---", "’": "'", "‘": "`", "“": "``", "”": "''", "\u00a0": "~"}


def write(solution: Solution) -> str:
    """The article."""
    title = _text(solution.title)
    lines = [_HEAD, r"\begin{document}", rf"{{\LARGE\bfseries {title}\par}}", r"\medskip"]
    lines += [rf"{_text(text)}\par" for text in solution.introduction]
    for section in solution.sections:
        lines += ["", rf"\section{{{_text(section.title)}}}"]
        for part in section.parts:
            lines += _part(part, solution)
    return "\n".join([*lines, r"\end{document}", ""])


def _part(part: SolutionPart, solution: Solution) -> Iterator[str]:
    yield rf"\subsection{{{_text(part.title)}}}"
    if part.sentence:
        yield rf"{_text(part.sentence)}\par"
    if part.formula:
        yield _line((FormulaPiece(part.formula),), solution)
    for equation in (*part.worked, *part.results):
        yield _line(equation, solution)


def _line(equation: Equation, solution: Solution) -> str:
    return rf"\worked{{{' '.join(_piece(piece, solution) for piece in equation)}}}"


def _piece(piece: FormulaPiece, solution: Solution) -> str:
    text = rf"$\displaystyle {as_latex(piece, solution.style)}$"
    is_long = piece.width(solution.style) > WIDE
    return rf"\resizebox{{0.95\linewidth}}{{!}}{{{text}}}" if is_long else text


def _text(text: str) -> str:
    """Text as it is; letters that LaTeX's usual fonts lack are named by their number."""
    return "".join(map(_letter, " ".join(unicodedata.normalize("NFC", text).split(" "))))


def _letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if letter in _MATHEMATICAL:
        return f"${_MATHEMATICAL[letter].strip()}$"
    if letter in _PRINTED:
        return _PRINTED[letter]
    if letter.isascii() and letter.isprintable():
        return letter
    if letter.isspace():
        return " "
    is_latin = letter.isalpha() and ord(letter) < _AFTER_LATIN
    return letter if is_latin else f"[U+{ord(letter):04X}]"


_AFTER_LATIN = 0x0180

FORMATS = formats_of("solution-latex", label="LaTeX", suffix=".tex", media_type="application/x-tex", write=write)
