"""Check: every tensor of the network on screen, NumPy beside PyTorch and central differences."""

from mlpviz.ui.check_page import check_page

check_page()
