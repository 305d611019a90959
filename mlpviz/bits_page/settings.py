"""The settings of the page Fewer bits: the network, the numbers, the backward pass, the update, and the cell."""

from __future__ import annotations

from collections.abc import Iterator

from mlpviz.bits_page.compared import BLOCKS
from mlpviz.examples.networks import PRESETS
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting, SwitchSetting
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import Values
from mlpviz.low_precision.low_precision_pass import ARITHMETICS, refused
from mlpviz.low_precision.optimizer_steps import LOW_PRECISION_OPTIMIZERS
from mlpviz.network import Document

EXAMPLES = {key: preset for key, preset in PRESETS.items() if not refused(preset.document)}
FIRST = "mazur"
"""the example where the network of the sheet cannot be computed in fewer bits"""


def network_of(values: Values, document: Document | None) -> Document:
    """The chosen network: that of the sheet, or an example."""
    key = values["network"]
    if key:
        return EXAMPLES[key].document
    return EXAMPLES[FIRST].document if document is None or refused(document) else document


def settings_of(values: Values, subject: Subject) -> Iterator[ExplorationSetting]:
    """The settings for the network of the sheet, if there is one."""
    examples = tuple((key, preset.label) for key, preset in EXAMPLES.items())
    yield ChoiceSetting(
        key="network", label="network", options=(("", "of the sheet"), *examples), default="", group="Numbers"
    )
    document = network_of(values, subject.document)
    yield ChoiceSetting(
        key="format",
        label="format",
        options=tuple((key, each.label) for key, each in ARITHMETICS.items()),
        default="bfloat16",
        group="Numbers",
    )
    yield ChoiceSetting(
        key="sums",
        label="sums are made",
        options=(("float32", "in float32"), ("format", "in the format")),
        group="Numbers",
        help="Where products are added up: in float32 and rounded once at the end, or rounded after each of them.",
    )
    yield SliderSetting(
        key="scale",
        label="loss scale 2^",
        low=0,
        high=24,
        step=1,
        is_whole=True,
        default=0,
        group="Backward",
        plays=True,
        help="The loss is multiplied by this power of 2 before the backward pass, and the gradients are divided by it "
        "after it: small gradients no longer become 0.",
    )
    yield SliderSetting(
        key="rate",
        label="η",
        low=1e-8,
        high=10,
        step=0.1,
        is_log=True,
        default=min(10.0, max(1e-8, document.rate or 0.01)),
        group="Update",
    )
    yield ChoiceSetting(
        key="optimizer",
        label="optimizer",
        options=tuple((key, each.label) for key, each in LOW_PRECISION_OPTIMIZERS.items()),
        group="Update",
        help="What it remembers of earlier steps is kept in the same format as the weights.",
    )
    yield ChoiceSetting(
        key="kept",
        label="weights are kept",
        options=(("format", "in the format"), ("float32", "in float32")),
        group="Update",
        help="Mixed precision keeps the weights in float32 and rounds a copy of them for the pass.",
    )
    yield SwitchSetting(
        key="random",
        label="round updates at random",
        group="Update",
        help="Stochastic rounding: up or down by chance, the nearer the more often, so that small steps count on "
        "average.",
    )
    yield SliderSetting(key="seed", label="seed", low=0, high=99, step=1, is_whole=True, default=0, group="Update")
    count = len(document.layers)
    yield ChoiceSetting(
        key="layer", label="layer", options=tuple((str(n), str(n)) for n in range(1, count + 1)), group="Cell"
    )
    layer = document.layers[int(values["layer"]) - 1]
    blocks = tuple((key, symbol) for key, symbol in BLOCKS.items() if "bias" not in key or layer.bias is not None)
    yield ChoiceSetting(key="block", label="block", options=blocks, default="a", group="Cell")
    rows, columns = _shape(document, int(values["layer"]) - 1, values["block"])
    for key, label, size in (("row", "row", rows), ("column", "column", columns)):
        if size > 1:
            yield SliderSetting(key=key, label=label, low=1, high=size, step=1, is_whole=True, default=1, group="Cell")


def _shape(document: Document, index: int, block: str) -> tuple[int, int]:
    layer = document.spec.layers[index]
    if block in ("weight", "grad_weight", "new_weight"):
        return layer.outputs, layer.inputs
    return (1 if "bias" in block else document.samples), layer.outputs
