"""A network as a PyTorch program: forward line by line, autograd, and the numbers of the sheet asserted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from mlpviz.engine import Norm, Trace
from mlpviz.engine.activations.activation import ALPHA, SLOPES, A, Z
from mlpviz.engine.expressions import Where
from mlpviz.engine.expressions.tree import number_code
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document, DocumentError
from mlpviz.network.optimizer_state import PLAIN

_NAMES = {"weight": "W", "bias": "b", "gamma": "gamma", "beta": "beta", "alpha": "alpha"}
_WIDE = 100
"""columns of the program"""

_HELPERS = """torch.set_default_dtype(torch.float64)


def gradient_of(tensor):
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def same(found, shown):
    torch.testing.assert_close(found, torch.tensor(shown), rtol=1e-9, atol=1e-9)

"""


def write(document: Document) -> bytes:
    """The program.

    Raises DocumentError for tied numbers, and where a number of the pass is not finite: nothing could be asserted.
    """
    trace = document.trace()
    if trace.spec.sharing is not None:
        raise DocumentError("some numbers of the network are tied, and the program has each parameter for itself")
    if trace.target is None and trace.spec.loss.target != "none":
        raise DocumentError("the network has no target, so the program would have no loss")
    known = [trace.loss, trace.output, *(layer.grad_weight for layer in trace.layers)]
    if not all(np.isfinite(each).all() for each in known):
        raise DocumentError("a number of the pass is infinite or NaN: the program could assert nothing")
    lines = [
        *_head(document),
        *_data(document),
        *_parameters(document),
        *_forward(document, trace),
        *_loss(trace),
        *_update(document),
        *_asserts(document, trace),
    ]
    return ("\n".join(lines) + "\n").encode()


def _head(document: Document) -> Iterator[str]:
    widths = "-".join(map(str, document.widths))
    yield f'"""A {widths} network, with every number that the score sheet shows. Needs PyTorch alone."""'
    yield from ("", "import math", "", "import torch", "import torch.nn.functional as F", "")
    yield from _HELPERS.splitlines()


def _data(document: Document) -> Iterator[str]:
    yield ""
    yield f"# {document.samples} sample{'s' if document.samples > 1 else ''}, a row each"
    yield from _tensor("x", document.x, gradient=True)
    if document.target is not None:
        yield from _tensor("t", document.target)
    for number, layer in enumerate(document.layers, start=1):
        for name in ("running_mean", "running_var"):
            if layer.norm is not None and layer.norm.entry.running and not document.training:
                yield from _tensor(f"{name}{number}", layer.numbers_of(name))
        if layer.mask is not None and document.training:
            yield from _tensor(f"mask{number}", layer.mask)


def _parameters(document: Document) -> Iterator[str]:
    yield ""
    yield "# weights have a row per unit"
    for number, layer in enumerate(document.layers, start=1):
        yield from _tensor(f"W{number}", layer.weight, gradient=True)
        if layer.bias is not None:
            yield from _tensor(f"b{number}", layer.bias, gradient=True)
        for name in ("gamma", "beta"):
            if layer.norm is not None and name in layer.norm_tensors:
                yield from _tensor(f"{name}{number}", layer.numbers_of(name), gradient=True)
        if layer.activation.entry.learns:
            yield from _tensor(f"alpha{number}", layer.numbers_of("alpha"), gradient=True)
        if layer.activation.entry.alpha == "draw" and document.training:
            yield from _tensor(f"slopes{number}", layer.slopes_of(document.samples))


def _forward(document: Document, trace: Trace) -> Iterator[str]:
    before = "x"
    for number, layer in enumerate(trace.spec.layers, start=1):
        parts = layer_tensors(layer, document.training)
        yield ""
        yield f"# layer {number}: {layer.inputs} to {layer.outputs}, {layer.activation.label}"
        bias = f", b{number}" if layer.bias else ""
        yield f"z{number} = F.linear({before}, W{number}{bias})"
        if layer.norm is not None:
            yield from _norm(layer.norm, layer.outputs, number, document.training)
        source, result = f"{parts.activation_input}{number}", f"{parts.activation_output}{number}"
        formula = Where(layer.activation.in_mode(document.training).formula.body)
        slopes = {ALPHA: f"alpha{number}", SLOPES: f"slopes{number}"}
        yield from formula.line(A).code("torch", {Z: source, A: result, **slopes})
        if parts.dropout:
            after = "dropped" if layer.skip else "a"
            share = "" if layer.dropout == 1.0 else f" / (1 - {number_code(layer.dropout)})"
            yield f"{after}{number} = {result} * mask{number}{share}"
            result = f"{after}{number}"
        if layer.skip:
            first = number - layer.skip
            yield f"a{number} = {result} + {f'a{first}' if first else 'x'}"
        pins = [pin for pin in document.pins if pin.layer == number]
        if pins:
            yield f"a{number} = a{number}.clone()"
            yield from (
                f"a{number}[{pin.sample - 1}, {pin.unit - 1}] = {number_code(pin.value)}  # pinned" for pin in pins
            )
        before = f"a{number}"


def _norm(norm: Norm, units: int, number: int, training: bool) -> Iterator[str]:
    settings = dict(norm.settings)
    names = norm.parameters or ("None",) * (1 + norm.centred)
    affine = ", ".join(f"{name}{number}" if norm.affine else name for name in names)
    eps = number_code(settings["eps"])
    if norm.running and training:
        # written out: F.batch_norm refuses a single sample
        yield f"mean{number} = z{number}.mean(0)"
        yield f"var{number} = z{number}.var(0, correction=0)"
        score = f"(z{number} - mean{number}) / torch.sqrt(var{number} + {eps})"
        yield f"n{number} = {f'gamma{number} * {score} + beta{number}' if norm.affine else score}"
    elif norm.running:
        buffers = f"running_mean{number}, running_var{number}"
        yield f"n{number} = F.batch_norm(z{number}, {buffers}, {affine}, eps={eps})"
    else:
        yield f"n{number} = F.{norm.torch}(z{number}, ({units},), {affine}, {eps})"


def _loss(trace: Trace) -> Iterator[str]:
    loss = trace.spec.loss
    yield ""
    yield f"# {loss.label}"
    yield f"y = a{len(trace.layers)}"
    yield from loss.torch_code.splitlines()
    yield "loss.backward()"
    yield 'print("loss", loss.item())'


def _update(document: Document) -> Iterator[str]:
    yield ""
    own = document.penalty or any(layer.frozen or layer.learning_rate is not None for layer in document.layers)
    if document.optimizer != PLAIN or own:
        yield "# the update is not part of this program: on the sheet it is more than a step down the gradient"
        return
    yield "# one step of gradient descent"
    names = [name for name, _ in _leaves(document)]
    yield "with torch.no_grad():"
    rate = number_code(document.rate)
    yield from (f"    new_{name} = {name} - {rate} * gradient_of({name})" for name in names)


def _leaves(document: Document) -> Iterator[tuple[str, str]]:
    """The names of the parameters in the program, with their tensors."""
    for number, layer in enumerate(document.layers, start=1):
        there = {"weight", *layer.norm_tensors} | ({"bias"} if layer.bias is not None else set())
        there |= {"alpha"} if layer.activation.entry.learns else set()
        yield from ((f"{letter}{number}", tensor) for tensor, letter in _NAMES.items() if tensor in there)


def _asserts(document: Document, trace: Trace) -> Iterator[str]:
    yield ""
    yield "# what the sheet shows"
    yield from _listed("same(loss.detach(), ", float(trace.loss), ")")
    for number, layer in enumerate(trace.layers, start=1):
        yield from _same(f"a{number}.detach()", layer.a)
    for name, tensor in _leaves(document):
        number = int(name.lstrip("Wbgametlph"))
        yield from _same(f"gradient_of({name})", getattr(trace.layers[number - 1], f"grad_{tensor}"))
    yield from _same("gradient_of(x)", trace.grad_x)
    yield 'print("every number agrees with the sheet")'


def _same(name: str, array: Any) -> Iterator[str]:
    yield from _listed(f"same({name}, ", np.asarray(array).tolist(), ")")


def _tensor(name: str, values: Any, gradient: bool = False) -> Iterator[str]:
    listed = [list(row) if isinstance(row, tuple) else row for row in values]
    tail = ", requires_grad=True" if gradient else ""
    yield from _listed(f"{name} = torch.tensor(", listed, f"{tail})")


def _listed(before: str, values: Any, after: str) -> Iterator[str]:
    """One line, or one per row where it would be too long."""
    text = _text(values)
    if len(before + text + after) <= _WIDE or not isinstance(values, list):
        yield before + text + after
        return
    yield before + "["
    yield from (f"    {_text(row)}," for row in values)
    yield "]" + after


def _text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(_text(each) for each in value)}]"
    return repr(value)


FORMAT = Format(
    "network_pytorch",
    label="program for PyTorch",
    sentence="A PyTorch program with the network's numbers, forward line by line, autograd and one step of gradient "
    "descent; it asserts the numbers of the sheet.",
    suffix=".py",
    media_type="text/x-python",
    saving=Saving(NETWORK, write, stem),
)
