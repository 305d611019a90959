"""What is taught, as data: presets, quantities, rules, steps, mistakes, number format.

Refuses to know about screens.
"""
