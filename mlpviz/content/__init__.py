"""What is taught, as data: presets, quantities, rules, steps, mistakes.

Refuses to know about screens.
"""
