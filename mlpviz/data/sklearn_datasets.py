"""Measured data that come with scikit-learn, so nothing has to be downloaded; they have no hyperparameters.

A browser has no scikit-learn: there a file beside this module has them, which `measured_file` made.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from mlpviz.data.table import DataSet, Table, Task

MEASURED = "measured.npz"
"""the name of that file"""

_TENS = tuple(10.0**places for places in range(10))

_FILE = Path(__file__).with_name(MEASURED)


def measured_file() -> bytes:
    """All of these data as one archive of arrays, by the key of a data set and the name of a field of its table."""
    arrays = {}
    for entry in BUNDLED:
        table = _from_sklearn(entry.key, entry.task)
        # as whole numbers beside what they are divided by: a third of the size, and the same bits
        places = [next(ten for ten in _TENS if (np.rint(column * ten) / ten == column).all()) for column in table.x.T]
        whole = np.rint(table.x * places).astype(np.int32)
        arrays[f"{entry.key}.x"] = np.asfortranarray(whole.astype(np.min_scalar_type(-int(np.abs(whole).max()))))
        arrays[f"{entry.key}.places"] = np.array(places)
        arrays[f"{entry.key}.target"] = table.target
        arrays[f"{entry.key}.features"] = np.array(table.feature_names)
        arrays[f"{entry.key}.classes"] = np.array(table.class_names, str)
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    return content.getvalue()


def _from_file(key: str, task: Task) -> Table:
    with np.load(_FILE, allow_pickle=False) as found:
        x, places, target, features, classes = (
            found[f"{key}.{name}"] for name in ("x", "places", "target", "features", "classes")
        )
    return Table(np.ascontiguousarray(x / places), target, task, tuple(features.tolist()), tuple(classes.tolist()))


def _from_sklearn(key: str, task: Task) -> Table:
    # here and not above: the import takes a second
    import sklearn.datasets

    # diabetes comes scaled already; scaling is a choice of its own here
    raw = {"scaled": False} if key == "diabetes" else {}
    found = getattr(sklearn.datasets, f"load_{key}")(**raw)
    names = tuple(str(name) for name in found.feature_names)
    if task == "values":
        return Table(found.data, found.target[:, None], "values", names)
    return Table(found.data, found.target, "classes", names, tuple(str(name) for name in found.target_names))


def _loaded(key: str, task: Task, image_shape: tuple[int, int] | None) -> Callable[[np.random.Generator], Table]:
    def make(_: np.random.Generator) -> Table:
        return replace((_from_file if _FILE.exists() else _from_sklearn)(key, task), image_shape=image_shape)

    return make


def _bundled(
    key: str, label: str, task: Task, sentence: str, source: str, image_shape: tuple[int, int] | None = None
) -> DataSet:
    make = _loaded(key, task, image_shape)
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
