"""Check: every tensor of the network on screen, NumPy beside PyTorch and central differences."""

from mlpviz.ui.check_page import check_page
from mlpviz.ui.chrome import behind_router

if behind_router():
    check_page()
