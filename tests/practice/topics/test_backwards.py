"""Questions backwards: one number gives the known one, any right answer counts, and nothing gives it away."""

import json

import numpy as np
import pytest

from mlpviz.network import DocumentError
from mlpviz.practice.check import check
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.goal import LARGEST
from mlpviz.practice.grading import mark
from mlpviz.practice.topics import BACKWARDS, generate
from mlpviz.text.numbers import all_digits
from tests.support.learner import Learner

LEVELS = [(key, level) for key in BACKWARDS for level in (1, 2, 3)]


def by_hand(exercise, number):
    """The known number with another one put in, from the plain formulas of the pass; rows are samples."""
    (cell,), goal, document = exercise.cells.values(), exercise.goal, exercise.document
    weights = [np.array(layer.weight) for layer in document.layers]
    biases = [0.0 if layer.bias is None else np.array(layer.bias) for layer in document.layers]
    x, target = np.array(document.x, dtype=float), np.array(document.target, dtype=float)
    tensor = {"weight": weights[max(0, cell.place.layer - 1)], "x": x.T, "target": target.T}[cell.place.tensor]
    tensor[cell.row, cell.column] = number
    inputs, zs = [x], []
    for n, (weight, bias) in enumerate(zip(weights, biases, strict=True), start=1):
        zs.append(inputs[-1] @ weight.T + bias)
        inputs.append(zs[-1] if n == len(weights) else np.maximum(zs[-1], 0.0))
    grad, found = 2.0 * (inputs[-1] - target) / target.size, {}
    for n in range(len(weights), 0, -1):
        found["grad_a", n] = grad.T
        grad = grad * (1.0 if n == len(weights) else zs[n - 1] > 0.0)
        found |= {("grad_z", n): grad.T, ("grad_weight", n): grad.T @ inputs[n - 1]}
        found |= {("z", n): zs[n - 1].T, ("a", n): inputs[n].T}
        grad = grad @ weights[n - 1]
    return found[goal.at.place][goal.at.row, goal.at.column]


@pytest.mark.parametrize(("key", "level"), LEVELS)
def test_exactly_one_whole_number_gives_the_known_one(key, level):
    for seed in range(3):
        exercise = generate(key, level, seed)
        giving = [n for n in range(-LARGEST, LARGEST + 1) if np.isclose(by_hand(exercise, n), exercise.goal.number)]
        (cell,) = exercise.cells.values()
        assert [exercise.right_number(cell)] == giving
        again = Exercise.parse(json.dumps(exercise.to_json_value()))
        assert (again.fingerprint, again.goal) == (exercise.fingerprint, exercise.goal)
        assert generate(key, level, seed).fingerprint == exercise.fingerprint


@pytest.mark.parametrize("key", BACKWARDS)
def test_a_number_is_put_in_and_what_comes_out_is_said(key):
    exercise = generate(key, 2, 4)
    ((name, cell),) = exercise.cells.items()
    right = exercise.right_number(cell)
    found = {
        text: (check(exercise, {name: text}).verdicts[name].state, str(check(exercise, {name: text}).sentence(name)))
        for text in (f"{right + 1:g}-1", f"{right + 1:g}", "1..2", "")
    }
    states = [state for state, _ in found.values()]
    assert states == ["right", "wrong", "unreadable", "empty"]
    assert f"comes out as {all_digits(by_hand(exercise, right + 1))}" in found[f"{right + 1:g}"][1]
    marked = mark(
        exercise, "a.json", json.dumps({"exercise": exercise.fingerprint, "answers": {name: f"{right:g}"}}).encode()
    )
    assert (marked.points, marked.asked) == (1, 1)


@pytest.mark.parametrize(("key", "level"), LEVELS)
def test_the_page_asks_for_it_and_shows_the_known_number_alone(key, level):
    learner = Learner(e=f"{key}.{level}.2")
    ((name, cell),) = learner.exercise.cells.items()
    goal = learner.exercise.goal
    known = learner.blocks[f"{goal.tensor}.{goal.layer}"]
    assert sum(number is not None for row in known["numbers"] for number in row) == 1
    assert [one for block in learner.blocks.values() for row in block["fields"] for one in row if one] == [name]
    learner("hint", block=learner.exercise.block(cell.place).key)
    assert learner.state["hint"] is None
    learner("paste", cell=name, text="99 98 97")
    learner("build")
    assert "question backwards" in learner.answer["said"]["error"]
    learner("answer", cell=name, text=learner.right(name))
    assert learner.said(name)[0] == "right"
    assert learner.state["done"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda given: given["goal"].update(number=10**6), "comes out for 0 whole numbers"),
        (lambda given: given["goal"].update(tensor="loss"), "expected a number of z, a, grad_a"),
        (lambda given: given["goal"].update(cell=[9, 1]), "expected a number of z, a, grad_a"),
        (lambda given: given["asked"][0].pop("cells"), "expected one cell of weight, x, target"),
        (lambda given: given["asked"][0].update(cells=[[9, 9]]), "has row 9, column 9, which is not on this sheet"),
        (lambda given: given["asked"][0].update(tensor="z"), "expected one cell of weight, x, target"),
    ],
)
def test_a_goal_that_asks_for_nothing_is_refused(change, message):
    given = generate("which_weight", 1, 1).to_json_value() | {"fingerprint": ""}
    change(given)
    with pytest.raises(DocumentError, match=message):
        Exercise.parse(given)
