"""The sentence on a number that is not finite: its place, and the operation that made it so with its operands."""

from __future__ import annotations

import numpy as np

from mlpviz.engine import Trace
from mlpviz.explain.recorded import ArrayOperation, Origin
from mlpviz.text.sentences import Sentence, exact_number, parenthesised, sentence

LARGEST = exact_number(float(np.finfo(float).max))

_SYMBOLS = {
    "z": "z", "mean": "μ", "var": "σ²", "normalised": "ẑ", "n": "n", "h": "h", "dropped": "dropped h", "a": "a",
    "loss_term": "the loss term", "loss": "the loss", "grad_a": "∂L/∂a", "grad_h": "∂L/∂h", "grad_n": "∂L/∂n",
    "grad_normalised": "∂L/∂ẑ", "grad_var": "∂L/∂σ²", "grad_mean": "∂L/∂μ", "grad_z": "∂L/∂z", "grad_x": "∂L/∂x",
    "grad_weight": "∂L/∂W", "grad_bias": "∂L/∂b", "grad_gamma": "∂L/∂γ", "grad_beta": "∂L/∂β",
    "mean_square": "RMS²", "grad_mean_square": "∂L/∂RMS²", "grad_alpha": "∂L/∂α",
    "new_running_mean": "the new running μ", "new_running_var": "the new running σ²",
}  # fmt: skip

_ONE_SAMPLE = ("mean", "var", "mean_square", "grad_mean", "grad_var", "grad_mean_square")


def nonfinite_sentence(
    tensor: str, layer: int, row: int, column: int, value: float, origin: Origin | None, trace: Trace
) -> Sentence:
    """One sentence: the cell (row and column from 0), its value, and where the origin is known, why."""
    what = "NaN" if np.isnan(value) else exact_number(value)
    return sentence(
        "{place} is {what}{why}.",
        place=_place(tensor, layer, row, column, trace),
        what=what,
        why="" if origin is None else sentence(": {reason}", reason=origin_text(origin)),
    )


def _place(tensor: str, layer: int, row: int, column: int, trace: Trace) -> str:
    symbol = _SYMBOLS[tensor]
    sample = f", sample {column + 1}" if trace.samples > 1 else ""
    if tensor == "loss":
        return "The loss"
    if tensor == "loss_term":
        return f"The loss term of output {row + 1}{sample}"
    if tensor == "grad_x":
        return f"{symbol} of input {row + 1}{sample}"
    start = f"Layer {layer}, {symbol}"
    if tensor == "grad_weight":
        return f"{start} from unit {column + 1} to unit {row + 1}"
    if tensor in _ONE_SAMPLE and trace.spec.layers[layer - 1].norm is not None:
        norm = trace.spec.layers[layer - 1].norm
        return f"{start} of unit {row + 1}" if norm is not None and norm.axis == -2 else f"{start}{sample}"
    if tensor == "grad_alpha" and trace.spec.activations[layer - 1].alpha == "layer":
        return start
    if tensor in ("grad_bias", "grad_gamma", "grad_beta", "grad_alpha", "new_running_mean", "new_running_var"):
        return f"{start} of unit {row + 1}"
    return f"{start} of unit {row + 1}{sample}"


def origin_text(origin: Origin) -> Sentence:
    """The operation with its operands, as a clause."""
    said = operation_text(origin.first)
    if origin.turned is None or origin.turned == origin.first:
        return said
    return sentence("{said}, and {turned} has no value", said=said, turned=_infinite(origin.turned))


_SIGNS = {"add": " + ", "subtract": " − ", "multiply": " · ", "divide": " / ", "power": " to the power of "}


def _infinite(operation: ArrayOperation) -> Sentence | str:
    if operation.name in _SIGNS and len(operation.operands) == 2:
        one, other = (exact_number(number) for number in operation.operands)
        sign, second = _SIGNS[operation.name], operation.operands[1]
        if operation.name == "add" and second < 0:
            return sentence("{one} − {other}", one=one, other=exact_number(-second))
        return sentence(f"{{one}}{sign}{{other}}", one=one, other=parenthesised(other))
    if operation.name == "add.reduce":
        return "∞ − ∞"
    return "what is computed with it"


def operation_text(operation: ArrayOperation) -> Sentence:
    """One operation whose result is not finite, as a clause: "ln 0 is −∞"."""
    name, operands, result = operation
    texts = [exact_number(number) for number in operands[:2]]
    one = texts[0] if texts else sentence("")
    many = sentence("more than a number can hold, {largest}", largest=LARGEST)
    if name in ("log", "log1p", "log2", "log10"):
        of = sentence("(1 + {one})", one=parenthesised(one)) if name == "log1p" else parenthesised(one)
        letter = {"log2": "log₂", "log10": "log₁₀"}.get(name, "ln")
        if np.isnan(result):
            return sentence(f"{letter} {{of}} does not exist: only positive numbers have a logarithm", of=of)
        return sentence(f"{letter} {{of}} is −∞", of=of)
    if name in ("exp", "expm1"):
        return sentence("e to the power of {one} is {many}", one=one, many=many)
    if name == "sqrt":
        return sentence("√{one} does not exist", one=parenthesised(one))
    if name in ("divide", "true_divide", "reciprocal"):
        over, under = (sentence("1"), texts[0]) if name == "reciprocal" else texts
        if operands[-1] == 0.0:
            return sentence("{over} / 0 {has}", over=over, has="has no value" if np.isnan(result) else "divides by 0")
        return sentence("{over} / {under} is {many}", over=over, under=parenthesised(under), many=many)
    if name in ("square", "power", "float_power"):
        by = texts[1] if len(texts) > 1 else sentence("2")
        if operands[0] == 0.0:
            return sentence("0 to the power of {by} divides by 0", by=by)
        return sentence("{one} to the power of {by} is {many}", one=parenthesised(one), by=by, many=many)
    if name in _SIGNS and len(texts) == 2:
        other = parenthesised(texts[1])
        return sentence(f"{{one}}{_SIGNS[name]}{{other}} is {{many}}", one=one, other=other, many=many)
    if name == "add.reduce":
        top = exact_number(max(map(abs, operands)))
        return sentence(
            "{count} numbers of a size up to {top} add up to {many}", count=len(operands), top=top, many=many
        )
    return sentence(f"{name.removesuffix('.reduce')} of {{one}} gives {{result}}", one=one, result=exact_number(result))
