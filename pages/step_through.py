"""Step through a network, forward and backward."""

from mlpviz.ui.step_through import step_through

step_through()
