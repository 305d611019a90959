"""A worked solution as Markdown with formulas in LaTeX, for GitHub, Jupyter and Pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mlpviz.exchange.solution_levels import formats_of
from mlpviz.explain.solution.contents import Equation, FormulaPiece, Solution, SolutionPart
from mlpviz.explain.solution.number_markup import as_latex

_MEANT = re.compile(r"[\\`*_{}\[\]<>#|$~&!@^]")


def write(solution: Solution) -> str:
    """The text."""
    blocks = [f"# {_text(solution.title)}", *map(_text, solution.introduction)]
    for section in solution.sections:
        blocks.append(f"## {section.title}")
        for part in section.parts:
            blocks += _part(part, solution)
    return "\n\n".join(blocks) + "\n"


def _part(part: SolutionPart, solution: Solution) -> Iterator[str]:
    yield f"### {_text(part.title)}"
    if part.sentence:
        yield _text(part.sentence)
    if part.formula:
        yield _display((FormulaPiece(part.formula),), solution)
    for equation in (*part.worked, *part.results):
        yield _display(equation, solution)


def _display(equation: Equation, solution: Solution) -> str:
    # one line, so that no line of it begins like a list or a heading
    return f"$$\n{' '.join(as_latex(piece, solution.style) for piece in equation)}\n$$"


def _text(text: str) -> str:
    """Text as it is: whatever Markdown would take for something else is written as a number of a character."""
    plain = " ".join(text.split())
    plain = _MEANT.sub(lambda match: f"&#{ord(match[0])};", plain)
    return re.sub(r"^([+=-]|\d+[.)])", lambda match: "".join(f"&#{ord(each)};" for each in match[0]), plain)


FORMATS = formats_of("solution-markdown", label="Markdown", suffix=".md", media_type="text/markdown", write=write)
