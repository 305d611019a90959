"""Tables for a terminal and for a notebook; in HTML every text is escaped."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

Rows = Sequence[Sequence[str]]


def text_table(rows: Rows, right: Collection[int] = ()) -> str:
    """The rows in columns of one width each, the first row as the heading; columns in `right` end flush."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if at in right else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def html_table(caption: str, rows: Rows, after: Iterable[str] = ()) -> str:
    """The rows as a table, the first one as its heading, with sentences below it."""
    heading, *others = rows
    parts = [f"<table><caption>{escape(caption)}</caption><thead>{_row('th', heading)}</thead><tbody>"]
    parts += [_row("td", row) for row in others]
    parts.append("</tbody></table>")
    parts += [f"<p>{escape(sentence)}</p>" for sentence in after]
    return "".join(parts)


def _row(tag: str, cells: Iterable[str]) -> str:
    found = (f'<{tag} style="text-align: left">{escape(cell)}</{tag}>' for cell in cells)
    return f"<tr>{''.join(found)}</tr>"
