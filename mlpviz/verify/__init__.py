"""Verification: the NumPy pass compared with PyTorch's autograd and with central differences."""
