"""How large a training may be: every limit of a setup, once.

They keep one stranger's setup from taking the server's memory or hours of its time.
"""

from __future__ import annotations

from dataclasses import dataclass

from mlpviz.data.csv_table import LONGEST, MOST_ROWS


@dataclass(frozen=True)
class TrainingLimits:
    """Upper bounds, each inclusive."""

    version: int = 1
    """the newest setup version that this mlpviz reads"""
    layers: int = 64
    units: int = 4096
    """of one layer"""
    parameters: int = 4_000_000
    """weights, biases, gammas and betas of the whole network"""
    samples: int = MOST_ROWS
    features: int = 10_000
    numbers: int = 60_000_000
    """samples times features: half a gigabyte in float64"""
    points: int = 5_000
    """points clicked or drawn by hand"""
    epochs: int = 100_000
    batch_size: int = 200_000
    folds: int = 50
    seed: int = 2**32 - 1
    magnitude: float = 1e300
    """of any number: above it a single product overflows"""
    name: int = 80
    """characters"""
    csv: int = LONGEST
    """characters of CSV text"""
    text: int = 60_000_000
    """characters of a setup as JSON, with its CSV text in it"""
    run: int = 160_000_000
    """characters of a run as JSON, with its weights in it"""


LIMITS = TrainingLimits()
