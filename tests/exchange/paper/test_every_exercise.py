"""Every topic and level on paper and in platforms: no number but those given, and answers that are PyTorch's."""

import io
import re
from collections import Counter

import numpy as np
import pytest
from pypdf import PdfReader

from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.practice.draft import Draft
from mlpviz.practice.laid_out import bands_of, facts_of
from mlpviz.practice.topics import BACKWARDS, TOPICS, generate
from mlpviz.text.numbers import MINUS, NumberStyle, format_number
from tests.support import torch_answers
from tests.support.platform_readers import (
    QtiItem,
    moodle_fields,
    moodle_numbers,
    moodle_questions,
    qti_numbers,
    qti_package,
)

pytest.importorskip("torch")

LEVELS = [(key, level) for key in (*TOPICS, *BACKWARDS) for level in (1, 2, 3)]
EVERY = pytest.mark.parametrize(("topic", "level"), LEVELS)


def built(topic, level, seed):
    """What a teacher makes of an exercise of a topic: of every two cells one is asked for, and one given."""
    draft = Draft.of(generate(topic, level, seed))
    for number, cell in enumerate(list(draft.marks)):
        draft = draft.marked(cell.place, cell.row, cell.column, ("asked", "given")[number % 2])
    return draft.exercise()


def printed(exercise, key):
    reader = PdfReader(io.BytesIO(save_file(EXERCISES, Handout([exercise]), key).content))
    return [page.extract_text() for page in reader.pages]


def numbers_in(text):
    return Counter(re.findall(rf"{MINUS}?\d+(?:\.\d+)?(?:e{MINUS}?\d+)?", text))


def words_of(exercise):
    """All words on a sheet but those of its matrices."""
    document, topic = exercise.document, TOPICS.get(exercise.topic) or BACKWARDS.get(exercise.topic)
    named = [document.name]
    if topic:
        place = f"level {exercise.level}, exercise {exercise.seed}"
        named = [topic.label, topic.sentence, place, f"{exercise.topic} {exercise.level} {exercise.seed}"]
    *layers, loss = bands_of(document)
    bands = [word for band in (*layers, *([loss] if has_target(exercise) else [])) for word in band]
    return " ".join([*named, exercise.question, *facts_of(exercise), exercise.fingerprint, *bands])


ASIDE = ("loss_term", "loss", "grad_weight", "grad_bias", "grad_gamma", "grad_beta")
"""what no other number of a pass is computed from"""


def has_target(exercise):
    """Whether the answers depend on the target."""
    if exercise.goal is not None:
        return exercise.goal.tensor.startswith("grad")
    phases = {exercise.block(cell.place).quantity.phase for cell in exercise.cells.values()}
    return bool(phases & {"loss", "backward", "update"})


def given_numbers(exercise):
    """Every number that a sheet shows, from the document and from which block is computed from which."""
    document, sheet = exercise.document, exercise.sheet
    asked = {cell.place for cell in exercise.cells.values()}
    is_stepped = any(exercise.block(place).quantity.phase == "update" for place in asked)
    found = [*np.ravel(document.x), *(document.buffers if is_stepped else ())]
    for layer in document.layers:
        parts = (layer.weight, layer.bias, layer.gamma, layer.beta, layer.mask)
        found += [number for part in parts if part is not None for number in np.ravel(part)]
    if has_target(exercise):
        found += [*np.ravel(document.target)]
    if exercise.goal is not None:
        found.remove(0.0)  # the empty field
        return [*found, exercise.goal.number]
    if is_stepped:
        found += [number for slot in document.slots.values() for number in slot]
    found += [sheet.on_screen(cell.place)[cell.row, cell.column] for cell in exercise.given_cells]
    follows = False
    for place in sheet.order[: max(map(sheet.order.index, asked))]:
        if place in asked:
            follows = follows or place.tensor not in ASIDE
        elif not follows:
            found += [*sheet.on_screen(place).ravel()]
    return found


def counted(numbers, exercise):
    style = NumberStyle(3 if exercise.topic in ("", "softmax", *BACKWARDS) else 6)
    # float arithmetic may leave 1e-17 where another order of adding up gives 0
    return Counter(format_number(round(float(number), 12) + 0.0, style) for number in numbers)


def exercises_of(topic, level):
    yield generate(topic, level, 3)
    if topic in TOPICS:
        yield built(topic, level, 4)


@EVERY
def test_a_sheet_has_the_numbers_that_are_given_and_no_other_and_its_key_those_of_pytorch(topic, level):
    for exercise in exercises_of(topic, level):
        pages, words = printed(exercise, "worksheet-pdf"), numbers_in(words_of(exercise))
        assert len(pages) == 1
        given = counted(given_numbers(exercise), exercise)
        assert numbers_in(pages[0]) - words == given
        answers = counted(torch_answers.answers(exercise).values(), exercise)
        assert not (given + answers) - numbers_in(printed(exercise, "key-pdf")[0]), "the key has all"


@EVERY
def test_questions_for_platforms_show_what_is_given_and_take_the_answers_of_pytorch(topic, level):
    for exercise in exercises_of(topic, level):
        answers, given = torch_answers.answers(exercise), counted(given_numbers(exercise), exercise)
        (question,) = moodle_questions(exercise)
        assert Counter(moodle_numbers(question)) == given
        assert sorted(field[0][1] for field in moodle_fields(question)) == pytest.approx(sorted(answers.values()))
        content = qti_package(exercise).read("item0001.xml")
        assert Counter(qti_numbers(content)) == given
        item = QtiItem(content)
        assert item.correct() == pytest.approx(list(answers.values()))
        assert item.processed(list(answers.values())) == (len(answers), set())
