"""Whole numbers that no float and no int64 holds, in each place of what is opened: one sentence, and no fault."""

import json
import struct

import pytest

from mlpviz.app.faults import FAULTS
from mlpviz.config import TrainingConfig
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError, edits
from mlpviz.network.trajectory import Trajectory
from mlpviz.runs import Run, RunError
from mlpviz.runs.checkpoint import open_checkpoint, save_checkpoint
from mlpviz.runs.checkpoint_format import SavedCheckpoint
from mlpviz.runs.results_json import ResultsFile
from mlpviz.schema.link import packed
from tests.support.sheet_walk import SheetWalker
from tests.support.small_runs import setup_of
from tests.support.train_walk import TrainWalker
from tests.support.written_configs import EVERYTHING, STARTED
from tests.support.written_documents import NORMED

HUGE = (10**400, -(10**400), 2**64)
LARGEST = 10**4200
"""more digits than Python reads"""

LAYERS = [
    {"units": 4, "activation": "relu", "norm": "batch_norm", "dropout": 0.3},
    {"units": None, "activation": "identity"},
]


def places(value, path=()):
    """Every place of a JSON value, also those of lists and objects."""
    if path:
        yield path
    if isinstance(value, dict):
        for name, each in value.items():
            yield from places(each, (*path, name))
    elif isinstance(value, list):
        for index, each in enumerate(value[:3]):  # what follows is as the first ones
            yield from places(each, (*path, index))


def with_value(whole, path, value):
    if not path:
        return value
    found = dict(whole) if isinstance(whole, dict) else list(whole)
    found[path[0]] = with_value(whole[path[0]], path[1:], value)
    return found


def is_read_or_refused(read, *place):
    try:
        read()
    except (DocumentError, RunError) as error:
        text = str(error)
        assert text.isprintable(), place
        assert 5 < len(text) < 600, place


@pytest.fixture(scope="module")
def run():
    early = {"patience": 3, "restore_best": True}
    made = Run.of(setup_of(layers=LAYERS, stopping=early, schedule="step", epochs=50, optimizer={"key": "adam"}))
    made.epoch(2)
    while made.status == "running":
        made.tick(0.01, 0.0)
    return made


@pytest.fixture(scope="module")
def file(run):
    content = save_checkpoint(run).to_bytes()
    length = int.from_bytes(content[:8], "little")
    return json.loads(content[8 : 8 + length]), content[8 + length :]


def learn_on(head, body):
    """Open a file, learn on, and save it again: what was read must be of use."""
    text = json.dumps(head).encode()
    opened = open_checkpoint(SavedCheckpoint.parse(struct.pack("<Q", len(text)) + text + body))
    opened.epoch(3)
    opened.tick(0.01, 0.0)
    save_checkpoint(opened).to_bytes()


def test_the_texts_of_a_run_file(file):
    head, body = file
    texts = json.loads(head["__metadata__"]["mlpviz"])
    texts["courses"][0] |= {"turned": {"learning_rate": 1}}
    texts["courses"][0]["snapshot"] |= {"knobs": {"learning_rate": 1}, "failure": {"step": 1, "field": "z", "layer": 0}}
    for place in places(texts):
        for number in HUGE:
            for value in (number, [number]):
                changed = json.dumps(with_value(texts, place, value))
                is_read_or_refused(
                    lambda changed=changed: learn_on(head | {"__metadata__": {"mlpviz": changed}}, body), place
                )
    long = json.dumps(texts).replace('"epochs": 50', f'"epochs": {"9" * 5000}')
    assert "9" * 5000 in long
    with pytest.raises(DocumentError, match="a number too large to be read"):
        learn_on(head | {"__metadata__": {"mlpviz": long}}, body)


def test_the_head_of_the_arrays_of_a_run_file(file):
    head, body = file
    for number in HUGE:
        for metadata in (number, {"mlpviz": number}, {"x": number}, [number]):
            is_read_or_refused(lambda metadata=metadata: learn_on(head | {"__metadata__": metadata}, body), metadata)
        for name in [name for name in head if name != "__metadata__"]:
            for place in places(head[name]):
                changed = head | {name: with_value(head[name], place, number)}
                is_read_or_refused(lambda changed=changed: learn_on(changed, body), name, place)
            start = head[name]["data_offsets"][0]
            for shape in ([0, number], [number, 0], [number]):
                empty = head | {name: head[name] | {"shape": shape, "data_offsets": [start, start]}}
                is_read_or_refused(lambda empty=empty: learn_on(empty, body), name, shape)


DOCUMENTS = [NORMED, *(json.loads(PRESETS[key].document.to_json()) for key in ("mazur", "softmax"))]


@pytest.mark.parametrize("plain", DOCUMENTS, ids=["normed", "mazur", "softmax"])
def test_documents_and_their_links(plain):
    for place in places(plain):
        for number in HUGE:
            changed = with_value(plain, place, number)
            is_read_or_refused(lambda changed=changed: Document.parse(changed), place)
            is_read_or_refused(lambda changed=changed: Document.parse(json.dumps(changed)), place)
        link = packed(json.dumps(with_value(plain, place, HUGE[0])))
        is_read_or_refused(lambda link=link: Document.from_link(link), place)


def test_steps_that_were_taken():
    document = PRESETS["mazur"].document
    edited = edits.apply(document, {"type": "update", "times": 2})
    steps = [point.model_dump(mode="json") for point in Trajectory().after(edited.walked, edited.document).saved_points]
    for place in places(steps):
        for number in HUGE:
            walk = with_value(steps, place, number)
            is_read_or_refused(lambda walk=walk: Trajectory.of_saved(document.replace(walk=walk).walk, document), place)


@pytest.mark.parametrize("plain", [EVERYTHING, STARTED], ids=["everything", "started"])
def test_setups_and_their_links(plain):
    for place in places(plain):
        for number in HUGE:
            changed = with_value(plain, place, number)
            is_read_or_refused(lambda changed=changed: TrainingConfig.parse(json.dumps(changed)), place)
        link = packed(json.dumps(with_value(plain, place, HUGE[0])))
        is_read_or_refused(lambda link=link: TrainingConfig.from_link(link), place)


def test_results():
    plain = {"version": 1, "setup": STARTED, "folds": [{"weights": [{"weight": [[1, 2]], "bias": [1]}], "curves": []}]}
    for place in places(plain):
        for number in HUGE:
            text = json.dumps(with_value(plain, place, number))
            is_read_or_refused(lambda text=text: ResultsFile.parse(text), place)


@pytest.mark.parametrize("walker", [SheetWalker, TrainWalker])
def test_messages(walker):
    one = walker({}, 3)
    found = []
    for event in one.moves.values():
        found += [made for made in (event(one) for _ in range(3)) if made][:1]
    before = FAULTS.count
    for event in found:
        for place in places(event):
            for number in (*HUGE, LARGEST):
                one.send(with_value(event, place, number))
    for envelope in ({"sequence": HUGE[0]}, {"view": HUGE[0]}, {"events": HUGE[0]}, {"page": HUGE[0]}):
        one.page.handle(one.session, {"page": one.page.key, "events": [], **envelope})
    assert FAULTS.count == before
