"""Lessons as files: every one is read, fits its networks, points at what is seen, and gives nothing away."""

import pytest

from mlpviz.lessons import LESSONS
from mlpviz.lessons.asking import QUESTIONS
from mlpviz.lessons.lesson_files import read_lesson
from mlpviz.network import DocumentError
from mlpviz.practice.topics import generate

SMALL = """
title = "Small"
about = "One weight."
[practise]
topic = "one_neuron"
[networks.small]
layers = [{ weight = [[2]], activation = "identity" }]
x = [[3]]
target = [[1]]
loss = "half_sse"
[networks.after]
like = "small"
updates = 1
"""


def small(steps, head=SMALL):
    return read_lesson("07_small.toml", head + steps)


def step(**fields):
    return "[[steps]]\n" + "".join(f"{name} = {value}\n" for name, value in ({"say": '"Look."'} | fields).items())


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.key)
def test_every_lesson_fits_its_networks_and_ends_in_practice(lesson):
    assert len(lesson.shown) == len(lesson.steps)
    assert any(one.asking for one in lesson.shown)
    practise = lesson.practise
    assert generate(practise.topic, practise.level, practise.seed).cells
    assert all(len(str(one.text_of(one.step.say))) < 400 for one in lesson.shown)
    # who is wrong is helped on, and who is right is told why
    assert all(one.step.help and one.step.then for one in lesson.shown if one.asking)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=lambda lesson: lesson.key)
def test_what_is_said_after_a_comparison_says_what_came_out(lesson):
    words = {"-1": ("falls", "smaller"), "1": ("larger", "grows"), "0": ("same",)}
    for one in lesson.shown:
        if one.step.compare:
            assert any(word in one.step.then.lower() for word in words[one.asking.answer]), one.step.then
        if one.step.sign:
            said = str(one.text_of(one.step.then)).lower()
            assert any(
                word in said for word in {"-1": ("negative", "−"), "1": ("positive",), "0": ("0",)}[one.asking.answer]
            )


def test_every_kind_of_question_is_asked():
    asked = {one.asking.kind.key for lesson in LESSONS.values() for one in lesson.shown if one.asking}
    assert asked == set(QUESTIONS)


def test_answers_and_numbers_in_texts_are_those_of_the_engine():
    asked = [
        ('sign = "grad_weight 1 1 1"', "1"),
        ('compare = ["after: loss 1 1 1", "loss 1 1 1"]', "-1"),
        ('largest = ["weight 1 1 1", "x 0 1 1", "target 1 1 1"]', "1"),
        ('zeros = "z.1"', 0.0),
        ('ratio = ["z 1 1 1", "x 0 1 1"]', 2.0),
    ]
    for line, right in asked:
        (shown,) = small(step(ask='"?"', then='"{z 1 1 1} and {after: weight 1 1 1}"') + line).shown
        assert shown.asking.answer == right
        assert shown.asking.check(shown.asking.right_answer()).state == "right"
        # (2 · 3 − 1) · 3 = 15 times the learning rate of a document that says none
        assert str(shown.text_of(shown.step.then)) == "6 and 0.5"
    (shown,) = small(step(ask='"?"', cells='["z.1", "new_weight 1 1 1"]')).shown
    assert shown.asking.right_texts() == {"z 1 1 1": "6", "new_weight 1 1 1": "0.5"}


@pytest.mark.parametrize(
    ("steps", "sentence"),
    [
        (step(ask='"?"'), "step 1: a question needs both ask, and one of cells, sign"),
        (step(sign='"z 1 1 1"'), "step 1: a question needs both ask"),
        (step(ask='"?"', sign='"z 1 1 1"', zeros='"z.1"'), "step 1: asks sign and zeros, expected one of them"),
        (step(ask='"?"', sign='"z 2 1 1"'), "the sheet has no block 'z.2'"),
        (step(ask='"?"', sign='"z 1 1 2"'), "z of layer 1 has 1 row and 1 column"),
        (step(ask='"?"', sign='"z.1"'), "z.1 is a whole block, expected a cell such as z 1 1 1"),
        (step(ask='"?"', sign='"later: z 1 1 1"'), "there is no network 'later', expected one of small, after"),
        (step(ask='"?"', largest='["z 1 1 1", "z 1 1 1"]'), "two of the cells are equally large"),
        (step(show='["zz"]'), "the sheet has no part 'zz'"),
        (step(network='"big"'), "there is no network 'big'"),
        (step(say='"It is {z 1 1 1}."', ask='"?"', sign='"z 1 1 1"'), "say: z of layer 1, unit 1, sample 1 is told"),
        (step(help='"{a 1 1 1}"', ask='"?"', cells='["z.1"]'), "help: a of layer 1, unit 1, sample 1 is told before"),
        (step(then='"{z 1 1 1}"') + step(ask='"?"', cells='["z.1"]'), "step 1: z of layer 1, unit 1, sample 1 is told"),
        (step(say='"{z}"'), "say: 'z' is no block such as z.2"),
    ],
)
def test_a_step_that_does_not_fit_is_one_sentence(steps, sentence):
    with pytest.raises(DocumentError) as raised:
        _ = small(steps).shown
    assert sentence in str(raised.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("title = ", "07_small.toml is not TOML"),
        (SMALL.replace("about", "abuot") + step(), "abuot"),
        (SMALL.replace("one_neuron", "one_nueron") + step(), "is 'one_nueron' (did you mean one_neuron?)"),
        (SMALL + step(pint='["z.1"]'), "pint"),
        (SMALL + 'steps = "none"', "steps"),
        (SMALL, "steps"),
        ("x" * 200_001, "at most 200,000 are allowed"),
    ],
)
def test_a_file_that_is_no_lesson_is_one_sentence(text, sentence):
    with pytest.raises(DocumentError) as raised:
        read_lesson("07_small.toml", text)
    assert sentence in str(raised.value)
    assert str(raised.value).startswith("07_small.toml")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (('like = "small"', 'like = "smal"'), "networks.after.like is 'smal'"),
        (('like = "small"', 'like = "after"'), "networks.after.like is 'after'"),
        (('like = "small"', 'example = "none"'), "networks.after.example is 'none'"),
        (('like = "small"', 'like = "small"\nx = [[1, 2]]'), "networks.after: "),
    ],
)
def test_a_network_that_is_none_is_one_sentence(change, sentence):
    with pytest.raises(DocumentError) as raised:
        _ = small(step(network='"after"'), SMALL.replace(*change)).shown
    assert sentence in str(raised.value)


def test_the_key_is_the_name_of_the_file_and_the_order_that_of_the_names():
    assert small(step()).key == "small"
    assert list(LESSONS)[:2] == ["tour", "one_neuron"]
