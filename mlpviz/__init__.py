"""mlpviz: see, edit and check every number of a small multilayer perceptron."""

__version__ = "0.1.0"
