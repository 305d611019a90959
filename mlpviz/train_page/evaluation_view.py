"""The results of `runs.evaluation` and one prediction as plain data for the training page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mlpviz.data import Table
from mlpviz.engine import METRICS
from mlpviz.engine.thinning import every_nth
from mlpviz.runs import CheckpointView
from mlpviz.runs.evaluation import ClassResult, ValueResult, evaluate_part, parts_of
from mlpviz.runs.member import Member
from mlpviz.runs.predictions import Prediction
from mlpviz.schema.json_arrays import grid, json_number, nullable
from mlpviz.train_page.formula_items import metric_items

MOST_WRONG = 60
"""How many misclassified samples are shown, those first of which the network was surest."""

MOST_POINTS = 800
"""Points of the residual plot."""


def evaluation_view(member: Member, checkpoint: CheckpointView, part: Any = None) -> dict[str, Any]:
    """The result of one part (None: the test samples if there are any). Raises RunError for an empty part."""
    result = evaluate_part(member, checkpoint, part)
    found: dict[str, Any] = {
        "epoch": checkpoint.epoch,
        "part": result.part,
        "parts": list(parts_of(member)),
        "samples": result.samples,
        "loss": json_number(result.loss),
        "lane": member.label,
    }
    table = member.built.table
    return found | (_classes(result, table) if isinstance(result, ClassResult) else _values(result, table))


def _classes(result: ClassResult, table: Table) -> dict[str, Any]:
    return {
        "kind": "classes",
        "formulas": metric_items(key for key, metric in METRICS.items() if metric.reads == "classes"),
        "accuracy": json_number(result.accuracy),
        "interval": [json_number(share) for share in result.interval],
        "classes": list(table.class_names),
        "confusion": result.confusion.tolist(),
        "perClass": [
            [each.name, *map(json_number, (each.precision, each.recall, each.f1)), each.samples]
            for each in result.per_class
        ],
        "wrongs": len(result.wrong),
        "wrong": [
            {
                "row": wrong.row, "true": wrong.true, "guess": wrong.guess, "p": json_number(wrong.probability),
                "pTrue": json_number(wrong.probability_true), **_sample(table, wrong.row),
            }
            for wrong in result.wrong[:MOST_WRONG]
        ],
    }  # fmt: skip


def _sample(table: Table, row: int) -> dict[str, Any]:
    """A sample as a picture, or as the numbers of its first features."""
    if table.image_shape is not None:
        return {"picture": _picture(table, table.x[row])}
    return {
        "x": [[name, json_number(value)] for name, value in zip(table.feature_names[:4], table.x[row], strict=False)]
    }


def _picture(table: Table, features: NDArray[np.float64]) -> Any:
    assert table.image_shape is not None  # noqa: S101  # only pictures come here
    return grid(features.reshape(table.image_shape), 0.0, max(float(features.max()), 1e-9))


def _values(result: ValueResult, table: Table) -> dict[str, Any]:
    shown = every_nth(result.samples, MOST_POINTS)
    order = np.argsort(result.predicted[:, 0])[shown]
    return {
        "kind": "values",
        "formulas": metric_items(["r2"] if result.r2 is not None else []),
        "r2": json_number(result.r2),
        "rmse": nullable(result.rmse),
        "mae": nullable(result.mae),
        "predicted": nullable(result.predicted[order, 0]),
        "residuals": nullable(result.residuals[order, 0]),
        "rows": result.rows[order].tolist(),
        "features": list(table.feature_names),
    }


def prediction_view(member: Member, prediction: Prediction, features: NDArray[np.float64]) -> dict[str, Any]:
    """The prediction for one sample (I,): the probability of each class, or the values; and the sample as a picture."""
    table = member.built.table
    found: dict[str, Any] = {"picture": _picture(table, features) if table.image_shape is not None else None}
    if prediction.probabilities is not None and prediction.classes is not None:
        return found | {
            "classes": list(table.class_names),
            "probabilities": nullable(prediction.probabilities[0]),
            "guess": int(prediction.classes[0]),
        }
    return found | {"values": nullable(prediction.values[0] if prediction.values is not None else [])}
