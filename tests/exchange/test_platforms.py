"""Questions for learning platforms, read as Moodle reads them, and by a library for QTI that is not ours."""

import numpy as np
import pytest
from defusedxml import ElementTree

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange.platform_cells import MOST_MISTAKES, platform_cells
from mlpviz.practice.blanks import blanks
from mlpviz.practice.check import check
from mlpviz.practice.checking import check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import laid_out
from mlpviz.practice.topics import BACKWARDS, TOPICS, generate
from mlpviz.text.numbers import format_number
from tests.support.platform_readers import FIELD, QtiItem, moodle_fields, moodle_questions, qti_package

TOPIC_LEVELS = [(topic, level) for topic in TOPICS for level in (1, 3)]


def own(preset, *parts, **changes):
    document = PRESETS[preset].document.replace(**changes)
    return Exercise.parse({"asked": blanks(document, parts), "document": document.to_json_value()})


def right_numbers(exercise):
    return [exercise.right_number(cell) for cell in exercise.cells.values()]


def right_by_layer(exercise):
    blocks = sorted(laid_out(exercise), key=lambda block: block.band)
    return [exercise.right_number(exercise.cells[name]) for block in blocks for _, name in sorted(block.asked.items())]


@pytest.mark.parametrize(("topic", "level"), TOPIC_LEVELS)
def test_moodle_gives_full_marks_for_the_right_numbers_alone(topic, level):
    exercise = generate(topic, level, 2)
    fields = moodle_fields(*moodle_questions(exercise))
    assert len(fields) == len(exercise.cells)
    for answers, right in zip(fields, right_by_layer(exercise), strict=True):
        share, number, tolerance, _ = answers[0]
        assert (share, number) == (1.0, pytest.approx(right, abs=1e-9))
        assert tolerance <= max(0.005 * abs(right), 0.0)
        assert all(share == 0.0 and abs(wrong - right) > tolerance for share, wrong, *_ in answers[1:])


@pytest.mark.parametrize(("topic", "level"), TOPIC_LEVELS)
def test_a_wrong_number_of_a_question_is_said_to_be_what_the_check_says(topic, level):
    exercise = generate(topic, level, 4)
    cells = platform_cells(exercise)
    assert sum(len(cell.wrong) for cell in cells.values()) > 0
    for name, cell in list(cells.items())[:6]:
        assert len({float(each.number) for each in cell.wrong}) == len(cell.wrong) <= MOST_MISTAKES
        for wrong in cell.wrong:
            checked = check_answers(exercise, {name: wrong.number})
            assert checked.verdicts[name].state == "wrong", (name, wrong)
            assert checked.mistakes(name), "the catalogue knows it"
            assert wrong.sentence.startswith(format_number(float(wrong.number)))


@pytest.mark.parametrize("topic", BACKWARDS)
def test_of_a_question_backwards_a_platform_says_what_comes_out(topic):
    exercise = generate(topic, 2, 4)
    ((name, cell),) = platform_cells(exercise).items()
    assert len(cell.wrong) > 8
    for wrong in cell.wrong:
        checked = check(exercise, {name: wrong.number})
        assert (checked.verdicts[name].state, str(checked.sentence(name))) == ("wrong", wrong.sentence)
        assert "comes out as" in wrong.sentence


@pytest.mark.parametrize(("topic", "level"), [*((topic, 1) for topic in TOPICS), ("softmax", 3), ("adam", 2)])
def test_a_library_for_qti_marks_as_the_exercise_does(topic, level):
    exercise = generate(topic, level, 3)
    item = QtiItem(qti_package(exercise).read("item0001.xml"))
    assert item.processed() == (len(exercise.cells), set())
    right = right_numbers(exercise)
    assert item.processed(right) == (len(exercise.cells), set())
    # one mistake in each cell of which one is known: no point, and its sentence
    cells = list(platform_cells(exercise).values())
    typed = [float(cell.wrong[0].number) if cell.wrong else right[place] for place, cell in enumerate(cells)]
    expected = {f"CELL{place}_MISTAKE1" for place, cell in enumerate(cells, start=1) if cell.wrong}
    assert item.processed(typed) == (len(cells) - len(expected), expected)
    assert item.processed([number + 1234.5 for number in right]) == (0, set())


def test_rounded_numbers_are_right_and_coarser_ones_are_not():
    exercise = own("mazur", "a.1", "z.2")
    right = right_numbers(exercise)
    item = QtiItem(qti_package(exercise).read("item0001.xml"))
    fields = moodle_fields(*moodle_questions(exercise))
    for digits, expected in ((3, len(right)), (1, 0)):
        typed = [float(f"{number:.{digits}g}") for number in right]
        assert item.processed(typed)[0] == expected
        assert (
            sum(abs(number - field[0][1]) <= field[0][2] for number, field in zip(typed, fields, strict=True))
            == expected
        )


def test_a_file_has_a_question_for_each_variant_and_a_manifest():
    exercises = [generate("layer", 1, seed) for seed in range(1, 8)]
    questions = moodle_questions(*exercises)
    assert len({each.find("name/text").text for each in questions}) == 7
    assert [each.find("idnumber").text for each in questions] == [each.fingerprint for each in exercises]
    package = qti_package(*exercises)
    manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
    names = [each.get("href") for each in manifest.iter("{http://www.imsglobal.org/xsd/imscp_v1p1}resource")]
    assert sorted(package.namelist()) == sorted(["imsmanifest.xml", *names])
    for name, exercise in zip(names, exercises, strict=True):
        item = QtiItem(package.read(name))
        assert f"exercise {exercise.seed}" in item.item.title
        np.testing.assert_allclose(item.processed()[0], len(exercise.cells))


def test_the_same_exercises_give_the_same_file():
    assert qti_package(generate("layer", 1, 1)).fp.getvalue() == qti_package(generate("layer", 1, 1)).fp.getvalue()


def test_words_of_people_are_neither_markup_nor_fields():
    words = "{1:NUMERICAL:=1} <script>alert(1)</script> & ~ # }"
    exercise = own("mazur", "z.1", name=words)
    exercise = exercise.model_copy(update={"question": words})
    (question,) = moodle_questions(exercise)
    assert question.find("name/text").text == words
    assert len(moodle_fields(question)) == len(exercise.cells)
    assert "<script>" not in question.find("questiontext/text").text
    item = QtiItem(qti_package(exercise).read("item0001.xml"))
    assert item.item.title == words
    assert len(item.cells) == len(exercise.cells)


def test_no_question_has_a_number_that_follows_from_its_answers():
    exercise = own("mazur", "z.1")
    text = moodle_questions(exercise)[0].find("questiontext/text").text
    shown = FIELD.sub("", text)
    assert "a =" not in shown
    assert "0.377" not in shown
