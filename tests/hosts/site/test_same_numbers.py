"""The numbers of a site are those of the app: the same engine runs in WebAssembly.

What may differ is the machine's: how it adds up long sums, and the last bit of exponential functions.
"""

import itertools

import numpy as np
import pytest

from mlpviz.config import TrainingConfig
from mlpviz.data import DATASETS
from mlpviz.engine import ACTIVATIONS, OPTIMIZERS
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.network.recipe import Recipe
from mlpviz.runs import Run
from mlpviz.sheet.values import values_on_screen
from tests.support.site_note import newest
from tests.support.site_python import run_in_site

TOLERANCE = 1e-13
"""of the largest number of a block, or the largest weight after a training; 6e-15 was seen"""
PATHS = ("lbfgs",)
"""optimizers that search along a line: after a last bit they may turn elsewhere"""

ALL_NUMBERS = """
import json
from mlpviz.network import Document
from mlpviz.runs import Run
from mlpviz.sheet.values import values_on_screen

def numbers(link):
    return {name: [number.hex() for number in block.ravel().tolist()]
            for name, block in values_on_screen(Document.from_link(link)).items()}

def learned(config):
    from mlpviz.config import TrainingConfig
    from mlpviz.runs import Run
    run = Run.of(TrainingConfig.parse(config))
    run.epoch(EPOCHS)
    while run.advance(1.0):
        pass
    split, state = run.members[0].built.folds[0].split, run.state(0)
    rows = [getattr(split, part).tolist() for part in ("train", "validation", "test")]
    return [rows, state.checkpoint.params.tolist(), state.curve(0)[0].tolist()]

given = json.loads(given)
json.dumps({
    "networks": [[numbers(link), Document.from_link(link).to_link()] for link in given["links"]],
    "trainings": [learned(config) for config in given["configs"]],
})
"""

EPOCHS = 20
ALL_NUMBERS = ALL_NUMBERS.replace("EPOCHS", str(EPOCHS))


def random_links(count):
    """Networks of all kinds of activations, as links."""
    keys = itertools.cycle(ACTIVATIONS)
    for seed in range(count):
        layers = 2 + seed % 2
        recipe = Recipe(
            widths="-".join(str(1 + (seed + place) % 5) for place in range(layers + 1)),
            activations=(*itertools.islice(keys, layers - 1), "identity"),
            biases=seed % 3 > 0,
            loss="mse",
            start="xavier_normal",
            seed=str(seed),
            samples=str(1 + seed % 4),
        )
        yield recipe.document().to_link()


def configs():
    """Trainings of every optimizer, on toys and measured data, with all that is drawn at random."""
    data = itertools.chain(
        ({"key": "digits"},),
        itertools.cycle(({"key": "moons", "samples": 60}, {"key": "iris"}, {"key": "wine"}, {"key": "diabetes"})),
    )
    found = {}
    for seed, (key, source) in enumerate(zip((key for key in OPTIMIZERS if key not in PATHS), data, strict=False)):
        task = DATASETS[source["key"]].task
        found[key] = {
            "data": {"kind": "set", "set": source, "seed": seed},
            "split": {"test": 0.2, "validation": 0.25, "stratified": task == "classes", "seed": seed},
            "scaling": "standard",
            "layers": [
                # no bias before a norm: its gradient is mere rounding, which some optimizers divide by its own size
                {"units": 5, "activation": "tanh", "bias": False, "norm": "batch_norm" if seed % 3 == 0 else None},
                {"units": 4, "activation": "gelu", "dropout": 0.25 if seed % 2 else 0.0},
                {"units": None, "activation": "identity"},
            ],
            "loss": "cross_entropy" if task == "classes" else "mse",
            "optimizer": {"key": key},
            "batch_size": 16,
            "epochs": 100,
            "seed": seed,
        }
    return found


@pytest.fixture(scope="module")
def found(site):
    """By a name the networks and trainings, each with what the site finds."""
    links = {key: preset.document.to_link() for key, preset in PRESETS.items()}
    links |= {f"random {number}": link for number, link in enumerate(random_links(50))}
    given = {"links": [*links.values()], "configs": [*configs().values()]}
    theirs = run_in_site(newest(site) / "python", ALL_NUMBERS, given)
    networks = zip(links.items(), theirs["networks"], strict=True)
    trainings = zip(configs().items(), theirs["trainings"], strict=True)
    return {name: (link, *each) for (name, link), each in networks}, {
        name: (config, *each) for (name, config), each in trainings
    }


@pytest.fixture(scope="module")
def networks(found):
    """By a name the link of a network, and of the site every number of its sheet and the link that it makes."""
    return found[0]


def test_a_training_learns_the_same(found):
    for name, (config, rows, params, curve) in found[1].items():
        run = Run.of(TrainingConfig.parse(config))
        run.epoch(EPOCHS)
        while run.advance(1.0):
            pass
        split, state = run.members[0].built.folds[0].split, run.state(0)
        assert rows == [getattr(split, part).tolist() for part in ("train", "validation", "test")], name
        ours = state.checkpoint.params
        assert params == pytest.approx(ours.tolist(), rel=0, abs=TOLERANCE * np.abs(ours).max()), name
        assert len(curve) == len(state.curve(0)[0]) == EPOCHS + 1
        np.testing.assert_allclose(
            np.array(curve, float), state.curve(0)[0], rtol=TOLERANCE, atol=TOLERANCE, err_msg=name
        )


def test_all_numbers_are_those_of_the_app(networks):
    for name, (link, theirs, _) in networks.items():
        blocks = values_on_screen(Document.from_link(link))
        assert theirs.keys() == blocks.keys(), name
        for block, ours in blocks.items():
            other = [float.fromhex(number) for number in theirs[block]]
            largest = max(map(abs, other), default=0.0)
            assert other == pytest.approx(ours.ravel().tolist(), rel=0, abs=TOLERANCE * largest, nan_ok=True), (
                f"{name}, {block}"
            )


def test_whole_numbers_are_equal_in_every_bit(networks):
    link, theirs, _ = networks["seven_layers"]
    blocks = values_on_screen(Document.from_link(link))
    ours = {name: [number.hex() for number in block.ravel().tolist()] for name, block in blocks.items()}
    assert ours == theirs


def test_a_site_makes_the_same_links(networks):
    assert {name: link for name, (link, _, _) in networks.items()} == {
        name: theirs for name, (_, _, theirs) in networks.items()
    }
