"""What a training is, as one small JSON document, and how it becomes something the engine can run.

Refuses to know about screens. Every failure is a DocumentError of one sentence.
"""

from mlpviz.setup.building import Built, Fold, build
from mlpviz.setup.defaults import suggested
from mlpviz.setup.limits import LIMITS, Limits
from mlpviz.setup.link import from_link, to_link
from mlpviz.setup.loading import load_table
from mlpviz.setup.model import Layer, Setup, Split, Stopping
from mlpviz.setup.sources import CsvSource, DrawnSource, FormulaSource, PointsSource, SetSource, Source

__all__ = [
    "LIMITS",
    "Built",
    "CsvSource",
    "DrawnSource",
    "Fold",
    "FormulaSource",
    "Layer",
    "Limits",
    "PointsSource",
    "SetSource",
    "Setup",
    "Source",
    "Split",
    "Stopping",
    "build",
    "from_link",
    "load_table",
    "suggested",
    "to_link",
]
