"""How signals and gradients grow or fade from layer to layer of a deep network: measured, and as theory has it.

Everything is computed by the engine for many seeds at once; nothing here knows a page.
"""
