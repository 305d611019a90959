"""Edits that are made in a browser and on a document beside it: what is lost or done twice makes them differ."""

from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document
from mlpviz.network.edits import apply
from tests.e2e.waiting import until

AWAY, SILENT = "The server cannot be reached", "The server has not answered for a while"
QUIET = ("ERR_CONNECTION_REFUSED", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_RESET", "server endpoint", "not responding")
QUIET += ("DoInitPings", "WebSocket connection", "404", "when disconnected from server")
"""what the console says of all this"""


def sheet_document():
    """A small network that each update changes."""
    return PRESETS["mazur"].document


class Edits:
    """The same edits in the browser and on a document, of which an update counts each time that it is carried out."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.document = sheet_document()

    def type(self, row, column, value):
        self.sheet.type_into("weight.2", row, column, str(value))
        place = {"tensor": "weight", "layer": 2, "row": row, "column": column}
        self._do({"type": "set", **place, "value": value})

    def update(self):
        self.sheet.page.get_by_role("button", name="Apply update").click()
        self._do({"type": "update", "times": 1})

    def _do(self, event):
        self.document = apply(self.document, event).document

    def are_there(self):
        until(lambda: self._numbers(self._in_address()) == self._numbers(self.document))

    def _in_address(self):
        return Document.from_link(self.sheet.page.evaluate("() => new URL(location.href).searchParams.get('d')"))

    @staticmethod
    def _numbers(document):
        return document.params.tobytes()
