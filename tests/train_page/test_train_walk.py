"""Random walks over the training page: nothing raises, and links and files bring back every number.

MLPVIZ_WALK says how many moves are made, MLPVIZ_SEED where the walks begin (docs/architecture.md).
"""

import os

from mlpviz.train_page.events import EVENTS
from tests.support.train_walk import TrainWalker

MOVES = int(os.environ.get("MLPVIZ_WALK", "120")) // 3
SEED = int(os.environ.get("MLPVIZ_SEED", "0"))
LENGTH = 10


def test_every_event_of_the_training_page_has_a_move():
    assert set(TrainWalker.moves) == set(EVENTS.kinds)


def test_walks_over_the_training_page():
    moves = refused = 0
    for walk in range(-(-MOVES // LENGTH)):
        walker = TrainWalker({}, SEED + walk)
        for _ in range(LENGTH):
            walker.step()
        moves, refused = moves + walker.counts["moves"], refused + walker.counts["refused"]
    assert moves >= MOVES
    assert refused < moves / 2
