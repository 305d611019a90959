"""Reading that takes too long is stopped with one sentence, on every way in; all else is as without a limit."""

import threading
import time
from dataclasses import replace

import pytest

from mlpviz import exchange
from mlpviz.config import load
from mlpviz.config.sources import CsvSource
from mlpviz.exchange import imports, open_file
from mlpviz.exchange.imports import IMPORTS, ForeignFile, read_network
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import DocumentError
from mlpviz.schema import time_limit
from mlpviz.schema.reader_sign import is_comma, typed_with
from mlpviz.schema.time_limit import within_time
from mlpviz.train_page import data_actions
from mlpviz.train_page.page import FIRST
from mlpviz.train_page.session import TrainSession

CSV = "a,b\n1,2\n3,4\n"


@pytest.fixture
def slow(monkeypatch):
    """A reader that never ends by itself, under a short limit; afterwards its thread has ended."""
    monkeypatch.setattr(time_limit, "READING", 0.05)
    threads = []

    def read(*_):
        threads.append(threading.current_thread())
        try:
            while True:
                time.sleep(0.001)
        except Exception:  # what a reader catches must not keep it going
            return

    yield read
    (thread,) = threads
    thread.join(10)
    assert not thread.is_alive()


def stopped():
    return pytest.raises(DocumentError, match=r"^reading the file takes more than 0.05 seconds: expected a smaller")


def test_a_file_of_another_tool_has_a_limit(slow, monkeypatch):
    entry = replace(IMPORTS["brainjs_json"], read=slow)
    monkeypatch.setattr(imports, "format_of", lambda file: entry)
    with stopped():
        read_network(ForeignFile("slow.json", b"{}"))


def test_a_file_of_ours_has_a_limit(slow, monkeypatch):
    entry = exchange.FORMATS["network_json"]
    entry = replace(entry, opening=replace(entry.opening, read=slow))
    monkeypatch.setattr(exchange, "FORMATS", {"network_json": entry})
    with stopped():
        open_file(NETWORK, b"{}")


def test_a_table_has_a_limit(slow, monkeypatch):
    monkeypatch.setattr(load, "read_csv", slow)
    source = CsvSource.model_validate({"kind": "csv", "file": "slow.csv", "target": "b", "content": CSV})
    with stopped():
        load.load_table(source)


def test_a_workbook_of_data_has_a_limit(slow, monkeypatch):
    monkeypatch.setattr(data_actions, "is_workbook", lambda content: True)
    monkeypatch.setattr(data_actions, "sheet_text", slow)
    with stopped():
        data_actions.open_csv(TrainSession.of(FIRST), "slow.xlsx", b"")


def test_what_is_read_in_time_comes_with_what_surrounds_it():
    with typed_with(","):
        assert within_time(is_comma)
    with pytest.raises(KeyError, match="own"):
        within_time(lambda: {}["own"])
