"""The sizes of paper that worksheets are printed on."""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.engine.registry import Registry


@dataclass(frozen=True)
class Paper:
    """A size of paper in mm, upright."""

    key: str
    label: str
    sentence: str
    width: float
    height: float


PAPERS: Registry[Paper] = Registry(
    "paper",
    (
        Paper("a4", "A4", "210 × 297 mm.", 210.0, 297.0),
        Paper("letter", "Letter", "8.5 × 11 inches, as in North America.", 215.9, 279.4),
    ),
)
