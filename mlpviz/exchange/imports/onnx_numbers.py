"""The nodes of an ONNX graph that compute number by number: of several it is found later which activation they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mlpviz.exchange.imports.onnx_functions import OF_ROWS, UP_TO_ONCE, function_of_numbers, function_of_rows
from mlpviz.exchange.imports.onnx_value import GraphNode, GraphValue, are_of_different_lines
from mlpviz.exchange.imports.operations import Normalize
from mlpviz.exchange.imports.recognized_rows import recognized_rows
from mlpviz.network import DocumentError

_MOST_STEPS = 300
"""of a function of numbers; GELU written out has 20"""


def of_numbers(node: GraphNode) -> GraphValue:
    """A function number by number of one base, of which several values may be combined. Raises DocumentError."""
    kind, values = node.kind, node.values
    if kind not in ("Add", "Sub", "Mul", "Div"):
        values = [each and each.scaled_by_unit for each in values]
    present = [each for each in values if each is not None]
    if are_of_different_lines(present):
        raise DocumentError(f"a {kind} joins two lines of layers: held are Add and Concat of an earlier value")
    base = present[0]
    if base.both:
        raise DocumentError(f"a {kind} follows the two probabilities, which is not held here")
    functions = [
        (lambda x, constant=each: np.asarray(constant, float)) if value is None else (value.of_base or (lambda x: x))
        for value, each in zip(values, node.constants, strict=True)
        if value is not None or each is not None
    ]
    # PRelu, Elu and the like read their first input up to three times
    times = 1 if kind in UP_TO_ONCE else 3
    steps = 1 + times * sum(each.steps for each in present)
    if steps > _MOST_STEPS:
        raise DocumentError("the model has a function of more steps between its layers than any activation known here")
    if kind in OF_ROWS:
        combined = function_of_rows(kind, node.attributes, functions[0], node.constant_at(1))
    else:
        combined = function_of_numbers(kind, node.attributes, functions, node.inputs)
    of_rows = kind in OF_ROWS or any(each.of_rows for each in present)
    if of_rows and len(present) == 2:
        norm = recognized_rows(combined, base.width)
        if isinstance(norm, Normalize) and not base.operations:
            norm = replace(norm, gamma=np.ones(base.width or 1))  # the width of x, which nothing before says
        if norm is not None:
            return GraphValue((*base.operations, norm), base.width)
    return GraphValue(base.operations, base.width, combined, _is_one_minus(node), steps, of_rows=of_rows)


def _is_one_minus(node: GraphNode) -> bool:
    """Whether it is 1 - p."""
    if node.kind != "Sub" or len(node.values) != 2 or node.values[0] is not None:
        return False
    one = node.constants[0]
    return one is not None and np.size(one) == 1 and float(np.ravel(one)[0]) == 1.0
