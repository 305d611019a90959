"""Measured data that come with scikit-learn, so nothing has to be downloaded; they have no hyperparameters."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from mlpviz.data.table import DataSet, Table, Task


def _loaded(loader: str, task: Task, image_shape: tuple[int, int] | None) -> Callable[[np.random.Generator], Table]:
    def make(_: np.random.Generator) -> Table:
        # here and not above: the import takes a second
        import sklearn.datasets

        # diabetes comes scaled already; scaling is a choice of its own here
        raw = {"scaled": False} if loader == "load_diabetes" else {}
        found = getattr(sklearn.datasets, loader)(**raw)
        names = tuple(str(name) for name in found.feature_names)
        if task == "values":
            return Table(found.data, found.target[:, None], "values", names)
        classes = tuple(str(name) for name in found.target_names)
        return Table(found.data, found.target, "classes", names, classes, image_shape)

    return make


def _bundled(
    key: str, label: str, task: Task, sentence: str, source: str, image_shape: tuple[int, int] | None = None
) -> DataSet:
    make = _loaded(f"load_{key}", task, image_shape)
    return DataSet(key=key, label=label, task=task, sentence=sentence, source=source, make=make)


BUNDLED: tuple[DataSet, ...] = (
    _bundled("iris", "iris", "classes", "150 flowers of three species by four lengths in cm.", "Fisher 1936"),
    _bundled(
        "digits", "digits 8 × 8", "classes", "1797 handwritten digits, 64 pixels from 0 to 16.",
        "Alpaydin and Kaynak 1998, UCI", (8, 8),
    ),
    _bundled(
        "breast_cancer", "breast cancer", "classes", "569 tumours, malignant or benign, by 30 measurements.",
        "Wolberg, Street and Mangasarian 1995, UCI",
    ),
    _bundled(
        "diabetes", "diabetes", "values", "442 patients: progression after a year from ten measurements.",
        "Efron, Hastie, Johnstone and Tibshirani 2004",
    ),
    _bundled(
        "wine", "wine", "classes", "178 wines of three growers by 13 chemical measurements.",
        "Forina and others 1991, UCI",
    ),
)  # fmt: skip
