"""Step through a network, forward and backward."""

from mlpviz.ui.chrome import behind_router
from mlpviz.ui.step_through import step_through

if behind_router():
    step_through()
