"""The Loss landscape page: classic functions and the loss of a network, with the ways of optimizers over them."""
