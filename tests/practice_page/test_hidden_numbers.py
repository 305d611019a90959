"""No number that is asked for, or comes after one, is in a message to the browser: sheet, drawing, cards, help, link.

The browser draws what it was sent, so what is in no message is in no drawing, hover text, label or address either.
"""

import json
import re

import numpy as np
import pytest

from mlpviz.app.message_bytes import to_bytes
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.practice.laid_out import memory_key
from mlpviz.sheet.values import values_on_screen
from mlpviz.sheet_page.cards import CARDS
from mlpviz.text.numbers import all_digits, format_number
from tests.support.learner import Learner
from tests.support.messages import read_message

LONG, ALL_DIGITS = 5, 10
"""characters: a shorter number may be in a message for another reason"""


def generic(document):
    """The network with inputs and weights of many digits, so that no two of its numbers are equal by chance."""
    rng, found = np.random.default_rng(5), document.to_json_value()

    def moved(numbers):
        return (np.array(numbers) + rng.normal(size=np.shape(numbers)) / 7).tolist()

    found["x"] = moved(found["x"])
    if document.spec.sharing is None:
        found["layers"] = [layer | {"weight": moved(layer["weight"])} for layer in found["layers"]]
    return Document.parse(found)


NETWORKS = {key: generic(preset.document) for key, preset in PRESETS.items() if preset.document.spec.size < 400}


def own(document, parts):
    learner = Learner(d=document.to_link())
    learner.visitor.visit("sheet", {"d": document.to_link()})
    learner("own", parts=parts)
    assert learner.answer["said"]["error"] is None
    return learner


def everything(exercise):
    """Every number of the sheet by the name of its block: those of the exercise, and the factors of its rules."""
    return values_on_screen(exercise.document) | {
        block.key: exercise.sheet.on_screen(place) for place, block in exercise.sheet.blocks.items()
    }


def open_cells(learner):
    """The computed cells that must not be seen, by the rule that stands in the documentation: block key -> mask."""
    exercise, found, is_open = learner.exercise, {}, True
    last = max(exercise.sheet.order.index(cell.place) for cell in exercise.cells.values())
    for number, place in enumerate(exercise.sheet.order):
        block = exercise.sheet.blocks[place]
        hidden = np.full((block.rows, block.columns), not is_open or number > last)
        for name, cell in exercise.cells.items():
            if cell.place == place:
                hidden[cell.row, cell.column] = learner.state["answers"].get(name, {}).get("state") != "right"
                is_open = is_open and not hidden[cell.row, cell.column]
        found[block.key] = hidden
    return found


def texts_in(message):
    """Every piece of text and every number in a message as text, but for what somebody typed."""
    if isinstance(message, dict):
        return [text for key, each in message.items() if key != "answers" for text in (key, *texts_in(each))]
    if isinstance(message, list | tuple):
        return [text for each in message for text in texts_in(each)]
    return [] if isinstance(message, np.ndarray) else [str(message)]


def check(learner, *, least=LONG):
    """Nothing hidden is in the last message as text of so many characters; gives how many it could have told."""
    numbers, hidden, all_numbers = learner.numbers, open_cells(learner), everything(learner.exercise)
    for key, mask in hidden.items():
        if key in numbers:
            np.testing.assert_array_equal(np.isnan(numbers[key]), mask, err_msg=key)
        else:
            assert key.startswith("slot.")  # on the sheet only where the update is asked for
    seen = {float(one) for key, part in numbers.items() for one in part.ravel() if not np.isnan(one)}
    wanted = {float(one) for key, mask in hidden.items() for one in all_numbers[key][mask]}
    # factors of rules that the browser must not have yet either
    wanted |= {
        float(one) for key, part in numbers.items() if key in all_numbers for one in all_numbers[key][np.isnan(part)]
    }
    message = read_message(to_bytes(learner.answer))
    message["state"]["answers"] = {}
    cards = message["state"]["scene"]["answers"]
    sent = " ".join([*texts_in(message), *texts_in((cards or {}).get("cards", {}))])
    known = {text for one in seen for text in (format_number(one), all_digits(one))}
    sought = {text for one in wanted for text in (format_number(one), all_digits(one)) if len(text) >= least} - known
    words = set(re.findall(r"[−-]?\d[\d.]*(?:e[−-]?\d+)?", sent.replace("-", "−")))
    assert sought & words == set()
    for array in (
        learner.state["scene"]["v"],
        *(part.get("whole", ()) for part in message["state"]["scene"]["bulk"].values()),
    ):
        assert {format_number(float(one)) for one in array if len(format_number(float(one))) >= least} & sought == set()
    return len(sought)


def ask_for_every_card(learner):
    """As if cells of every block were selected, and every kind of card asked for, also what the page never asks."""
    for block in learner.structure["blocks"]:
        for column in (1, block["columns"]):
            focus = f"{block['tensor']} {block['layer']} {block['rows']} {column}"
            learner("explain", cards=[*CARDS], focus=focus, second="weight 1 1 1", sample=1)
            yield focus


