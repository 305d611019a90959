"""Whatever arrives damaged is refused with the error that is documented, and no page needs its place for faults.

MLPVIZ_DAMAGED says how many of each kind are tried, MLPVIZ_SEED where the draws begin (docs/architecture.md).
"""

import json
import os

import numpy as np
import pytest

from mlpviz.app.faults import FAULTS
from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import answered
from mlpviz.app.visitor import Visitor
from mlpviz.config import TrainingConfig
from mlpviz.examples.networks import PRESETS
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange import open_file, save_file
from mlpviz.exchange.subjects import NETWORK, RUN, LiveRun
from mlpviz.hosts.pages import PAGES
from mlpviz.network import Document, DocumentError, edits
from mlpviz.network.trajectory import Trajectory
from mlpviz.runs import Run, RunError
from mlpviz.runs.tensor_file import pack, unpack
from mlpviz.sheet_page.side_by_side import parse_comparison
from mlpviz.train_page.page import FIRST
from tests.support.damage import damaged, damaged_bytes, damaged_text
from tests.support.sheet_walk import SheetWalker
from tests.support.train_walk import TrainWalker

COUNT = int(os.environ.get("MLPVIZ_DAMAGED", "150"))
SEED = int(os.environ.get("MLPVIZ_SEED", "0"))
DOCUMENTS = [preset.document for preset in PRESETS.values()]


def random(offset):
    return np.random.default_rng([SEED, offset])


def refused_or_read(read, *errors):
    """Read it, or be refused with one sentence."""
    try:
        read()
    except (DocumentError, *errors) as error:
        text = str(error)
        assert 5 < len(text) < 600
        assert text.isprintable()


def one_of(draw, choices):
    return choices[int(draw.integers(len(choices)))]


def test_documents_and_links_of_networks():
    draw = random(1)
    plain = [json.loads(document.to_json()) for document in DOCUMENTS]
    for _ in range(COUNT):
        found = damaged(draw, one_of(draw, plain))
        refused_or_read(lambda found=found: Document.parse(found))
        text = json.dumps(found)
        refused_or_read(lambda text=text: open_file(NETWORK, text))
        broken = damaged_text(draw, text)
        refused_or_read(lambda broken=broken: open_file(NETWORK, broken))
        link = damaged_text(draw, one_of(draw, DOCUMENTS).to_link())
        refused_or_read(lambda link=link: Document.from_link(link))
        refused_or_read(lambda link=link: parse_comparison(link))


def test_links_of_steps():
    draw = random(2)
    document = PRESETS["mazur"].document
    edited = edits.apply(document, {"type": "update", "times": 5})
    trajectory = Trajectory().after(edited.walked, edited.document)
    steps = [point.model_dump(mode="json") for point in trajectory.saved_points]
    for _ in range(COUNT):
        walk = damaged(draw, steps)
        refused_or_read(lambda walk=walk: Trajectory.of_saved(document.replace(walk=walk).walk, document))
        text = damaged_text(draw, trajectory.link)
        refused_or_read(lambda text=text: Trajectory.from_link(text, edited.document))


def test_setups_and_their_links():
    draw = random(3)
    configs = [FIRST, *(training.setup for training in TRAININGS.values())]
    plain = [config.to_json_value() for config in configs]
    for _ in range(COUNT):
        found = damaged(draw, one_of(draw, plain))
        refused_or_read(lambda found=found: TrainingConfig.parse(found))
        link = damaged_text(draw, FIRST.to_link())
        refused_or_read(lambda link=link: TrainingConfig.from_link(link))


def test_files_of_runs():
    draw = random(4)
    run = Run.of(FIRST)
    run.epoch(2)
    while run.status == "running":
        run.tick(0.01, 0.0)
    content = save_file(RUN, LiveRun(run, None), "checkpoint_safetensors").content
    arrays, texts = unpack(content, "the run")
    head = json.loads(texts["mlpviz"])
    for _ in range(COUNT // 2):
        whole = json.dumps(damaged(draw, head))
        rest = {name: array for name, array in arrays.items() if draw.random() > 0.02}
        text = whole.encode("utf-8", "replace").decode()
        for broken in (pack(rest, {"mlpviz": text}), damaged_bytes(draw, content)):
            refused_or_read(lambda broken=broken: open_file(RUN, broken).restore(None), RunError)


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_addresses(page):
    draw = random(5)
    good = {
        "d": DOCUMENTS[0].to_link(), "c": DOCUMENTS[1].to_link(), "v": "layer.3.1.weight-1-1-1.4",
        "w": "eJyLjgUAARUAuQ",
        "t": FIRST.to_link(), "x": "iris",
    }  # fmt: skip
    before = FAULTS.count
    for _ in range(COUNT // 5):
        keys = [key for key in good if draw.random() < 0.5 and key != "x"]
        page.open({key: damaged_text(draw, good[key]) for key in keys})
    assert FAULTS.count == before


@pytest.mark.parametrize("walker", [SheetWalker, TrainWalker])
def test_messages(walker):
    """Damaged events of every kind, of which most are refused; each answer must be JSON, without a fault."""
    one = walker({}, SEED)
    draw, offered = random(6), []
    for event in one.moves.values():
        one.is_extreme = False
        for _ in range(20):
            if found := event(one):
                offered.append(found)
                break
    before = FAULTS.count
    for number in range(COUNT):
        if number % 20 == 0:
            one = walker({}, SEED)
        event = damaged(draw, one_of(draw, offered))
        if isinstance(event, dict) and draw.random() < 0.7:
            event["type"] = one_of(draw, offered)["type"]
        one.sequence += 1
        request = {"page": one.page.key, "sequence": one.sequence, "events": [event]}
        answer = answered(one.page, one.session, request)
        to_bytes(answer)
        assert FAULTS.count == before, event


def test_requests():
    """Whatever a socket may bring, to any page."""
    draw = random(7)
    good = {"page": "sheet", "sequence": 1, "events": [{"type": "undo"}], "view": "layer.1.1"}
    visitor = Visitor(PAGES)
    visitor.visit("sheet", {})
    before = FAULTS.count
    for _ in range(COUNT):
        request = damaged(draw, good)
        if isinstance(request, dict):
            answer = visitor.handle(request)
            assert answer is None or to_bytes(answer)
    assert FAULTS.count == before
