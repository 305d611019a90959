"""Passes that share what a moved number leaves alone, against passes in which the number is moved from the start."""

import numpy as np
import pytest

from mlpviz.engine.moved_passes import Move, MovedPasses
from mlpviz.engine.norm_dropout_skip import pass_mode
from mlpviz.engine.pass_inputs import pin_masks
from mlpviz.engine.run_trace import rerun
from mlpviz.engine.tensor_names import Tensor
from mlpviz.examples.networks import PRESETS
from tests.support.random_networks import chain, example
from tests.support.seeded_networks import network


def passes_of(trace):
    mode = pass_mode(trace.spec, trace.samples, trace.training, trace.masks, trace.buffers)
    masks = pin_masks(trace.spec, trace.samples, trace.pins)
    return MovedPasses(trace.spec, trace.params, trace.x, masks, mode)


@pytest.mark.parametrize("seed", range(40))
def test_parameters_and_inputs_move_as_in_passes_of_their_own(seed):
    trace = network(seed).run()
    moves, expected = [Move("x", -1, np.arange(trace.x.size), np.full(trace.x.size, 0.125))], []
    for entry in range(trace.x.size):
        x = trace.x.copy()
        x.flat[entry] += 0.125
        expected.append(rerun(trace, x=x).output)
    for layer, slot in enumerate(trace.spec.slots):
        for name in slot.names:
            place = getattr(slot, name)
            count = place.stop - place.start
            moves.append(Move(name, layer, np.arange(count), np.full(count, 0.125)))
            for entry in range(place.start, place.stop):
                params = trace.params.copy()
                params[entry] += 0.125
                expected.append(rerun(trace, params=params).output)
    with np.errstate(all="ignore"):
        y, layers = passes_of(trace).run(moves)
    np.testing.assert_allclose(y, expected, rtol=1e-9, atol=1e-9)
    assert len(layers[-1].activation_input) == len(y)


@pytest.mark.parametrize("name", ["z", "a"])
def test_a_move_changes_one_tensor_and_what_comes_after(name):
    trace = example(chain((2, 3, 2), "tanh"), samples=2, seed=0).run()
    y, layers = passes_of(trace).run([Move(name, 0, np.array([4]), np.array([0.1]))])
    offset = np.zeros((2, 3))
    offset[1, 1] = 0.1
    z = trace.layers[0].z + (offset if name == "z" else 0.0)
    a = np.tanh(z) + (offset if name == "a" else 0.0)
    np.testing.assert_allclose(layers[0].activation_input[0], z)
    np.testing.assert_allclose(layers[1].activation_input[0], a @ trace.layers[1].weight.T + trace.layers[1].bias)
    assert (y[0] != trace.output)[1].all()
    assert (y[0] == trace.output)[0].all()


def test_the_passes_of_later_layers_join_there():
    trace = example(chain((2, 3, 4, 1), "tanh"), samples=2, seed=0).run()
    moves = [
        Move("weight", 1, np.array([3, 5]), np.array([0.5, -0.5])),
        Move("bias", 2, np.array([0]), np.array([1.0])),
    ]
    y, layers = passes_of(trace).run(moves)
    assert [len(layer.activation_input) for layer in layers] == [0, 2, 3]
    assert len(y) == 3


@pytest.mark.parametrize("preset", ["tied_autoencoder", "shared_weight"])
def test_a_shared_number_moves_in_all_of_its_places(preset):
    trace = PRESETS[preset].document.trace()
    sharing, passes = trace.spec.sharing, passes_of(trace)
    expected = [
        rerun(trace, params=trace.params + 0.25 * (sharing.first == head)).output for head in sharing.heads.tolist()
    ]
    count = len(sharing.heads)
    joins = passes.joins(Tensor("grad_shared"))
    y, _ = passes.run([Move("shared", joins, np.arange(count), np.full(count, 0.25))])
    np.testing.assert_allclose(y, expected, rtol=1e-12)
    assert joins == 0
    assert passes.joins(Tensor("grad_x")) == -1
    assert passes.joins(Tensor("grad_weight", 1)) == 1
