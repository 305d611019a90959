"""Questions for learning platforms as others read them: Moodle's own patterns, and pyslet, a library for QTI."""

import html
import io
import re
import warnings
import zipfile

from defusedxml import ElementTree

from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import EXERCISES, Handout

# how Moodle 4 finds the fields of a cloze question and their answers (question/type/multianswer/questiontype.php)
ANSWER = r"(?:(=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?(.+?(?<!\\|&)(?=[~#}]|$))(#(.*?(?<!\\)(?=[~}]|$)))?)"
FIELD = re.compile(r"\{([0-9]*):(NUMERICAL|NM):(" + ANSWER + "(?:~" + ANSWER + r")*)\}", re.DOTALL)
NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
NUMERICAL = re.compile(f"^({NUMBER})(?::({NUMBER}))?$")


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

    def correct(self):
        """The right answers that the item has."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            state = self.variables.ItemSessionState(self.item)
            state.begin_session()
            return [state[f"{name}.CORRECT"].value for name in self.cells]


def qti_package(*exercises):
    return zipfile.ZipFile(io.BytesIO(save_file(EXERCISES, Handout(exercises), "exercise_qti").content))


def moodle_numbers(question):
    """The texts of the cells of a question that are no fields."""
    text = FIELD.sub("", question.find("questiontext/text").text)
    return [html.unescape(cell) for cell in re.findall(r"<td>([^<]+)</td>", text)]


def qti_numbers(content):
    """The texts of the cells of an item that are no fields."""
    cells = ElementTree.fromstring(content).iter("{http://www.imsglobal.org/xsd/imsqti_v2p1}td")
    return [text for cell in cells if (text := (cell.text or "").strip())]
