"""From a source to its table of samples. The same source gives the same table."""

from __future__ import annotations

import numpy as np

from mlpviz.config.sources import CsvSource, DrawnSource, FormulaSource, PointsSource, SetSource, Source
from mlpviz.data import DataError, Table
from mlpviz.data.csv_columns import read_csv
from mlpviz.data.csv_table import csv_table
from mlpviz.data.formula import DataFormula
from mlpviz.data.toy_regression import sampled, through
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.limits import TRAINING_LIMITS
from mlpviz.schema.time_limit import within_time
from mlpviz.text.sentences import sentence


def load_table(source: Source, content: bytes | None = None) -> Table:
    """The samples of the source; `content` are the bytes of the file that a CSV source names.

    Raises DocumentError: one sentence that says what is wrong with the data, and where.
    """
    try:
        table = _table(source, content)
    except DataError as error:
        raise DocumentError(sentence("data: {problem}", problem=error.args[0])) from None
    for what, found, most in (
        ("samples", table.samples, TRAINING_LIMITS.samples),
        ("features", table.x.shape[1], TRAINING_LIMITS.features),
        ("numbers", table.x.size, TRAINING_LIMITS.numbers),
    ):
        if found > most:
            raise DocumentError(f"data: {found:,} {what}, at most {most:,} are allowed")
    return table


def _table(source: Source, content: bytes | None) -> Table:
    match source:
        case CsvSource():
            text = source.content if content is None else content
            if text is None:
                raise DocumentError.at(
                    ("data", "file"), f"is {echo(source.file)}, and that file is not here: open it again"
                )
            columns = within_time(lambda: read_csv(text))
            return csv_table(columns, source.target, source.features, source.task, source.missing, source.texts)
        case SetSource():
            return source.set.entry.make(np.random.default_rng(source.seed))
        case PointsSource():
            return _points(source)
        case FormulaSource():
            rng = np.random.default_rng(source.seed)
            return sampled(DataFormula(source.text), source.low, source.high, source.samples, source.noise, rng)
        case DrawnSource():
            places = [x for x, _ in source.points]
            rng = np.random.default_rng(source.seed)
            return sampled(through(source.points), min(places), max(places), source.samples, source.noise, rng)


def _points(source: PointsSource) -> Table:
    names = tuple(f"x{number}" for number in range(1, len(source.x[0]) + 1))
    if source.classes is None:
        return Table(np.array(source.x), np.array(source.values), "values", names)
    classes = tuple(f"class {number}" for number in range(max(source.classes) + 1))
    return Table(np.array(source.x), np.array(source.classes), "classes", names, classes)
