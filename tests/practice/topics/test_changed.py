"""Which cell was changed: one number alone does not follow from those before it, and the page never says which."""

import io
import json
from collections import Counter

import numpy as np
import pytest
from pypdf import PdfReader

from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.network import DocumentError
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.check import check
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.grading import mark
from mlpviz.practice.topics import generate
from mlpviz.practice.topics.changed import CHANGED
from mlpviz.practice.workings import on_screen
from mlpviz.text.numbers import format_number
from tests.support.learner import Learner

LEVELS = [(key, level) for key in CHANGED for level in (1, 2, 3)]


def by_hand(exercise):
    """Every shown block from the plain formulas of both passes, as on the sheet."""
    document = exercise.document
    weights = [np.array(layer.weight) for layer in document.layers]
    biases = [0.0 if layer.bias is None else np.array(layer.bias) for layer in document.layers]
    x, target = np.array(document.x, dtype=float), np.array(document.target, dtype=float)
    inputs, zs, found = [x], [], {}
    for n, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        zs.append(inputs[-1] @ weight.T + bias)
        inputs.append(zs[-1] if n == len(weights) else np.maximum(zs[-1], 0.0))
        found |= {("z", n): zs[-1].T, ("a", n): inputs[-1].T}
    found["loss_term", len(weights)] = ((inputs[-1] - target) ** 2).T
    found["loss", len(weights)] = np.array([[((inputs[-1] - target) ** 2).mean()]])
    grad = 2.0 * (inputs[-1] - target) / target.size
    for n in range(len(weights), 0, -1):
        found["grad_a", n] = grad.T
        grad = grad * (1.0 if n == len(weights) else zs[n - 1] > 0.0)
        found |= {("grad_z", n): grad.T, ("grad_weight", n): grad.T @ inputs[n - 1]}
        found["grad_bias", n] = grad.sum(axis=0)[:, None]
        grad = grad @ weights[n - 1]
    return found | {("grad_x", 0): grad.T}


@pytest.mark.parametrize(("key", "level"), LEVELS)
def test_one_shown_number_alone_is_another_than_the_formulas_give(key, level):
    for seed in range(4):
        exercise = generate(key, level, seed)
        numbers = by_hand(exercise)
        wrong = []
        for block in Learner(e=f"{key}.{level}.{seed}").blocks.values():
            names = [name for row in block["fields"] for name in row]
            shown = [number and (number[1] or number[0]) for row in block["numbers"] for number in row]
            for name, text in zip(names, shown, strict=True):
                if not name:
                    continue
                cell = exercise.fields[name]
                right = numbers[cell.place][cell.row, cell.column]
                if not np.isclose(float(text.replace("−", "-")), right):
                    wrong.append((name, right))
        assert wrong == [(str(exercise.change.cell), pytest.approx(exercise.change.right))]
        again = Exercise.parse(json.dumps(exercise.to_json_value()))
        assert (again.fingerprint, again.changed) == (exercise.fingerprint, exercise.changed)
        assert generate(key, level, seed).fingerprint == exercise.fingerprint


@pytest.mark.parametrize(("key", "level"), LEVELS)
def test_it_is_found_missed_or_half_found_and_each_is_said(key, level):
    exercise = generate(key, level, 1)
    change = exercise.change
    name = str(change.cell)
    other = next(one for one in exercise.fields if one != name)
    found = check(exercise, {name: f"{change.right + 1:g}-1"})
    assert (found.points, found.verdicts[name].state) == (1, "right")
    assert "was changed" in str(found.sentence(name))
    half = check(exercise, {name: f"{change.right + 777:g}"})
    assert (half.points, half.verdicts[name].state) == (0, "wrong")
    assert str(half.sentence(name)).startswith("This one was changed.")
    missed = check(exercise, {other: "777"})
    assert (missed.points, missed.verdicts[other].state, missed.verdicts[name].state) == (0, "wrong", "wrong")
    assert "was not changed" in str(missed.sentence(other))
    assert check(exercise, {name: "1..2"}).verdicts[name].state == "unreadable"
    assert check(exercise, {name: f"{change.shown:g}"}).verdicts[name].state == "wrong"
    assert check(exercise, {}).verdicts[name].state == "empty"


def test_what_stood_there_is_named_by_the_mistake_that_makes_it():
    named = 0
    for seed in range(10):
        exercise = generate("which_cell", 3, seed)
        name = str(exercise.change.cell)
        named += "comes out" in str(check(exercise, {name: f"{exercise.change.right:g}"}).sentence(name))
    assert named == 10


def test_a_number_that_follows_from_the_changed_one_is_not_it_and_that_is_said():
    given = generate("which_cell", 2, 3).to_json_value()
    exercise = Exercise.parse(
        given | {"fingerprint": "", "asked": [{"tensor": "z", "layer": 1, "cells": [[1, 1]]}], "changed": 90}
    )
    sheet, first = exercise.sheet, exercise.change.cell
    # a of the same unit as if z were 90
    name = str(AskedCell(first.place._replace(tensor="a"), 0, 0))
    assert on_screen(sheet.blocks[first.place], sheet.right.of("z", 1))[0, 0] != 90
    said = str(check(exercise, {name: "90"}).sentence(name))
    assert "Yours follows from a number that was" in said


