"""A worked solution as one page of HTML that prints well: MathML, no script, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from mlpviz.exchange.solution_levels import formats_of
from mlpviz.explain.solution.contents import WIDE, Equation, FormulaPiece, Solution, SolutionPart
from mlpviz.explain.solution.number_markup import as_mathml

_SURE = 0.94 * WIDE
"""Characters of a formula that fit into a line of paper in each of the usual fonts of mathematics."""

_STYLE = """
:root { color-scheme: light; }
body { max-width: 172mm; margin: 12mm auto; padding: 0 6mm; background: #fff; color: #111;
  font: 11pt/1.45 "Source Serif 4", Georgia, "DejaVu Serif", serif; }
h1 { font-size: 18pt; margin: 0 0 3mm; overflow-wrap: anywhere; }
h2 { font-size: 14pt; margin: 8mm 0 2mm; padding-bottom: 1mm; border-bottom: 1px solid #777; }
h3 { font-size: 11pt; margin: 5mm 0 1mm; }
p { margin: 1mm 0; }
h1, h2, h3, .formula { break-after: avoid; }
.note { color: #444; }
.equation { margin: 1.5mm 0; padding-left: 8mm; text-indent: -4mm; line-height: 1.7; break-inside: avoid; }
.formula { margin: 1.5mm 0; padding: 1mm 4mm; border-left: 3px solid #999; }
math { math-style: normal; text-indent: 0; font-size: 100%; }
@page { margin: 15mm; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } }
""".strip()


def write(solution: Solution) -> str:
    """The page."""
    title = escape(solution.title)
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}\n</style>",
        "</head>",
        "<body>",
        f"<h1>{title}</h1>",
        *(f'<p class="note">{escape(text)}</p>' for text in solution.introduction),
    ]
    for section in solution.sections:
        lines += ["<section>", f"<h2>{escape(section.title)}</h2>"]
        for part in section.parts:
            lines += _part(part, solution)
        lines.append("</section>")
    return "\n".join([*lines, "</body>", "</html>", ""])


def _part(part: SolutionPart, solution: Solution) -> Iterator[str]:
    yield f'<div data-block="{escape(part.key)}">'
    yield f"<h3>{escape(part.title)}</h3>"
    if part.sentence:
        yield f'<p class="note">{escape(part.sentence)}</p>'
    if part.formula:
        yield f'<div class="formula">{as_mathml(FormulaPiece(part.formula), solution.style)}</div>'
    yield from _equations("equation", part.worked, solution)
    yield from _equations("equation result", part.results, solution)
    yield "</div>"


def _equations(kind: str, equations: Iterable[Equation], solution: Solution) -> Iterator[str]:
    for equation in equations:
        yield f'<div class="{kind}">{" ".join(_piece(piece, solution) for piece in equation)}</div>'


def _piece(piece: FormulaPiece, solution: Solution) -> str:
    marked, width = as_mathml(piece, solution.style), piece.width(solution.style)
    if width <= _SURE:
        return marked
    # smaller, so that paper does not cut it
    return f'<span style="font-size: {100 * _SURE // width:.0f}%">{marked}</span>'


FORMATS = formats_of("solution-html", label="a web page to print", suffix=".html", media_type="text/html", write=write)
