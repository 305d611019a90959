"""The network of the page as a document, for the sheet and the Train page."""

from __future__ import annotations

from typing import Any

from mlpviz.app.page import HandOver
from mlpviz.exploration.view import Load
from mlpviz.gradient_flow.deep_network import FlowSettings, batch_of, network_of, weights_of
from mlpviz.network import Document
from mlpviz.schema.limits import DOCUMENT_LIMITS

MOST_WIDE, MOST_SAMPLES = 16, 16
"""of the network that goes to another page: a sheet of 20 layers of 64 units shows 80,000 weights to nobody"""


def loads(settings: FlowSettings) -> tuple[Load, ...]:
    """The buttons that open the network elsewhere."""
    return (
        Load("sheet", "Open on the sheet", lambda: _hand_over("sheet", settings)),
        Load("train", "Train it", lambda: _hand_over("train", settings)),
    )


def _smaller(settings: FlowSettings) -> FlowSettings:
    return settings.replaced(
        depth=min(settings.depth, DOCUMENT_LIMITS.layers - 1),
        width=min(settings.width, MOST_WIDE),
        samples=min(settings.samples, MOST_SAMPLES),
    )


def _hand_over(to: str, settings: FlowSettings) -> HandOver:
    own = _smaller(settings)
    notice = f"A network of {own.depth} hidden layers of {own.width} units, from the map of gradient flow."
    if own != settings:
        notice += f" There it had {settings.depth} layers of {settings.width} units and {settings.samples} samples."
    return HandOver(to, _document(own), notice, "gradient flow", begins=to == "train")


def _document(settings: FlowSettings) -> Document:
    spec, batch = network_of(settings), batch_of(settings)
    views = spec.views(weights_of(settings, spec, 1)[0])
    layers: list[dict[str, Any]] = []
    for layer, view in zip(spec.layers, views, strict=True):
        numbers = {name: None if array is None else array.tolist() for name, array in view._asdict().items()}
        layers.append(
            {name: value for name, value in numbers.items() if value is not None}
            | {
                "activation": layer.activation.key,
                "norm": None if layer.norm is None else layer.norm.key,
                "skip": layer.skip,
            }
        )
    return Document.parse(
        {
            "name": f"Gradient flow, {settings.depth} layers",
            "layers": layers,
            "x": batch.x.tolist(),
            "target": batch.target.argmax(axis=1).tolist() if spec.loss.target == "classes" else batch.target.tolist(),
            "loss": batch.loss,
        }
    )
