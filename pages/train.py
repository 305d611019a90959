"""Train a network on data that people know, and watch it learn."""

from mlpviz.ui.train_page import train_page

train_page()
