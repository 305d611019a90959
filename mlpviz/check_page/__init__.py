"""The Check page: every tensor of the network on the sheet, NumPy beside PyTorch and central differences."""
