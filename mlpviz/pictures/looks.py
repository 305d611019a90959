"""How a picture looks: colours, and the screen or paper that it is made for."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.registry import Registry


@dataclass(frozen=True)
class Theme:
    """Colours as in `web/shared/palette.css`. Signs have a form too; `tint` is how much of its colour a cell has."""

    ground: str
    text: str
    muted: str
    rule: str
    positive: str
    negative: str
    tint: float
    depth: float
    """how strong the colours of a map are behind its samples"""
    classes: tuple[str, ...]


_LIGHT_CLASSES = ("#009e73", "#b5459a", "#b59300", "#56b4e9", "#8c564b", "#7f7f7f", "#6f4fb3", "#e377c2")
_DARK_CLASSES = ("#2fd3a2", "#e07cc8", "#e3c23c", "#a5dcff", "#c9958a", "#b4b4b4", "#ab8cf0", "#f7a8d8")

LIGHT = Theme(
    "#ffffff", "#1f2024", "#55575c", "#d6d6d8", "#0072b2", "#d55e00", 0.3, 0.56,
    ("#d55e00", "#0072b2", *_LIGHT_CLASSES),
)  # fmt: skip
DARK = Theme(
    "#0e1117", "#fafafa", "#b9bcc2", "#33363d", "#4aa8e8", "#f08a3c", 0.36, 0.36,
    ("#f08a3c", "#4aa8e8", *_DARK_CLASSES),
)  # fmt: skip
PRINT = Theme(
    "#ffffff", "#000000", "#333333", "#9a9a9a", "#000000", "#000000", 0.0, 0.4,
    ("#d55e00", "#0072b2", *_LIGHT_CLASSES),
)  # fmt: skip


@dataclass(frozen=True)
class PictureLook:
    """A theme on a screen or a paper: its size in SVG, and as pixels. Paper lies as the picture needs it."""

    key: str
    label: str
    sentence: str
    theme: Theme
    width: float
    height: float
    unit: str
    pixels: tuple[int, int]
    can_turn: bool = False


LOOKS: Registry[PictureLook] = Registry(
    "look of a picture",
    (
        PictureLook("light", "light, for a projector", "1920 × 1080, light", LIGHT, 1920, 1080, "px", (1920, 1080)),
        PictureLook("dark", "dark, for a projector", "1920 × 1080, dark", DARK, 1920, 1080, "px", (1920, 1080)),
        PictureLook(
            "a4", "for paper, A4", "black on white, for A4", PRINT, 297, 210, "mm", (2339, 1654), can_turn=True
        ),
        PictureLook(
            "letter", "for paper, Letter", "black on white, for Letter", PRINT, 11, 8.5, "in", (2200, 1700), True
        ),
    ),
)
