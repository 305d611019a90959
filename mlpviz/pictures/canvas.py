"""A drawing as SVG text: shapes and escaped texts, with the room that they take, fitted onto a page at the end.

All text is monospaced, so that its width is known without a font: each letter takes 0.602 of the font size, which holds
for DejaVu Sans Mono and for what other systems have in its place.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from html import escape
from typing import Literal, NamedTuple

from mlpviz.pictures.looks import PictureLook, Theme

FONT = "DejaVu Sans Mono"
_FAMILY = f"'{FONT}', Menlo, Consolas, monospace"
_ADVANCE = 0.602
_MM, _INCH = 96 / 25.4, 96.0
_UNITS = {"px": 1.0, "mm": _MM, "in": _INCH}

Anchor = Literal["start", "middle", "end"]


class Box(NamedTuple):
    """Where something is: its left upper corner, width and height."""

    x: float
    y: float
    width: float
    height: float


def text_width(text: str, size: float) -> float:
    """How wide a text is; letters of East Asia take two places, and marks above a letter none."""
    places = sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
    return places * _ADVANCE * size


def shortened(text: str, size: float, width: float) -> str:
    """The text, its end left out where it is too wide."""
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"


def mixed(colour: str, ground: str, share: float) -> str:
    """A colour laid thinly over a ground."""
    parts = (
        round(int(ground[at : at + 2], 16) * (1 - share) + int(colour[at : at + 2], 16) * share) for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in parts)


@dataclass
class Canvas:
    """The shapes drawn so far, and the corners of all of them."""

    theme: Theme
    parts: list[str] = field(default_factory=list)
    right: float = 0.0
    bottom: float = 0.0

    def _reach(self, x: float, y: float) -> None:
        self.right, self.bottom = max(self.right, x), max(self.bottom, y)

    def rect(self, box: Box, fill: str, stroke: str = "none", *, radius: float = 0.0, title: str = "") -> None:
        """A rectangle; `title` is shown where a pointer rests on it."""
        x, y, width, height = box
        self._reach(x + width, y + height)
        attributes = f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" fill="{fill}"'
        if stroke != "none":
            attributes += f' stroke="{stroke}"'
        if radius:
            attributes += f' rx="{radius:.2f}"'
        self.parts.append(f"<rect {attributes}/>" if not title else f"<rect {attributes}>{_title(title)}</rect>")

    def line(self, ends: tuple[float, float, float, float], colour: str, width: float, dash: str = "") -> None:
        """A straight line, dashed if `dash` says how."""
        x1, y1, x2, y2 = ends
        self._reach(max(x1, x2), max(y1, y2))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" stroke="{colour}" '
            f'stroke-width="{width:.2f}"{dashes}/>'
        )

    def path(self, d: str, colour: str, width: float, fill: str = "none", dash: str = "") -> None:
        """A path, which must not reach further than the shapes around it."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(f'<path d="{d}" fill="{fill}" stroke="{colour}" stroke-width="{width:.2f}"{dashes}/>')

    def circle(
        self, x: float, y: float, radius: float, fill: str, stroke: str, dash: str = "", title: str = ""
    ) -> None:
        """A circle."""
        self._reach(x + radius, y + radius)
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        attributes = f'cx="{x:.2f}" cy="{y:.2f}" r="{radius:.2f}" fill="{fill}" stroke="{stroke}"{dashes}'
        self.parts.append(f"<circle {attributes}/>" if not title else f"<circle {attributes}>{_title(title)}</circle>")

    def text(
        self, x: float, y: float, text: str, size: float, colour: str = "", *,
        anchor: Anchor = "start", bold: bool = False, halo: bool = False,
    ) -> None:  # fmt: skip
        """A text on a baseline; a halo in the colour of the ground keeps it readable over lines."""
        width = text_width(text, size)
        self._reach(x + {"start": width, "middle": width / 2, "end": 0.0}[anchor], y + 0.3 * size)
        attributes = f'x="{x:.2f}" y="{y:.2f}" font-size="{size:.1f}" fill="{colour or self.theme.text}"'
        if anchor != "start":
            attributes += f' text-anchor="{anchor}"'
        if bold:
            attributes += ' font-weight="bold"'
        if halo:
            attributes += f' stroke="{self.theme.ground}" stroke-width="{size / 4:.2f}" paint-order="stroke"'
        self.parts.append(f"<text {attributes}>{_escaped(text)}</text>")

    def svg(self, look: PictureLook, title: str) -> str:
        """The drawing in the middle of a page of this look, as large as it can be there; `title` names it."""
        width, height, unit = look.width, look.height, look.unit
        if look.can_turn and self.bottom > self.right:
            width, height = height, width
        page = Box(0.0, 0.0, width * _UNITS[unit], height * _UNITS[unit])
        margin = 0.035 * page.width
        room = (page.width - 2 * margin, page.height - 2 * margin)
        scale = min(room[0] / max(self.right, 1.0), room[1] / max(self.bottom, 1.0), _LARGEST)
        left, top = ((side - scale * own) / 2 for side, own in zip(page[2:], (self.right, self.bottom), strict=True))
        return "\n".join(
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}{unit}" height="{height}{unit}" '
                f'viewBox="0 0 {page.width:.2f} {page.height:.2f}" role="img" font-family="{_FAMILY}">',
                _title(title),
                f'<rect width="100%" height="100%" fill="{self.theme.ground}"/>',
                f'<g transform="translate({left:.2f} {top:.2f}) scale({scale:.4f})">',
                *self.parts,
                "</g>",
                "</svg>",
                "",
            )
        )


_LARGEST = 3.0
"""A small network does not fill a whole wall."""


def _escaped(text: str) -> str:
    return escape("".join(letter if letter.isprintable() else " " for letter in text))


def _title(text: str) -> str:
    return f"<title>{_escaped(text)}</title>"
