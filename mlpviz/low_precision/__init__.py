"""The pass of a network in fewer bits: formats of numbers, and every result of a pass rounded to one of them."""
