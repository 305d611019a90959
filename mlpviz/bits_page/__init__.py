"""The page Fewer bits: the pass of the sheet in formats with fewer bits, each number beside its float64."""
