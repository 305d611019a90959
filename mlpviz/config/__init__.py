"""What a training is, as one small JSON document, and how it becomes something the engine can run.

Refuses to know about screens. Every failure is a DocumentError of one sentence.
"""

from mlpviz.config.build import Fold, PreparedTraining, prepare
from mlpviz.config.config import LayerConfig, SplitConfig, StoppingConfig, TrainingConfig
from mlpviz.config.defaults import suggested
from mlpviz.config.limits import LIMITS, TrainingLimits
from mlpviz.config.link import from_link, to_link
from mlpviz.config.load import load_table
from mlpviz.config.sources import CsvSource, DrawnSource, FormulaSource, PointsSource, SetSource, Source

__all__ = [
    "LIMITS",
    "CsvSource",
    "DrawnSource",
    "Fold",
    "FormulaSource",
    "LayerConfig",
    "PointsSource",
    "PreparedTraining",
    "SetSource",
    "Source",
    "SplitConfig",
    "StoppingConfig",
    "TrainingConfig",
    "TrainingLimits",
    "from_link",
    "load_table",
    "prepare",
    "suggested",
    "to_link",
]
