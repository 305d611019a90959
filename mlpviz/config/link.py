"""How a setup travels in an address. Refuses to carry weights: the seed makes them again."""

from __future__ import annotations

from mlpviz.config.config import TrainingConfig
from mlpviz.schema.link import packed, unpacked


def to_link(setup: TrainingConfig) -> str:
    """The setup as letters, digits, - and _ only. Raises DocumentError if it would be too long for an address."""
    return packed(setup.to_json())


def from_link(text: str) -> TrainingConfig:
    """The setup that `to_link` wrote. Raises DocumentError for a link that is damaged or holds no setup."""
    return TrainingConfig.parse(unpacked(text))
