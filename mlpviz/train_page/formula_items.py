"""What a chosen schedule, initializer, scaler or metric computes: its formula, a sentence and its lines in code.

An item of the form like any other; it unfolds under the menu that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlpviz.config import TrainingConfig
from mlpviz.data.scaling import Scaler
from mlpviz.engine import METRICS, Initializer, Schedule
from mlpviz.engine.averages import WeightAverage
from mlpviz.engine.expressions import FormulaLine, assigned
from mlpviz.engine.metrics import Metric
from mlpviz.engine.schedules.code import formula_lines, numpy_lines, torch_lines
from mlpviz.sheet.rules import mathml
from mlpviz.train_page.form_items import FormItem


def formula_item(
    path: Sequence[str], of: str, sentence: str, formulas: Iterable[str], code: Iterable[tuple[str, Iterable[str]]]
) -> FormItem:
    """The item: `formulas` in LaTeX, one below the other, and lines of code by the name of their library."""
    return {
        "kind": "formula",
        "path": [*path, "formula"],
        "text": f"formula of {of}",
        "sentence": sentence,
        "formulas": [mathml(latex) for latex in formulas],
        "code": [[library, "\n".join(lines)] for library, lines in code],
    }


def schedule_item(config: TrainingConfig) -> list[FormItem]:
    """The formula of the schedule of the learning rate; nothing without one."""
    if config.schedule is None:
        return []
    schedule: Schedule = config.schedule.entry
    unit, base = config.schedule_counts, float(config.optimizer.entry.settings["learning_rate"])
    watches = schedule.observe is not None
    counted = "after each epoch" if unit == "epochs" else "after each step"
    said = f"{schedule.sentence} t counts the {unit} that are done, from 0."
    if watches:
        said = (
            f"{schedule.sentence} m is the watched loss, b the best so far, n the epochs in a row that were no better."
        )
    step = f"scheduler.step({'loss' if watches else ''})  # {counted}"
    return [
        formula_item(
            ("schedule",),
            schedule.label,
            said,
            _latex(formula_lines(schedule)),
            [("NumPy", numpy_lines(schedule, base)), ("PyTorch", [*torch_lines(schedule, base), step])],
        )
    ]


def initializer_item(initializer: Initializer) -> FormItem:
    """The formula of the first weights."""
    used = initializer.used_settings
    before = [assigned(used)] if used else []
    by_layer = before if initializer.by_layer else []
    return formula_item(
        ("initializer",),
        initializer.label,
        f"{initializer.sentence} I and O are the inputs and outputs of the layer.",
        initializer.rule.latex,
        [("NumPy", [*before, *initializer.rule.numpy]), ("PyTorch", [*by_layer, *initializer.torch_code])],
    )


def average_item(average: WeightAverage) -> FormItem:
    """The formula of an average of the weights."""
    used = {each.name: average.settings[each.name] for each in average.hyperparameters if each.symbol}
    before = [assigned(used)] if used else []
    return formula_item(
        ("average",),
        average.label,
        f"{average.sentence} θ is a weight after a {average.each}; the first one is copied.",
        _latex([average.formula]),
        [("NumPy", [*before, *average.numpy_lines]), ("PyTorch", average.torch_lines)],
    )


def scaler_item(path: str, scaler: Scaler) -> list[FormItem]:
    """The formula of a scaling; nothing where numbers stay as they are."""
    if not scaler.sklearn:
        return []
    code = [("NumPy", scaler.numpy_lines), ("scikit-learn", [scaler.sklearn_code])]
    said = f"{scaler.sentence} The training rows alone say how."
    return [formula_item((path,), scaler.label, said, _latex([scaler.formula]), code)]


def metric_item(metric: Metric) -> FormItem:
    """The formula of a metric."""
    code = [("NumPy", metric.numpy_lines), ("scikit-learn", [metric.sklearn_code])]
    return formula_item(("metric", metric.key), metric.label, metric.sentence, _latex([metric.formula]), code)


def metric_items(keys: Iterable[str]) -> list[FormItem]:
    """The formulas of metrics by their keys."""
    return [metric_item(METRICS[key]) for key in keys]


def _latex(lines: Iterable[FormulaLine]) -> list[str]:
    """Each line and each definition on a line of its own."""
    found: dict[str, None] = {}
    for line in lines:
        sign = r"\leftarrow" if line.overwrites else "="
        found[rf"{line.symbol.letter} {sign} {line.formula.latex()}"] = None
        found |= dict.fromkeys(definition.latex for definition in line.definitions)
    return list(found)
