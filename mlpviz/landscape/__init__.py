"""The loss as a landscape over the parameters: lines, planes, curvature, and the ways of optimizers over it.

Pure functions of an `Objective`, which is a network with its samples or a classic function of two numbers.
"""
