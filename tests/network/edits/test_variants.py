"""What a network can be compared with, and in what two networks differ."""

import numpy as np
import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.explain.comparison import deltas_of, differences_of
from mlpviz.network import DocumentError
from mlpviz.network.edits import apply_update, pin, set_activation, set_learning_rate, set_loss, set_number, widen
from mlpviz.network.edits.variants import VARIANTS, VariantInputs, variant_of
from mlpviz.sheet.values import values_of
from mlpviz.sheet_page.state import second_scene

SEVEN = PRESETS["seven_layers"].document


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("key", list(VARIANTS))
def test_every_variant_is_a_whole_network_or_says_why_not(key, preset):
    document = PRESETS[preset].document
    edited = set_learning_rate(document, 0.123).document
    origin = VariantInputs(edited, document, document)
    if VARIANTS[key].make(origin) is None:
        with pytest.raises(DocumentError, match=f"nothing to compare with, because {VARIANTS[key].missing}"):
            variant_of(key, origin)
        return
    variant, other = variant_of(key, origin)
    assert np.isfinite(other.trace().loss)
    _, scene = second_scene(edited, other, partials=False)
    assert bool(scene["differences"]) == (key != "copy")
    assert variant.together == (key in ("relu", "bias", "loss", "optimizer"))


def test_the_variants_of_the_seven_layers():
    origin = VariantInputs(SEVEN, None, SEVEN)
    assert [layer.activation.key for layer in variant_of("relu", origin)[1].layers] == ["leaky_relu"] * 6 + ["identity"]
    assert all(layer.bias == (0.0,) * len(layer.weight) for layer in variant_of("bias", origin)[1].layers)
    assert variant_of("loss", origin)[1].loss.key == "bce_with_logits"
    with pytest.raises(DocumentError, match="nothing was edited"):
        variant_of("before", origin)


@pytest.mark.parametrize("key", ["", "no", None, 3, ["relu"]])
def test_an_unknown_variant_is_refused(key):
    with pytest.raises(DocumentError, match="expected one of before, opened"):
        variant_of(key, VariantInputs(SEVEN, None, SEVEN))


@pytest.mark.parametrize(
    ("other", "lines"),
    [
        (SEVEN, ()),
        (set_activation(SEVEN, 3, "tanh").document, ("layer 3: ReLU | tanh",)),
        (variant_of("relu", VariantInputs(SEVEN, None, SEVEN))[1], ("layers 1–6: ReLU | leaky ReLU",)),
        (variant_of("bias", VariantInputs(SEVEN, None, SEVEN))[1], ("layers 1–7: without bias | with",)),
        (set_loss(SEVEN, "half_sse").document, ("loss: MSE | ½ SSE",)),
        (set_number(SEVEN, "weight", 1, 1, 1, 3.0).document, ("1 weight",)),
        (pin(SEVEN, 3, 1, 1, 0.0).document, ("pins: 0 | 1",)),
        (set_learning_rate(SEVEN, 0.5).document, ("learning rate: 5e−5 | 0.5",)),
    ],
)
def test_what_differs_in_one_line_each(other, lines):
    assert differences_of(SEVEN, other) == lines


def test_other_widths_are_named_and_their_blocks_not_compared():
    other = widen(SEVEN, 3).document
    assert differences_of(SEVEN, other)[0] == "widths: 3-5-2-3-2-2-2-1 | 3-5-2-4-2-2-2-1"
    _, scene = second_scene(SEVEN, other, partials=False)
    assert not any(key.endswith(".3") and key.startswith(("z", "weight")) for key in scene["deltas"])


def test_deltas_are_other_minus_own_and_leave_rounding_out():
    other = apply_update(SEVEN).document
    own, theirs = (values_of(document.trace(), 0.01) for document in (SEVEN, other))
    found = deltas_of(own, theirs, list(own))
    assert found["a.7"] == pytest.approx(theirs["a.7"] - own["a.7"])
    assert np.abs(found["weight.7"]).min() > 0
    again = {key: array * (1 + 1e-15) for key, array in own.items()}
    assert not any(delta.any() for delta in deltas_of(own, again, list(own)).values())
    broken = {"a.7": np.full((1, 2), np.nan)}
    assert np.isnan(deltas_of(own, broken, ["a.7", "gone.1"])["a.7"]).all()
