"""The Check page: a row per tensor of the network on the sheet, and mistakes to plant in its backward pass."""

from __future__ import annotations

from typing import TypedDict

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.events import OF_ITSELF, Dispatcher, EventKind, UnknownEventError, not_done
from mlpviz.app.page import HandOver, answer_of
from mlpviz.app.protocol import Answer, Received
from mlpviz.check_page.session import CheckSession
from mlpviz.check_page.table import COLUMNS, Row, rows_of
from mlpviz.engine.registry import Registry
from mlpviz.examples.networks import PRESETS
from mlpviz.network import Document, DocumentError
from mlpviz.practice.mistakes import MISTAKES
from mlpviz.text.numbers import all_digits, format_number

INTRODUCTION = (
    "Each tensor of the network on the sheet, computed three times: by our NumPy engine, by PyTorch's autograd, "
    "and for the gradients by central differences, which only ever run the network forward. "
    "The new parameters are those of torch.optim, which gets the same gradient and the same memory; "
    "where it lacks an optimizer, its rows say that the step beside it is written by hand."
)


class CheckState(TypedDict):
    """All that the page shows. `mistakes` and `columns` are pairs of a key and a label; the rows have texts."""

    introduction: str
    mistakes: list[list[str]]
    planted: str
    sentence: str
    ok: bool
    summary: str
    all_digits: bool
    torch_version: str
    columns: list[list[str]]
    rows: list[Row]
    caption: str


def _plant(session: CheckSession, key: str) -> None:
    if key and key not in session.mistakes:
        raise DocumentError("this mistake cannot be planted in this network: choose one from the list")
    session.planted = key


def _digits(session: CheckSession, all: bool) -> None:
    session.all_digits = all


EVENTS: Dispatcher[CheckSession] = Dispatcher(
    Registry(
        "event of the Check page",
        (
            EventKind("plant", "plant a mistake in the backward pass", _plant),
            EventKind("digits", "show all digits", _digits),
            *OF_ITSELF,
        ),
    ),
    (ValueError, UnknownEventError),
    not_done,
)
"""The events by their type."""


class CheckPage:
    """The Check page, about the network of the sheet."""

    key = "check"
    path = "check"
    title = "Check"
    purpose = "is every number right? NumPy beside PyTorch and central differences"
    reads = "sheet"
    stays_in_address = False

    def open(self, _: Address) -> CheckSession:
        """A session without a network of its own: the sheet's is handed over before anything is shown."""
        return CheckSession(document=next(iter(PRESETS.values())).document)

    def handle(self, session: CheckSession, request: Received) -> Answer:
        """Carry out the events, and show the check after them."""
        events = session.new_events(request)
        if events is not None:
            EVENTS.carry_out(session, events)
        return answer_of(self.key, session, _state(session))

    def take(self, session: CheckSession, hand_over: HandOver) -> None:
        """Check this network from now on; a mistake that does not fit it is removed."""
        session.take(hand_over.network)

    def document(self, session: CheckSession) -> Document:
        """The network that is checked."""
        return session.document

    def address_elsewhere(self, _: CheckSession) -> AddressChange:
        """Nothing."""
        return {}


CHECK = CheckPage()


def _state(session: CheckSession) -> CheckState:
    report = session.report
    version = f"PyTorch {report.torch_version}" if report.torch_version else "PyTorch is not installed: not compared"
    return {
        "introduction": INTRODUCTION,
        "mistakes": [[key, label] for key, label in session.mistakes.items()],
        "planted": session.planted,
        "sentence": MISTAKES[session.planted].sentence if session.planted else "",
        "ok": report.ok,
        "summary": report.summary,
        "all_digits": session.all_digits,
        "torch_version": report.torch_version or "",
        "columns": COLUMNS,
        "rows": rows_of(report, all_digits if session.all_digits else format_number),
        "caption": f"float64 throughout · {version} · "
        "central differences with a step near the cube root of the precision",
    }
