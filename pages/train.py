"""Train a network on data that people know, and watch it learn."""

from mlpviz.ui.chrome import behind_router
from mlpviz.ui.train_page import train_page

if behind_router():
    train_page()
