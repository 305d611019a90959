"""What the sheet of one architecture looks like, apart from its numbers: bands, blocks, rules, steps.

It is the same for every edit of a number, so it is built once and sent to the browser once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS, PENALTIES, NetworkSpec
from mlpviz.engine.dropout import draws_anything
from mlpviz.engine.optimizers import OPTIMIZERS, Optimizer
from mlpviz.network.document import PassModeName
from mlpviz.network.optimizer_state import RATE
from mlpviz.sheet.blocks import Block, Shape, blocks_of
from mlpviz.sheet.in_words import in_words
from mlpviz.sheet.quantities import PHASE_LABELS, PHASES, columns_of
from mlpviz.sheet.rules import Detail, Rule, mathml, rule_of
from mlpviz.sheet.steps import GRANULARITIES, Step, steps_of
from mlpviz.sheet_page.bands import bands_of, hyperparameters_of
from mlpviz.sheet_page.schedule_form import SCHEDULE_CHOICES

HEAT_UNITS, HEAT_SAMPLES = 12, 8
"""A block with more rows or more columns than this is drawn as a heat map, its numbers on hover."""


@dataclass(frozen=True, eq=False)
class Structure:
    """The blocks and rules of an architecture, and `data`: the same as the browser gets it, under the name `id`."""

    id: str
    blocks: dict[str, Block]
    rules: dict[str, Rule]
    data: dict[str, Any]
    products: bool
    """whether stepping by single products is offered"""


@lru_cache(maxsize=64)
def structure_of(spec: NetworkSpec, shape: Shape) -> Structure:
    """The structure of this architecture with this many samples."""
    blocks = blocks_of(spec, shape)
    rules = {key: rule_of(block, spec, shape) for key, block in blocks.items()}
    steps: dict[str, Any] = {}
    reason = ""
    index = {key: number for number, key in enumerate(blocks)}
    for granularity in GRANULARITIES:
        try:
            steps[granularity] = steps_data(steps_of(blocks, rules, granularity), index)
        except ValueError as error:
            reason = str(error)
    data = {
        "samples": shape.samples,
        "layers": len(spec.layers),
        "columns": columns_of(spec.layers),
        "phases": [[phase, PHASE_LABELS[phase]] for phase in PHASES],
        "bands": bands_of(spec, shape),
        "blocks": [block_data(block, rules[key], shape) for key, block in blocks.items()],
        "steps": steps,
        "noProducts": reason,
        "activations": [[entry.key, entry.label] for entry in ACTIVATIONS.values()],
        "norms": [[entry.key, entry.label] for entry in NORMS.values()],
        "mode": "training" if shape.training else "evaluation",
        "lossHyperparameters": hyperparameters_of(spec.loss),
        "targetForm": _target_form(spec, shape),
        "lossChosen": in_words(spec.loss),
        "modes": [[mode, mode] for mode in get_args(PassModeName)],
        "hasModes": draws_anything(spec) or spec.buffer_size > 0,
        "losses": [[entry.key, entry.label] for entry in LOSSES.values()],
        "optimizers": [[entry.key, entry.label] for entry in OPTIMIZERS.values()],
        "optimizer": _optimizer(shape.optimizer),
        "schedules": SCHEDULE_CHOICES,
        "penalties": [[entry.key, entry.label] for entry in PENALTIES.values()],
        "penalty": shape.penalty.key if shape.penalty else "",
        "penaltyHyperparameters": hyperparameters_of(shape.penalty),
    }
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
    return Structure(digest, blocks, rules, data | {"id": digest}, "product" in steps)


def _target_form(spec: NetworkSpec, shape: Shape) -> str | None:
    """How the targets of classes are written; None for other targets, and where there is one way only."""
    if spec.loss.target != "classes" or not spec.loss.takes_rows or spec.outputs < 2:
        return None
    return "numbers" if shape.target_is_classes else "rows"


def _optimizer(optimizer: Optimizer) -> dict[str, Any]:
    """Key and hyperparameters, but for the learning rate: that is the document's and has its own place on screen."""
    return {
        "key": optimizer.key,
        "sentence": optimizer.sentence,
        "hyperparameters": [each for each in hyperparameters_of(optimizer) if each["name"] != RATE],
    }


def _is_heat(block: Block) -> bool:
    return block.rows > HEAT_UNITS or block.columns > (HEAT_SAMPLES if block.column_noun == "sample" else HEAT_UNITS)


def steps_data(steps: Iterable[Step], index: Mapping[str, int]) -> list[list[int]]:
    """Steps as the browser gets them: the number of the block, row, column and term, and the blocks that come along."""
    return [[index[step.block], step.row, step.column, step.term, *(index[key] for key in step.also)] for step in steps]


def block_data(block: Block, rule: Rule, shape: Shape) -> dict[str, Any]:
    """A block as the browser gets it."""
    quantity = block.quantity
    place = "" if quantity.phase == "loss" else f" · layer {block.layer}" if block.layer else " · input"
    return {
        "key": block.key,
        "tensor": quantity.key,
        "layer": block.layer,
        "symbol": quantity.symbol,
        "column": quantity.column,
        "rows": block.rows,
        "columns": block.columns,
        "line": block.line,
        "rowNoun": block.row_noun,
        "columnNoun": block.column_noun,
        "phase": quantity.phase,
        "editable": quantity.editable,
        "title": f"{PHASE_LABELS[quantity.phase]}{place} · {quantity.symbol}",
        "caption": f"{quantity.symbol}{place}".removeprefix(" · "),
        "heat": _is_heat(block),
        "frozen": bool(block.layer) and quantity.key in shape.update_of(block.layer).frozen,
        "rule": {
            "formula": mathml(rule.formula) if rule.formula else "",
            "count": rule.count,
            "factors": rule.factors,
            "plus": rule.plus,
            "divisor": rule.divisor,
            "template": mathml(rule.template) if rule.template else "",
            "refs": rule.refs,
            "details": [_detail_data(detail) for detail in rule.details],
            "terms": rule.terms,
            "sentence": rule.sentence or quantity.sentence,
            "numpy": rule.numpy or quantity.numpy,
            "torch": rule.torch or quantity.torch,
        },
    }


def _detail_data(detail: Detail) -> dict[str, Any]:
    """A line "symbol = template = value" for each k < count, except where the activation at `pin` is pinned.

    There the value is 0 and the line is not true. `symbol` and `template` are MathML whose <mtext>ref0</mtext> is the
    first of `refs`. `value`, `pin` and the entries of `refs` and `sources` are [block, row, column] as in a rule;
    `sources` are blocks on screen, to be marked as what the cell is made of.
    """
    return {
        "symbol": mathml(detail.symbol),
        "template": mathml(detail.template),
        "refs": detail.refs,
        "value": detail.value,
        "pin": detail.pin,
        "sources": detail.sources,
        "count": detail.count,
    }
