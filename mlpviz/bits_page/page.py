"""The page Fewer bits: the network of the sheet in a format with fewer bits, each number beside its float64."""

from __future__ import annotations

from typing import Any

from mlpviz.app.page import HandOver
from mlpviz.bits_page.bits_table import bits_table
from mlpviz.bits_page.cell_tables import block_table, losses_table
from mlpviz.bits_page.compared import BLOCKS, GRADIENTS, Compared
from mlpviz.bits_page.pictures import error_map, error_picture, gradient_picture
from mlpviz.bits_page.settings import FIRST, network_of, settings_of
from mlpviz.bits_page.updates import updates_picture
from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.page import ExplorationPage
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import ExplorationView, FactsPart, Load, Try, Values
from mlpviz.low_precision.low_precision_pass import ARITHMETICS, refused
from mlpviz.low_precision.optimizer_steps import LOW_PRECISION_OPTIMIZERS
from mlpviz.network import Document
from mlpviz.text.sentences import exact_number, sentence

SHEET = "sheet"


def _make(values: Values, subject: Subject) -> ExplorationView:
    given = subject.document
    problem = "" if given is None or values["network"] else refused(given)
    document = network_of(values, given)
    arithmetic = ARITHMETICS[values["format"]]
    compared = Compared(
        document=document,
        arithmetic=arithmetic,
        adds_in_format=values["sums"] == "format",
        scale=2.0 ** values["scale"],
        rate=values["rate"],
        optimizer=LOW_PRECISION_OPTIMIZERS[values["optimizer"]],
        keeps_float32=values["kept"] == "float32",
        seed=values["seed"] if values["random"] else None,
    )
    index, block = int(values["layer"]) - 1, values["block"]
    row, column = values.get("row", 1) - 1, values.get("column", 1) - 1
    low, exact = compared.blocks[index, block]
    name = f"{BLOCKS[block]} of layer {index + 1}"
    number_format = compared.kept if block == "new_weight" else arithmetic.number_format
    # of a gradient the bits are those that the pass had, with the scale of the loss in them
    times = compared.scale if block in GRADIENTS else 1.0
    weights, grads = compared.start_of(index), compared.found.layers[index].grad_weight / compared.scale
    at = (min(row, weights.shape[0] - 1), min(column, weights.shape[1] - 1))
    return ExplorationView(
        parts=(
            block_table("low", f"{name} in {arithmetic.label}", low, exact, (row, column), 0),
            block_table("exact", f"{name} in float64", exact, low, (row, column), 1),
            bits_table(
                number_format,
                times * float(low[row, column]),
                times * float(exact[row, column]),
                f"row {row + 1}, column {column + 1}",
            ),
            losses_table(compared),
            error_map(compared, (index, block), (row, column)),
            error_picture(compared),
            gradient_picture(compared),
            updates_picture(
                compared,
                f"W {at[0] + 1}, {at[1] + 1} of layer {index + 1}",
                float(weights[at]),
                float(grads[at]),
                values["seed"],
            ),
            FactsPart(
                title=arithmetic.label,
                facts=[
                    *([("network", f"{problem} Shown is an example.")] if problem else []),
                    (
                        "error",
                        sentence(
                            "A number is off by at most {unit} of its size after one rounding.",
                            unit=exact_number(2.0 ** -(arithmetic.number_format.mantissa_bits + 1)),
                        ),
                    ),
                    *(("note", note) for note in arithmetic.notes),
                ],
            ),
        ),
        look_for=(
            "How the errors grow along the pass: one rounding is small, sums of many and differences of near "
            "numbers are not.",
            "Which gradients become 0, how far the scale of the loss brings them back, and which weights then "
            "still do not move.",
        ),
        tries=(
            Try(
                "float16 and its small gradients: scale the loss",
                {"network": "vanishing", "format": "float16", "scale": 12, "layer": "1", "block": "grad_weight"},
            ),
            Try(
                "float8: three bits of mantissa",
                {"network": FIRST, "format": "e4m3", "layer": "1", "block": "a", "scale": 0},
            ),
            Try(
                "Lost updates: bfloat16 with a small rate",
                {
                    "network": FIRST,
                    "format": "bfloat16",
                    "kept": "format",
                    "rate": 1e-2,
                    "layer": "1",
                    "block": "new_weight",
                },
            ),
        ),
        loads=(
            Load(
                "rounded",
                "These weights on the sheet",
                lambda: HandOver(
                    SHEET, rounded(document, compared), f"These are the weights in {arithmetic.label}.", "fewer bits"
                ),
            ),
            Load("sheet", "Back to the sheet", None, SHEET),
        ),
    )


def rounded(document: Document, compared: Compared) -> Document:
    """The document with the weights and biases of the pass in fewer bits."""
    parsed: dict[str, Any] = document.to_json_value()
    for layer, low in zip(parsed["layers"], compared.found.layers, strict=True):
        layer["weight"] = low.weight.tolist()
        if low.bias is not None:
            layer["bias"] = low.bias.tolist()
    return Document.parse(parsed)


BITS = ExplorationPage(
    Exploration(
        key="bits",
        path="fewer_bits",
        title="Fewer bits",
        purpose="the same pass in float16, bfloat16, float8 and int8, and what rounding does to it",
        settings=settings_of,
        make=_make,
        reads="sheet",
    )
)
