"""Functions: move along activations and losses, and see slopes and gradients."""

from mlpviz.hosts.streamlit.page import show_page

show_page("functions")
