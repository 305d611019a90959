"""What an edit changed, against networks computed anew; where the change ended; what the gradient predicted."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.engine import Pin, rerun, run_pass
from mlpviz.examples.networks import PRESETS
from mlpviz.explain.last_edit.card import last_edit_of
from mlpviz.explain.last_edit.prediction import predict, reason
from mlpviz.explain.last_edit.propagation import propagation
from mlpviz.network import Document, DocumentError, edits
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.structure import structure_of
from tests.support.random_documents import documents, small
from tests.support.random_networks import SMOOTH, chain, examples
from tests.support.sentence_texts import as_read
from tests.support.traces import trace_of

SEVEN = PRESETS["seven_layers"].document
LOSSES = ("mse", "half_sse", "huber", "bce_with_logits", "cross_entropy", "sum")


def edited(document: Document, **event: object) -> Document:
    return edits.apply(document, event).document


def card(event: dict[str, object], document: Document = SEVEN) -> dict:
    return as_read(last_edit_of(document, edited(document, **event)))


def weight(layer: int, row: int, column: int, value: float) -> dict[str, object]:
    return {"type": "set", "tensor": "weight", "layer": layer, "row": row, "column": column, "value": value}


@st.composite
def edited_documents(draw: st.DrawFn) -> tuple[Document, Document]:
    """A document and what one edit of its numbers made of it."""
    document = draw(documents(small, LOSSES))
    layer = draw(st.integers(1, len(document.layers)))
    row = draw(st.integers(1, document.widths[layer]))
    kind = draw(st.sampled_from(["weight", "x", "pin", "update", "activation"]))
    if kind == "weight":
        column = draw(st.integers(1, document.widths[layer - 1]))
        return document, edited(document, **weight(layer, row, column, draw(small)))
    if kind == "x":
        sample = draw(st.integers(1, document.samples))
        column = draw(st.integers(1, document.widths[0]))
        event = {"type": "set", "tensor": "x", "layer": None, "row": sample, "column": column, "value": draw(small)}
        return document, edited(document, **event)
    if kind == "pin":
        sample = draw(st.integers(1, document.samples))
        return document, edited(document, type="pin", layer=layer, sample=sample, unit=row, value=0.5)
    if kind == "activation" and layer < len(document.layers):
        return document, edited(
            document, type="set_activation", layer=layer, key=draw(st.sampled_from(["tanh", "relu"]))
        )
    try:
        return document, edited(document, type="update")
    except DocumentError:
        return document, document


def anew(document: Document) -> dict[tuple[str, int, int], float]:
    """Every number on the sheet of the document, read again from its JSON, one at a time."""
    fresh = Document.parse(document.to_json())
    values = values_on_screen(fresh)
    blocks = structure_of(fresh.spec, shape_of(fresh)).blocks
    return {
        (key, r, c): float(values[key][r, c])
        for key, block in blocks.items()
        for r, c in np.ndindex(block.rows, block.columns)
    }


@settings(max_examples=60)
@given(edited_documents())
def test_the_changed_numbers_are_those_that_differ_when_all_is_computed_anew(pair: tuple[Document, Document]) -> None:
    before, after = pair
    old, new = anew(before), anew(after)
    assert old.keys() == new.keys()
    expected = {
        place
        for place in new
        if not (math.isnan(old[place]) and math.isnan(new[place]))
        and not math.isclose(old[place], new[place], rel_tol=1e-12, abs_tol=0.0)
    }
    found = last_edit_of(before, after)
    blocks = structure_of(after.spec, shape_of(after)).blocks
    told = {(key, *divmod(at, blocks[key].columns)) for key, (places, _) in found["cells"].items() for at in places}
    assert told == expected
    assert (found["count"], found["total"]) == (len(expected), len(new))


@settings(max_examples=40)
@given(edited_documents())
def test_the_sentence_for_the_ear_counts_what_differs_when_all_is_computed_anew(
    pair: tuple[Document, Document],
) -> None:
    before, after = pair
    told = str(last_edit_of(before, after)["told"])
    found = last_edit_of(before, after)["cells"]
    gradients = sum(len(places) for key, (places, _) in found.items() if key.startswith("grad_"))
    losses = [float(document.trace().loss) for document in pair]
    assert ("gradient" in told) == (gradients > 0)
    if gradients:
        assert f" {gradients:,} gradient{'' if gradients == 1 else 's'} changed." in told
    ways = {"fell from": losses[1] < losses[0], "rose from": losses[1] > losses[0], "still": losses[1] == losses[0]}
    assert [way for way, holds in ways.items() if holds] == [way for way in ways if way in told]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (weight(7, 1, 1, 2), "The loss rose from 4 to 41; 4 numbers of the forward pass and 111 gradients changed."),
        (weight(7, 1, 1, 1), "The loss is still 4; nothing that is computed changed."),
        ({"type": "set_learning_rate", "value": 2}, "The loss is still 4; 40 numbers of the update changed."),
        ({"type": "set_loss", "key": "huber"}, "The loss is another function now, 1.5; 91 gradients changed."),
    ],
)
def test_what_a_screen_reader_hears_of_an_edit(event: dict[str, object], told: str) -> None:
    assert str(last_edit_of(SEVEN, edited(SEVEN, **event))["told"]) == told


def differ(one, other):
    """Where two arrays differ; NaN is NaN, which a norm without ε gives where the variance is 0."""
    return (one != other) & ~(np.isnan(one) & np.isnan(other))


@settings(max_examples=60)
@given(edited_documents())
def test_a_change_reaches_the_output_or_stops_somewhere(pair: tuple[Document, Document]) -> None:
    before, after = (document.trace() for document in pair)
    for reach in propagation(before, after):
        at = reach.sample
        moved = [
            np.flatnonzero(differ(one.a[at], other.a[at]))
            for one, other in zip(before.layers, after.layers, strict=True)
        ]
        if reach.output:
            assert moved[-1].size
        elif any(differ(one.z[at], other.z[at]).any() for one, other in zip(before.layers, after.layers, strict=True)):
            arrived = np.allclose(before.output[at], after.output[at], rtol=1e-11, atol=0, equal_nan=True)
            assert reach.stops
            assert arrived
        for stop in reach.stops:
            if stop.cause in ("gate", "pin", "flat"):
                assert stop.before != stop.after
                assert stop.unit not in moved[stop.layer - 1] or np.isclose(
                    before.layers[stop.layer - 1].a[at, stop.unit],
                    after.layers[stop.layer - 1].a[at, stop.unit],
                    rtol=1e-11,
                    atol=0,
                    equal_nan=True,
                )
            if stop.cause == "zero weight":
                assert not after.layers[stop.layer].weight[:, stop.unit].any()


@pytest.mark.parametrize(
    ("cause", "before", "after"),
    [
        ("gate", trace_of([[[-1]], [[1]]], [[2]], [[1]]), trace_of([[[-2]], [[1]]], [[2]], [[1]])),
        ("zero weight", trace_of([[[1]], [[0]]], [[2]], [[1]]), trace_of([[[2]], [[0]]], [[2]], [[1]])),
        ("zero input", trace_of([[[1, 1]], [[1]]], [[0, 2]], [[1]]), trace_of([[[5, 1]], [[1]]], [[0, 2]], [[1]])),
        (
            "cancel",
            trace_of([[[1], [1]], [[1, -1]]], [[2]], [[1]]),
            trace_of([[[1], [1]], [[1, -1]]], [[3]], [[1]]),
        ),
        (
            "pin",
            trace_of([[[1]], [[1]]], [[2]], [[1]], pins=(Pin(0, 0, 0, 3.0),)),
            trace_of([[[2]], [[1]]], [[2]], [[1]], pins=(Pin(0, 0, 0, 3.0),)),
        ),
        (
            "flat",
            trace_of([[[1], [1]]], [[2]], [[1, 1]], ("softmax",)),
            trace_of([[[1], [1]]], [[3]], [[1, 1]], ("softmax",)),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_end_has_its_cause(cause: str, before, after) -> None:
    (reach,) = propagation(before, after)
    assert not reach.output
    assert {stop.cause for stop in reach.stops} == {cause}


def test_the_card_of_the_by_hand_example() -> None:
    found = card(weight(3, 2, 2, -2))
    assert found["title"] == "W 2,2 of layer 3: −1 → −2"
    assert found["loss"][:3] == ["4", "10", "+6"]
    assert found["reach"][1] == "Sample 2: it stops at layer 3, unit 2: z −5 → −12, the slope stays 0."
    assert found["forecast"] == {
        "promised": "+4",
        "true": "+6",
        "cause": "curvature",
        "reason": "They differ because the loss is curved along this change: ½ · Δ·H·Δ = 2 is what is missing.",
    }
    places, texts = found["cells"]["z.3"]
    assert dict(zip(places, texts, strict=True)) == {2: "5 → 4 (Δ −1)", 3: "−5 → −12 (Δ −7)"}


@pytest.mark.parametrize(
    ("event", "title", "changed"),
    [
        ({"type": "add_layer", "after": 7}, "widths: 3-5-2-3-2-2-2-1 → 3-5-2-3-2-2-2-1-1", 0),
        ({"type": "widen", "layer": 5}, "widths: 3-5-2-3-2-2-2-1 → 3-5-2-3-2-3-2-1", 0),
        ({"type": "duplicate_sample", "sample": 1}, "samples: 2 → 3", None),
        ({"type": "remove_sample", "sample": 1}, "samples: 2 → 1", None),
        ({"type": "set_bias", "layer": None, "on": True}, "layers 1–7: without bias → with", 0),
    ],
)
def test_an_edit_of_the_structure_compares_what_both_have(
    event: dict[str, object], title: str, changed: int | None
) -> None:
    found = card(event)
    assert found["title"] == title
    assert found["forecast"] is None
    assert found["reach"] == []
    assert changed is None or found["count"] == changed
    kept = edited(SEVEN, **event)
    if "sample" in event:
        # the samples that stayed are found in their new places: their forward pass is as it was
        assert not {key for key in found["cells"] if key.split(".")[0] in ("x", "z", "a", "target")}
    if kept.samples > 2 or kept.spec.size > SEVEN.spec.size:
        assert "only what both networks have is compared" in found["note"]
    if event["type"] == "remove_sample":
        assert found["note"] == "What was removed is not compared."


def test_a_target_moves_no_forward_number_and_a_rate_no_loss() -> None:
    event = {"type": "set", "tensor": "target", "layer": None, "row": 1, "column": 1, "value": 3.5}
    found = card(event)
    assert found["unreached"] == "No number of the forward pass changed."
    assert found["forecast"]["promised"] == "+11"
    found = card({"type": "set_learning_rate", "value": 0.5})
    assert {key.split(".")[0] for key in found["cells"]} == {"new_weight"}
    assert found["forecast"]["cause"] == "none"


@settings(max_examples=60)
@given(examples(max_layers=4, max_width=4, max_samples=3, activations=SMOOTH), st.integers(0, 2**32 - 1))
def test_the_promise_is_the_slope_of_the_loss_along_the_change(one, seed: int) -> None:
    before = one.run()
    rng = np.random.default_rng(seed)
    h = 1e-5
    change = {"params": rng.normal(size=before.params.shape), "x": rng.normal(size=before.x.shape)}

    def moved(share: float):
        held = tuple(Pin(p.layer, p.sample, p.unit, p.value + 0.3 * share) for p in before.pins)
        places = {name: getattr(before, name) + share * delta for name, delta in change.items()}
        return rerun(before, **places, pins=held)

    found = predict(before, moved(h))
    assert found is not None
    central = (float(moved(h).loss) - float(moved(-h).loss)) / 2
    scale = abs(float(before.loss)) + float(np.abs(before.grad).sum() + np.abs(before.grad_x).sum()) + 1
    assert found.predicted == pytest.approx(central, rel=1e-4, abs=1e-8 * scale)


@pytest.mark.parametrize("loss", ["mse", "cross_entropy", "bce_with_logits", "huber"])
def test_the_promise_of_a_target_is_a_central_difference(loss: str) -> None:
    rng = np.random.default_rng(3)
    spec = chain((2, 3, 2), ("tanh", "identity"), loss)
    start = rng.dirichlet(np.ones(2), 3)
    before = run_pass(spec, rng.normal(size=spec.size), rng.normal(size=(3, 2)), start)
    delta = 1e-4 * (rng.dirichlet(np.ones(2), 3) - start)
    found = predict(before, rerun(before, target=start + delta))
    assert found is not None
    central = (float(rerun(before, target=start + delta).loss) - float(rerun(before, target=start - delta).loss)) / 2
    assert found.predicted == pytest.approx(central, rel=1e-5, abs=1e-12)


@settings(max_examples=40)
@given(examples(max_layers=3, max_width=3, max_samples=3, activations=SMOOTH))
def test_half_of_dhd_is_the_second_order_term(one) -> None:
    before = one.run()
    rng = np.random.default_rng(1)
    h, delta = 1e-2, rng.normal(size=before.params.shape)
    found = predict(before, rerun(before, params=before.params + h * delta))
    assert found is not None
    losses = [float(rerun(before, params=before.params + share * h * delta).loss) for share in (-0.5, 0.0, 0.5)]
    second = 2 * (losses[0] - 2 * losses[1] + losses[2])
    assert found.second == pytest.approx(second, rel=0.05, abs=1e-6 * (1 + abs(losses[1])))


def test_each_reason_has_its_sentence() -> None:
    straight = trace_of([[[1]], [[1]]], [[2]], [[0]], "identity")
    far = trace_of([[[1]], [[1]]], [[2]], [[0]], "tanh")
    cases = {
        "none": (straight, straight),
        "agrees": (
            rerun(straight, spec=chain((1, 1, 1), "identity", "sum", bias=False), target=None),
            rerun(straight, spec=chain((1, 1, 1), "identity", "sum", bias=False), target=None, x=np.array([[3.0]])),
        ),
        "curvature": (straight, rerun(straight, x=np.array([[3.0]]))),
        "gates": (
            trace_of([[[1]], [[1]]], [[2]], [[1]]),
            trace_of([[[-1]], [[1]]], [[2]], [[1]]),
        ),
        "far": (far, rerun(far, params=np.array([-9.0, 4.0]))),
    }
    for cause, (before, after) in cases.items():
        found = predict(before, after)
        assert found is not None
        assert found.cause == cause, (cause, found)
        assert str(reason(found)).endswith(".")
    gates = predict(*cases["gates"])
    assert gates is not None
    assert "unit 1 of layer 1 (sample 1) closed, z 2 → −2" in str(reason(gates))


def normed(norm: str, activation: str = "relu", gamma: float = 1.0, weight: float = 1.0) -> Document:
    layers = [{"weight": [[weight], [2.0]], "bias": None, "activation": activation}]
    layers += [{"weight": [[1.0, 1.0]], "bias": None, "activation": "identity"}]
    fields = {"version": 1, "name": "", "layers": layers, "x": [[1.0], [2.0], [4.0]], "target": [[1.0], [0.0], [0.0]]}
    document = edits.set_norm(
        Document.parse({**fields, "loss": "mse", "learning_rate": 0.1}), 1, {"key": norm, "eps": 0.0}
    ).document
    event = {"type": "set", "tensor": "gamma", "layer": 1, "row": 1, "column": 1, "value": gamma}
    return edited(document, **event)


@pytest.mark.parametrize(
    ("before", "after", "cause", "said"),
    [
        # batch norm makes the same of a unit and of twice as much
        (
            normed("batch_norm"),
            normed("batch_norm", weight=2.0),
            "norm",
            "layer 1, unit 1: z 1 → 2, but the norm takes the change away",
        ),
        (
            normed("layer_norm", gamma=0.0),
            normed("layer_norm", gamma=0.0, weight=1.5),
            "scale",
            "layer 1, unit 1: z 1 → 1.5, but γ is 0",
        ),
        # of what is closed n moves, and not in the proportion of z
        (
            normed("rms_norm", gamma=-1.0),
            normed("rms_norm", gamma=-1.0, weight=2.0),
            "gate",
            "layer 1, unit 1: n −0.632 → −1, the slope stays 0",
        ),
    ],
)
def test_a_change_that_ends_behind_a_norm(before: Document, after: Document, cause: str, said: str) -> None:
    reach = propagation(before.trace(), after.trace())[0]
    assert cause in {stop.cause for stop in reach.stops}
    event = weight(1, 1, 1, float(after.layers[0].weight[0][0]))
    assert said in as_read(last_edit_of(before, edited(before, **event)))["reach"][0]


def test_a_unit_behind_a_norm_closes_by_its_n() -> None:
    before = normed("rms_norm", weight=0.5)
    found = predict(before.trace(), edited(before, **weight(1, 1, 1, -0.5)).trace())
    assert found is not None
    assert {crossing.read for crossing in found.crossings} == {"n"}
    (first, *_) = found.crossings
    assert (first.before, first.after) == pytest.approx((0.343, -0.343), abs=1e-3)
