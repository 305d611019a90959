"""What `import mlpviz` offers to programs and notebooks: networks from files and models, their numbers, the app.

All that is public is listed here; everything else may change with any version.
"""

from mlpviz.api.arrays import from_arrays
from mlpviz.api.files import read
from mlpviz.api.keras_models import from_keras
from mlpviz.api.network import Network
from mlpviz.api.showing import show
from mlpviz.api.sklearn_models import from_sklearn
from mlpviz.api.torch_models import from_torch
from mlpviz.api.training import train
from mlpviz.network import DocumentError

__all__ = [
    "DocumentError",
    "Network",
    "from_arrays",
    "from_keras",
    "from_sklearn",
    "from_torch",
    "read",
    "show",
    "train",
]