@pytest.mark.parametrize("parts", ["sheet", "z.2", "grad_weight.1", "loss", "update", "a.1,grad_a.2"])
def test_no_number_that_is_asked_for_or_lies_ahead_is_sent(parts):
    learner = own(PRESETS["mazur"].document, parts)
    count = check(learner)
    assert count > 3
    key = next(iter(learner.structure["fields"]))
    for stage in range(1, 4):
        learner("hint", block=key)
        assert learner.state["hint"]["stage"] == stage
        assert check(learner) == count
    names = list(learner.exercise.cells)
    for number, name in enumerate(names):
        learner("answer", cell=name, text=learner.right(name))
        if number in (0, len(names) // 2, len(names) - 1):
            check(learner)
            for _ in ask_for_every_card(learner):
                check(learner)
    assert learner.state["done"]


@pytest.mark.parametrize("key", NETWORKS)
def test_no_card_of_any_network_tells_what_lies_ahead(key):
    """Half of the backward pass is done; its numbers are explained, those of the other half are not."""
    learner = own(NETWORKS[key], "backward")
    names = list(learner.exercise.cells)
    typed = {name: learner.right(name) for name in names[: len(names) // 2]}
    learner("answers", texts=typed)
    assert learner.state["right"] == len(typed)
    # of so many numbers two are alike in three digits, but not in all of them
    check(learner, least=ALL_DIGITS)
    cards = set()
    for focus in ask_for_every_card(learner):
        check(learner, least=ALL_DIGITS)
        answered = learner.state["scene"]["answers"]
        if answered is not None:
            tensor, layer, *_ = focus.split()
            assert f"{tensor}.{layer}" in learner.state["explained"]
            cards |= answered["cards"].keys()
    assert cards <= {"why", "loss", "update"}
    assert not {
        "grad_x.0",
        *(block["key"] for block in learner.structure["blocks"] if block["phase"] == "update"),
    } & set(learner.state["explained"])


def test_a_block_is_explained_when_all_of_it_and_before_it_is_right():
    learner = own(PRESETS["mazur"].document, "grad_z.2,grad_a.1")
    names = list(learner.exercise.cells)
    assert {"z.1", "a.2", "loss.2", "grad_a.2"} <= set(learner.state["explained"])
    assert learner.state["withheld"] == ["grad_a.1", "grad_z.2"]
    for name in names[:2]:
        assert "grad_z.2" not in learner.state["explained"]
        learner("answer", cell=name, text=learner.right(name))
    assert {"grad_z.2", "grad_weight.2"} <= set(learner.state["explained"])
    assert learner.state["withheld"] == ["grad_a.1"]
    learner("explain", cards=["why"], focus="grad_z 2 1 1", second=None, sample=1)
    assert learner.state["scene"]["answers"]["cards"]["why"]["paths"]
    assert not np.isnan(learner.numbers["slope.2"]).any()
    learner("answer", cell=names[0], text="7")
    assert "grad_z.2" not in learner.state["explained"]
    assert np.isnan(learner.numbers["slope.2"]).any()


def test_without_help_no_formula_is_told_before_the_end():
    teacher = Learner(e="layer.2.3")
    teacher("build")
    teacher("allow", control="help", on=False)
    learner = Learner(e=teacher.state["building"]["link"])
    computed = {block["key"] for block in learner.structure["blocks"] if block["phase"] != "given"}
    assert set(learner.state["withheld"]) == computed
    for name in learner.exercise.cells:
        learner("answer", cell=name, text=learner.right(name))
    assert (learner.state["done"], learner.state["withheld"]) == (True, [])


def test_what_the_optimizer_remembers_stands_on_the_sheet_where_the_update_is_asked_for():
    learner = Learner(e="momentum.2.1")
    document = learner.exercise.document
    key = "slot.velocity.weight.1"
    before = document.spec.views(document.slots["velocity"])[0].weight
    np.testing.assert_array_equal(learner.numbers[memory_key(key)], before)
    assert np.isnan(learner.numbers[key]).all()
    assert {memory_key(key), key} <= {block["key"] for block in learner.structure["blocks"]}
    steps = learner.structure["steps"]["layer"]
    ordered = [learner.structure["blocks"][step[0]]["key"] for step in steps]
    assert ordered.index("grad_weight.1") < ordered.index(key) < ordered.index("new_weight.1")


@pytest.mark.parametrize("seed", range(3))
def test_nothing_tells_which_number_was_changed(seed):
    learner = Learner(e=f"which_cell.2.{seed}")
    change = learner.exercise.change
    right = values_on_screen(learner.exercise.document)
    key = learner.exercise.block(change.cell.place).key
    differs = {
        name
        for name, part in learner.numbers.items()
        if not np.array_equal(part[~np.isnan(part)], right[name][~np.isnan(part)])
    }
    assert differs == {key}
    hidden = [name for name, *_ in learner.state["scene"]["hidden"]]
    assert all(np.isnan(learner.numbers[name]).all() for name in hidden)
    assert learner.state["explained"] == []
    learner("answer", cell=str(change.cell), text=f"{change.right:g}")
    assert learner.state["done"]
    np.testing.assert_array_equal(learner.numbers[key], right[key])


def test_the_structure_comes_once_and_again_on_request():
    learner = Learner(e="layer.1.2")
    learner("close")
    assert learner.state["structure_data"] is None
    learner("resend")
    assert learner.state["structure_data"]["id"] == learner.state["scene"]["structure"]
    learner("topic", topic="layer", level=1, seed=3)
    assert learner.state["structure_data"]["id"] == learner.state["scene"]["structure"]
    assert json.dumps(learner.structure)