def test_naming_every_cell_is_no_credit():
    exercise = generate("which_cell", 2, 3)
    answers = {name: f"{exercise.right_number(cell):g}" for name, cell in exercise.fields.items()}
    marked = mark(exercise, "a.json", json.dumps({"exercise": exercise.fingerprint, "answers": answers}).encode())
    assert (marked.problem, marked.points, marked.asked, marked.count("wrong")) == ("", 0, 1, 1)
    name = str(exercise.change.cell)
    one = {"exercise": exercise.fingerprint, "answers": {name: answers[name]}}
    assert mark(exercise, "a.json", json.dumps(one).encode()).points == 1


@pytest.mark.parametrize(("key", "level"), LEVELS)
def test_the_page_does_not_say_which_and_takes_one_guess_at_a_time(key, level):
    learner = Learner(e=f"{key}.{level}.2")
    change = learner.exercise.change
    name = str(change.cell)
    other = next(one for one in learner.exercise.fields if one != name)
    sent = json.dumps(learner.answer, ensure_ascii=False, default=str)
    assert sent.count(f'"{name}"') == sent.count(f'"{other}"')  # among the names of the fields alone
    assert "changed" not in learner.state
    assert (learner.state["asked"], learner.state["right"], learner.state["sought"]) == (1, 0, True)
    learner("answer", cell=other, text="777")
    assert learner.said(other)[0] == "wrong"
    assert name not in learner.state["answers"]
    learner("answer", cell=name, text=learner.right(name))
    assert set(learner.state["answers"]) == {name}
    assert learner.said(name)[0] == "right"
    assert learner.state["done"]


def test_help_is_made_of_the_numbers_that_stand_there():
    learner = Learner(e="which_cell.2.5")
    for key in learner.structure["fields"]:
        hints = [learner("hint", block=key)["hint"] for _ in range(3)]
        assert [hint["stage"] for hint in hints] == [1, 2, 3]
        assert hints[2]["product"]
        assert "First work out" not in str(hints[2]["product"])
    given = generate("which_cell", 1, 1).to_json_value() | {
        "fingerprint": "", "asked": [{"tensor": "a", "layer": 1, "cells": [[1, 1]]}], "changed": 7.5, "topic": "",
        "level": 0, "seed": 0,
    }  # fmt: skip
    learner = Learner(e=f"task:{Exercise.parse(given).to_link()}")
    for _ in range(3):
        learner("hint", block="z.2")
    assert "7.5" in str(learner.state["hint"]["product"])


@pytest.mark.parametrize("level", [1, 3])
def test_paper_has_all_numbers_as_they_stand_and_its_key_which_one_is_wrong(level):
    exercise = generate("which_cell", level, 4)
    change = exercise.change

    def texts(key):
        reader = PdfReader(io.BytesIO(save_file(EXERCISES, Handout([exercise]), key).content))
        return [page.extract_text() for page in reader.pages]

    (sheet,), (key, *_) = texts("worksheet-pdf"), texts("key-pdf")
    assert "Cross it out" in sheet
    assert "What belongs there?" in sheet
    found = "was changed. " + format_number(change.shown)
    assert found not in " ".join(sheet.split())
    assert found in " ".join(key.split())
    right = {cell: exercise.right_number(cell) for cell in exercise.given_cells}
    shown = Counter(format_number(number) for number in (right | {change.cell: change.shown}).values())
    assert not shown - Counter(sheet.split())
    assert not Counter(map(format_number, right.values())) - Counter(key.split())


def test_a_platform_cannot_ask_which_number_somebody_means_and_the_page_offers_none():
    for topic, count in (("which_cell", 0), ("which_weight", 2)):
        files = Learner(e=f"{topic}.1.1").state["files"]
        assert len(files["save"]) == count
        assert len(files["choose"]) == 1
    for key in ("exercise_moodle", "exercise_qti"):
        with pytest.raises(DocumentError, match="judges what is typed into a field"):
            save_file(EXERCISES, Handout([generate("layer", 1, 1), generate("which_cell", 1, 1)]), key)


def test_it_cannot_be_built_on_or_pasted_into():
    learner = Learner(e="which_cell.1.1")
    learner("build")
    assert "question backwards" in learner.answer["said"]["error"]
    learner("paste", cell=next(iter(learner.exercise.fields)), text="1 2")
    assert "one number alone was changed" in learner.answer["said"]["error"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda given: given.update(asked=given["given"][:1]), "expected one cell"),
        (lambda given: given["given"].pop(), "expected the block of"),
        (lambda given: given["given"][0].update(cells=[[1, 1]]), "expected whole blocks"),
        (lambda given: given.update(changed=Exercise.parse(given).change.right), "is the right number"),
    ],
)
def test_a_change_that_nobody_can_find_is_refused(change, message):
    given = generate("which_cell", 1, 1).to_json_value() | {"fingerprint": ""}
    given["asked"] = [{"tensor": "a", "layer": 2, "cells": [[1, 1]]}]
    given["changed"] = 55
    change(given)
    with pytest.raises(DocumentError, match=message):
        Exercise.parse(given)
