"""Answers checked cell by cell: right ones, carried ones, mistakes by name."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.practice.blanks import blanks
from mlpviz.practice.carrying import OwnSheet
from mlpviz.practice.checking import check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import generate
from mlpviz.practice.typed_answers import Answers
from mlpviz.practice.workings import on_screen
from mlpviz.text.numbers import all_digits
from tests.support.practice_topics import LEVELS, misnamed, one_of_each, solution


def of(document, *words):
    return Exercise.parse({"asked": blanks(document, words), "document": document.to_json_value()})


SEVEN = of(PRESETS["seven_layers"].document, "sheet")
MAZUR = of(PRESETS["mazur"].document, "sheet")


@pytest.mark.parametrize("key", PRESETS)
def test_a_right_solution_is_right_and_has_no_diagnosis(key):
    exercise = of(PRESETS[key].document, "sheet")
    checked = check_answers(exercise, solution(exercise))
    assert checked.count("right") == checked.points == len(exercise.cells)
    assert not any(map(checked.mistakes, exercise.cells))


@pytest.mark.parametrize(("topic", "level"), LEVELS)
def test_a_mistake_in_a_right_solution_is_named_alone_or_among_those_that_give_the_same(topic, level):
    named = 0
    for seed in range(1, 5):  # of all topics and levels 204 exercises
        exercise = generate(topic, level, seed)
        missed, alone, several = misnamed(exercise, one_of_each(exercise))
        assert missed == []
        named += alone + several
    assert named > 10


def carried_answers(exercise, first, text):
    """What somebody types who begins with one wrong number and is right in method from there."""
    own = OwnSheet(Answers(exercise, {first: text}))
    shown = {place: on_screen(block, own.workings.of(*place)) for place, block in exercise.sheet.blocks.items()}
    typed = {name: all_digits(float(shown[cell.place][cell.row, cell.column])) for name, cell in exercise.cells.items()}
    return own, typed | {first: text}


@settings(max_examples=25)
@given(st.data())
def test_what_follows_from_a_wrong_number_is_right_in_method(data):
    exercise = data.draw(st.sampled_from([SEVEN, MAZUR, generate("backward", 2, 3), generate("whole_step", 2, 1)]))
    first = data.draw(st.sampled_from(list(exercise.cells)))
    right = exercise.right_number(exercise.cells[first])
    off = data.draw(st.integers(1, 9))
    own, typed = carried_answers(exercise, first, repr(right + off))
    checked = check_answers(exercise, typed)
    assert checked.verdicts[first].state == "wrong"
    for name, cell in exercise.cells.items():
        verdict = checked.verdicts[name]
        if name == first:
            continue
        if verdict.state == "wrong":
            assert own.is_trivial(cell.place)
            assert "Not counted" in str(checked.sentence(name)) or checked.mistakes(name)
        elif verdict.state == "carried":
            assert verdict.typed != pytest.approx(verdict.right, rel=1e-10, abs=1e-12)
            assert str(checked.sentence(name)).startswith("Right method, with your ")


def test_the_sentence_names_the_number_that_was_gone_on_with():
    typed = solution(SEVEN) | {"z 2 1 1": "4", "a 2 1 1": "4"}
    checked = check_answers(SEVEN, typed)
    assert SEVEN.right_number(SEVEN.cells["z 2 1 1"]) == 6.0
    assert checked.verdicts["a 2 1 1"].state == "carried"
    assert str(checked.sentence("a 2 1 1")) == "Right method, with your z of layer 2, unit 1, sample 1 = 4."
    assert checked.points == len(typed) - 1


def test_a_wrong_number_does_not_make_right_ones_wrong():
    checked = check_answers(SEVEN, solution(SEVEN) | {"z 1 1 1": "9"})
    assert checked.count("right") == len(SEVEN.cells) - 1


def test_a_number_that_makes_all_that_follows_0_carries_nothing():
    exercise = of(PRESETS["seven_layers"].document, "forward")
    zeros = {name: "-1" if name.startswith("z 1") else "0" for name in exercise.cells}
    checked = check_answers(exercise, zeros)
    assert checked.count("carried") == 0
    assert checked.verdicts["a 2 1 1"].state == "wrong"
    assert "nothing left to compute" in str(checked.sentence("z 3 1 1"))


def test_who_goes_on_with_a_rounded_number_is_carried_too():
    right = solution(MAZUR)
    a, z = "a 1 1 1", "z 2 1 1"
    rounded = f"{MAZUR.right_number(MAZUR.cells[a]):.3f}"
    weight, bias = PRESETS["mazur"].document.layers[1].weight, PRESETS["mazur"].document.layers[1].bias
    other = MAZUR.right_number(MAZUR.cells["a 1 2 1"])
    own = weight[0][0] * float(rounded) + weight[0][1] * other + bias[0]
    # a rate so that the difference is seen in three digits
    checked = check_answers(MAZUR, right | {a: rounded, z: repr(own)})
    assert checked.verdicts[a].state == "rounded"
    assert checked.verdicts[z].state == "rounded"
    assert "Right, rounded" in str(checked.sentence(a))


def test_what_is_no_number_is_not_wrong_and_what_is_empty_is_neither():
    checked = check_answers(SEVEN, {"z 1 1 1": "five", "z 1 2 1": " "})
    assert (checked.count("unreadable"), checked.count("wrong")) == (1, 0)
    assert checked.count("empty") == len(SEVEN.cells) - 1
    assert str(checked.sentence("z 1 1 1")) == "This is 'five', expected a number. It is not counted as wrong."


def test_one_equal_number_is_no_proof_if_another_contradicts_it():
    layer = {"weight": [[1, 2], [3, 1], [2, 2]], "bias": [5, -4, 3], "activation": "identity"}
    document = Document.parse({"layers": [layer], "x": [[2, 3]], "target": [[0, 0, 0]], "loss": "mse"})
    exercise, without = of(document, "z"), {"z 1 1 1": "8", "z 1 2 1": "9", "z 1 3 1": "10"}
    named = check_answers(exercise, without).mistakes("z 1 1 1")
    assert "bias_forgotten" in named
    # the bias was not forgotten in the second unit, or there is yet another number in the third
    for other in ({"z 1 2 1": "5"}, {"z 1 3 1": "40"}):
        assert "bias_forgotten" not in check_answers(exercise, without | other).mistakes("z 1 1 1")
    # what cannot be read and what is empty contradict nothing
    checked = check_answers(exercise, without | {"z 1 2 1": "", "z 1 3 1": "?"})
    assert "bias_forgotten" in checked.mistakes("z 1 1 1")


def test_a_mistake_is_made_on_the_learners_own_numbers():
    exercise = generate("backward", 2, 3)
    last = len(exercise.document.layers)
    own, typed = carried_answers(exercise, f"grad_a {last} 1 1", "7")
    number, closed = next(
        (number, closed)
        for number in range(last - 1, 0, -1)
        if (closed := (exercise.sheet.right.of("z", number) < 0) & (own.workings.of("grad_a", number) != 0)).any()
    )
    forgotten = {
        f"grad_z {number} {unit + 1} {sample + 1}": all_digits(float(grad))
        for (sample, unit), grad in np.ndenumerate(own.workings.of("grad_a", number))
    }
    checked = check_answers(exercise, typed | forgotten)
    for sample, unit in np.argwhere(closed):
        name = f"grad_z {number} {unit + 1} {sample + 1}"
        assert checked.verdicts[name].state == "wrong"
        assert "slope_forgotten" in checked.mistakes(name)
        said = str(checked.sentence(name))
        assert "forget the slope of the activation" in said
        assert "has to be multiplied by φ'(z) = 0" in said


def test_several_mistakes_that_give_the_same_number_are_all_said():
    exercise = generate("loss_gradient", 1, 1)
    right = solution(exercise)
    wrong = {
        name: all_digits(-exercise.right_number(exercise.cells[name])) for name in right if name.startswith("grad_a")
    }
    checked = check_answers(exercise, right | wrong)
    name = next(iter(wrong))
    assert set(checked.mistakes(name)) >= {"loss_sign_reversed", "sign_slip"}
    assert " either if you " in str(checked.sentence(name))
    assert "; or if you " in str(checked.sentence(name))


def test_a_loss_of_no_axis_is_checked_too():
    checked = check_answers(SEVEN, solution(SEVEN) | {"loss 7 1 1": "8"})
    assert checked.mistakes("loss 7 1 1") == ("sum_for_mean",)
    assert np.isclose(checked.verdicts["loss 7 1 1"].right, 4.0)
