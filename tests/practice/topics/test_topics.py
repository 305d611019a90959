import pytest

from mlpviz.network import Document, DocumentError
from mlpviz.practice.checking import check_answers
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics import TOPICS, generate
from mlpviz.practice.topics.generator import told_apart
from mlpviz.practice.topics.topic import has_gates
from tests.support.practice_topics import LEVELS, broken_promises, solution


def test_there_are_at_least_twelve_topics_of_three_levels():
    assert len(TOPICS) >= 12
    assert all(len(topic.levels) == 3 for topic in TOPICS.values())


@pytest.mark.parametrize(("topic", "level"), LEVELS)
def test_an_exercise_keeps_what_its_level_promises(topic, level):
    for seed in range(6):
        exercise = generate(topic, level, seed)
        assert list(broken_promises(exercise)) == []
        checked = check_answers(exercise, solution(exercise))
        assert checked.count("right") == len(exercise.cells)
        assert not any(map(checked.mistakes, exercise.cells))
        told = told_apart(exercise.sheet, {cell.place: None for cell in exercise.cells.values()})
        assert told.apart > 0.7 * told.pairs


def test_the_same_seed_gives_the_same_exercise_and_another_another():
    made = [generate("backward", 2, seed).fingerprint for seed in (3, 3, 4)]
    assert made[0] == made[1] != made[2]
    assert generate("backward", 1, 3).fingerprint != made[0]


def test_the_hardest_backward_pass_has_seven_layers():
    assert len(generate("backward", 3, 1).document.layers) == 7


@pytest.mark.parametrize(
    ("weights", "has"), [([1, -1], True), ([1, 2], False), ([-1, -2], False), ([1, 0], False), ([1, -1, 0], False)]
)
def test_gates_are_open_and_closed_and_none_is_in_between(weights, has):
    layer = {"weight": [[weight] for weight in weights], "bias": None, "activation": "relu"}
    document = Document.parse({"layers": [layer], "x": [[2]], "target": [[1] * len(weights)], "loss": "mse"})
    assert has_gates(WorkedSheet(document)) == has


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bakward", 1, 1), "the topic is 'bakward' (did you mean backward?)"),
        (("backward", 4, 1), "the level is 4, expected a number from 1 to 3"),
        (("backward", 1, -1), "the seed is -1, expected a number from 0 to 4294967295"),
    ],
)
def test_what_there_is_not_is_said(arguments, message):
    with pytest.raises(DocumentError) as error:
        generate(*arguments)
    assert str(error.value) == message
