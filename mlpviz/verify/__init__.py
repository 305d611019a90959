"""The proof: the NumPy pass beside PyTorch's autograd and central differences."""
