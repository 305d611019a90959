"""One training as a small JSON document, and how it is prepared for the engine.

Every failure is a DocumentError of one sentence.
"""

from mlpviz.config.build import Fold, PreparedTraining, prepare
from mlpviz.config.config import TrainingConfig
from mlpviz.config.defaults import suggested
from mlpviz.config.load import load_table
from mlpviz.config.sections import LayerConfig, SplitConfig, StoppingConfig
from mlpviz.config.sources import CsvSource, DrawnSource, FormulaSource, PointsSource, SetSource, Source
from mlpviz.schema.limits import TRAINING_LIMITS

__all__ = [
    "TRAINING_LIMITS",
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
    "load_table",
    "prepare",
    "suggested",
]
