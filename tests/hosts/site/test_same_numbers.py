"""The numbers of a site are those of the app: the same engine runs in WebAssembly.

What may differ is the machine's: how it adds up long sums, and the last bit of exponential functions.
"""

import itertools

import pytest

from mlpviz.engine import ACTIVATIONS
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.network.recipe import Recipe
from mlpviz.sheet.values import values_on_screen
from tests.support.site_note import newest
from tests.support.site_python import run_in_site

TOLERANCE = 1e-13
"""of the largest number of a block; 6e-15 was seen"""

ALL_NUMBERS = """
import json
from mlpviz.network import Document
from mlpviz.sheet.values import values_on_screen

def numbers(link):
    return {name: [number.hex() for number in block.ravel().tolist()]
            for name, block in values_on_screen(Document.from_link(link)).items()}

json.dumps([
    [numbers(link), Document.from_link(link).to_link()] for link in json.loads(given)
])
"""


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


@pytest.fixture(scope="module")
def networks(site):
    """By a name the link of a network, and of the site every number of its sheet and the link that it makes."""
    links = {key: preset.document.to_link() for key, preset in PRESETS.items()}
    links |= {f"random {number}": link for number, link in enumerate(random_links(50))}
    found = run_in_site(newest(site) / "python", ALL_NUMBERS, [*links.values()])
    return {name: (link, *theirs) for (name, link), theirs in zip(links.items(), found, strict=True)}


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
