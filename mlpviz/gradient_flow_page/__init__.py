"""The Gradient flow page: the map of settings, and what flows through the layers of the chosen network."""
