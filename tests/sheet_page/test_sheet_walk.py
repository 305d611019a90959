"""Random walks over the score sheet: nothing raises, and links and files bring back every number.

MLPVIZ_WALK says how many moves are made, MLPVIZ_SEED where the walks begin (docs/architecture.md).
"""

import os

from mlpviz.examples.networks import PRESETS
from mlpviz.sheet_page.events import EVENTS
from tests.support.sheet_walk import SheetWalker

MOVES = int(os.environ.get("MLPVIZ_WALK", "120"))
SEED = int(os.environ.get("MLPVIZ_SEED", "0"))
LENGTH = 12
"""moves of one walk, so that every example is walked from"""


def test_every_event_of_the_sheet_has_a_move():
    assert set(SheetWalker.moves) == set(EVENTS.kinds)


def test_walks_over_the_sheet():
    moves = refused = 0
    presets = list(PRESETS)
    for walk in range(-(-MOVES // LENGTH)):
        walker = SheetWalker({}, SEED + walk)
        walker.take(walker.send({"type": "preset", "key": presets[walk % len(presets)]}))
        for _ in range(LENGTH):
            walker.step()
        moves, refused = moves + walker.counts["moves"], refused + walker.counts["refused"]
    # what a person can do on screen is hardly ever refused
    assert moves >= MOVES
    assert refused < moves / 4
