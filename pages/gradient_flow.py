"""Gradient flow: see how signals and gradients grow or fade through the layers of a deep network."""

from mlpviz.hosts.streamlit.page import show_page

show_page("gradient_flow")
