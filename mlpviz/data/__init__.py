"""Which data sets exist: toys in the plane, curves, surfaces and measured data, in the order of the menu."""

from __future__ import annotations

from mlpviz.data.bundled import BUNDLED
from mlpviz.data.functions import FUNCTIONS
from mlpviz.data.mnist import MNIST
from mlpviz.data.record import DataError, DataSet, Table, Task
from mlpviz.data.surfaces import SURFACES
from mlpviz.data.toys import TOYS
from mlpviz.engine.registry import Registry

__all__ = ["DATASETS", "DataError", "DataSet", "Table", "Task"]

DATASETS: Registry[DataSet] = Registry("data set", (*TOYS, *FUNCTIONS, *SURFACES, *BUNDLED, MNIST))
