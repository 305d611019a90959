"""The log as JSON: each entry a line, and nothing in it that a visitor gave."""

import json
import logging

from mlpviz.app.faults import FAULTS, attempt
from mlpviz.hosts.streamlit.log import JsonLines, log_json


def test_an_error_is_told_without_its_message(capsys, monkeypatch):
    logger = logging.getLogger("mlpviz")
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "propagate", True)
    monkeypatch.setattr(FAULTS, "count", 0)
    log_json()

    def fails():
        raise ValueError("what Maria typed")

    attempt("The review", fails, str)
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["event"]) == ("error", "mlpviz.app.faults", "The review failed")
    assert entry["error"] == "ValueError"
    assert any("test_log.py" in place for place in entry["at"])
    assert "Maria" not in line


def test_an_entry_is_one_line():
    record = logging.LogRecord("mlpviz.x", logging.INFO, "", 0, "two\nlines of %s", ("it",), None)
    text = JsonLines().format(record)
    assert "\n" not in text
    assert json.loads(text)["event"] == "two\nlines of it"
