"""The Functions page: activations, losses and the numbers around them as curves that a person moves along."""
