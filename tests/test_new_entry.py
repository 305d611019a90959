"""A new activation or loss is one record: everything else finds it in its registry, and nothing else has to know it."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest

from mlpviz import cli
from mlpviz.engine import ACTIVATIONS, LOSSES, run_pass
from mlpviz.engine.activations.activation import Z, elementwise
from mlpviz.engine.classify import class_decision
from mlpviz.engine.expressions import Number
from mlpviz.engine.initializers import calculate_gain
from mlpviz.engine.losses import Loss
from mlpviz.engine.losses.symbols import A, T
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.gradient_card import explanation_of
from mlpviz.explain.loss_breakdown import loss_card
from mlpviz.network import Document
from mlpviz.network.edits import apply
from mlpviz.sheet_page.state import scene_of
from mlpviz.verify.report import check

BUMP = elementwise(
    "bump",
    label="bump",
    formula=Z / (1 + Z**2),
    derivative=(1 - Z**2) / (1 + Z**2) ** 2,
    sentence="The bump is z near 0 and fades far out.",
    value=lambda z: z / (1.0 + z * z),
    slope=lambda z, a: (1.0 - z * z) / (1.0 + z * z) ** 2,
    threshold=0.0,
    gain=1.5,
)

QUARTIC = Loss(
    key="quartic",
    label="quartic",
    term=(A - T) ** 4,
    slope=Number(4) * (A - T) ** 3,
    sentence="The fourth power of the distance to the target.",
    torch="((y - t) ** 4).sum()",
    torch_call="(y - t) ** 4",
    terms=lambda y, t: (y - t) ** 4,
    grad=lambda y, t: 4.0 * (y - t) ** 3,
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ACTIVATIONS._entries, BUMP.key, BUMP)
    monkeypatch.setitem(LOSSES._entries, QUARTIC.key, QUARTIC)


def _document() -> Document:
    """Mazur's network with both: the edits of the menus put them there."""
    document = PRESETS["mazur"].document
    for event in (
        {"type": "set_activation", "layer": 1, "key": BUMP.key},
        {"type": "set_activation", "layer": 2, "key": BUMP.key},
        {"type": "set_loss", "key": QUARTIC.key},
    ):
        document = apply(document, event).document
    return document


def test_it_is_offered_in_the_menus_and_shown_on_the_sheet() -> None:
    document = _document()
    structure, scene = scene_of(document)
    assert [BUMP.key, BUMP.label] in structure.data["activations"]
    assert [QUARTIC.key, QUARTIC.label] in structure.data["losses"]
    assert BUMP.formula.latex() in structure.rules["a.1"].formula
    assert structure.rules["a.1"].sentence == BUMP.sentence
    assert scene["loss"] == QUARTIC.key
    trace = document.trace()
    np.testing.assert_allclose(trace.layers[0].a, BUMP.value(trace.layers[0].z))
    assert Document.parse(document.to_json()) == document


def test_it_is_explained() -> None:
    document = _document()
    found = explanation_of(document, "grad_weight 1 1 1")
    assert found is not None
    assert found["verdict"]
    assert len(found["paths"]) == 2
    card = loss_card(document, "loss 2", 1)
    assert card is not None
    assert card["factors"], "it says at least that nothing is divided"


def test_it_is_verified_against_pytorch_and_central_differences() -> None:
    pytest.importorskip("torch")
    report = check(_document().trace())
    assert report.ok
    assert report.torch is not None


def test_a_wrong_slope_of_it_is_found() -> None:
    trace = _document().trace()
    wrong = dataclasses.replace(BUMP, vjp=lambda z, a, grad_a: grad_a)
    layers = tuple(dataclasses.replace(layer, activation=wrong) for layer in trace.spec.layers)
    spec = dataclasses.replace(trace.spec, layers=layers)
    assert not check(run_pass(spec, trace.params, trace.x, trace.target), with_torch=False).ok


def test_it_decides_between_classes_and_begins_with_its_gain() -> None:
    spec = _document().spec
    decision = class_decision(spec)
    assert decision is not None
    assert decision.classes == spec.outputs
    assert calculate_gain(BUMP.key) == BUMP.gain


def test_it_is_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    for kind, entry in (("activations", BUMP), ("losses", QUARTIC)):
        assert cli.main(["list", kind, "--json"]) == 0
        listed = {found["key"]: found for found in json.loads(capsys.readouterr().out)}
        assert listed[entry.key]["sentence"] == entry.sentence
