"""Questions for learning platforms, read as Moodle reads them, and by a library for QTI that is not ours."""

import html
import io
import re
import warnings
import zipfile

import numpy as np
import pytest
from defusedxml import ElementTree

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.platform_cells import MOST_MISTAKES, platform_cells
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.practice.blanks import blanks
from mlpviz.practice.checking import check_answers
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.laid_out import laid_out
from mlpviz.practice.topics import TOPICS, generate
from mlpviz.text.numbers import format_number

# how Moodle 4 finds the fields of a cloze question and their answers (question/type/multianswer/questiontype.php)
ANSWER = r"(?:(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?)"
FIELD = re.compile(r"\{([0-9]*):(NUMERICAL|NM):(" + ANSWER + "(?:~" + ANSWER + r")*)\}", re.DOTALL)
NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
NUMERICAL = re.compile(f"^({NUMBER})(?::({NUMBER}))?$")
TOPIC_LEVELS = [(topic, level) for topic in TOPICS for level in (1, 3)]


def own(preset, *parts, **changes):
    document = PRESETS[preset].document.replace(**changes)
    return Exercise.parse({"asked": blanks(document, parts), "document": document.to_json_value()})


def moodle_questions(*exercises):
    content = save_file(EXERCISES, Handout(exercises), "exercise_moodle").content
    return [each for each in ElementTree.fromstring(content) if each.get("type") == "cloze"]


def moodle_fields(question):
    """Of each field its answers: share of the mark, number, tolerance, feedback as the browser gets it.

    In the order of the question, which goes from layer to layer.
    """
    text = question.find("questiontext/text").text
    fields = []
    for field in FIELD.finditer(text):
        answers = []
        for sign, percent, answer, _, feedback in re.findall("~?" + ANSWER, field[3], re.DOTALL):
            number, tolerance = NUMERICAL.match(answer).groups()
            share = 1.0 if sign == "=" else float(percent or 0) / 100
            said = html.unescape(feedback).replace("\\}", "}").replace("\\#", "#")
            answers.append((share, float(number), float(tolerance or 0), said))
        fields.append(answers)
    left = FIELD.sub("", text)
    assert "{" not in left, "every brace was a field"
    return fields


class QtiItem:
    """An item as pyslet reads it, and its response processing as pyslet runs it."""

    def __init__(self, content):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is older than this Python
            from pyslet.qtiv2 import variables, xml

            read = xml.QTIDocument()
            read.read(src=io.BytesIO(content))
            self.item, self.variables = read.root, variables
        self.cells = sorted(
            (name for name in self.item.declarations if name.startswith("CELL")), key=lambda x: int(x[4:])
        )

    def processed(self, typed=None):
        """Points and feedback for these answers; for the right ones that the item has if none are given."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            state = self.variables.ItemSessionState(self.item)
            state.begin_session()
            state.set_outcome_defaults()
            for place, name in enumerate(self.cells):
                state[name].set_value(state[f"{name}.CORRECT"].value if typed is None else typed[place])
            self.item.ResponseProcessing.run(state)
            return state["SCORE"].value, set(state["FEEDBACK"].value or ())


def qti_package(*exercises):
    return zipfile.ZipFile(io.BytesIO(save_file(EXERCISES, Handout(exercises), "exercise_qti").content))


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
            assert checked.verdicts[name].mistakes, "the catalogue knows it"
            assert wrong.sentence.startswith(format_number(float(wrong.number)))


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
