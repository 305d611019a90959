"""The registry of data sets: toys in the plane, curves, surfaces and measured data, in the order of the menu."""

from __future__ import annotations

from mlpviz.data.mnist import MNIST
from mlpviz.data.sklearn_datasets import BUNDLED
from mlpviz.data.table import DataError, DataSet, Table, Task
from mlpviz.data.toy_classification import TOYS
from mlpviz.data.toy_regression import CURVES, SURFACES
from mlpviz.engine.registry import Registry

__all__ = ["DATASETS", "DataError", "DataSet", "Table", "Task"]

DATASETS: Registry[DataSet] = Registry("data set", (*TOYS, *CURVES, *SURFACES, *BUNDLED, MNIST))
