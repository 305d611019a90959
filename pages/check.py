"""Check: every tensor of the network on screen, NumPy beside PyTorch and central differences."""

from mlpviz.hosts.streamlit.page import show_page

show_page("check")
