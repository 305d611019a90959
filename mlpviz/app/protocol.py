"""The JSON between a browser and a page: requests and answers. The same for every page and every host.

What is in `state` is each page's own (`sheet_page/state.py`, `train_page/state.py`, `check_page/page.py`,
`practice_page/page.py`, `lesson_page/state.py`), and the
arguments of an event are the parameters of its function in the page's registry of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NotRequired, TypedDict

from mlpviz.text.sentences import Sentence

Event = Mapping[str, Any]
"""One action of a person or the browser: {"type", "gesture"?, arguments}. Untrusted."""

Received = Mapping[str, Any]
"""A request as it arrives: it should be a `Request`, but is not checked yet."""

ProofStatus = Literal["ok", "partly", "wrong"]


class Request(TypedDict):
    """One message of the browser to a page.

    Each `sequence` of a page is carried out once. Without one it is a question, which changes nothing and may be
    answered in parallel to other messages. `view` is what the reader of the sheet looks at, `decimal` the sign in
    the numbers that are typed: a comma, or left out for a point.
    """

    page: str
    events: list[dict[str, Any]]
    sequence: NotRequired[int]
    view: NotRequired[str]
    decimal: NotRequired[str]


class SaidMessage(TypedDict):
    """The error and notice after an action; `number` grows with each action.

    `offer` has the words of a button beside them: pressing it sends the event `accept`.
    """

    number: int
    error: str | None
    notice: Sentence | str | None
    offer: str | None


class Piece(TypedDict):
    """A piece of a file for the browser: `bytes` in base64, from byte `at` on, of `size` in all.

    `purpose` is "save", or "keep" for what the tab holds by itself, for a reload or another server.
    """

    number: int
    name: str
    type: str
    purpose: Literal["save", "keep"]
    size: int
    at: int
    bytes: str


class ProofMessage(TypedDict):
    """The result of the check of this version of the network; `status` is None before the check."""

    version: str
    status: ProofStatus | None
    text: NotRequired[str]
    detail: NotRequired[str]


class Answer(TypedDict):
    """What a page answers.

    `acknowledged` is the number of the newest message that was carried out. An answer to a question has None and an
    empty `state`: what it would acknowledge may have been lost, and with it what the page must show. `state` has
    `unshown` alone where a fault keeps the page from being shown. `address` has parameters of the URL to set, or to
    remove where they are None. `go` is the page to open, `next` the milliseconds after which to send a tick. With
    `tab_token` a reloaded tab asks for its session.
    """

    page: str
    acknowledged: int | None
    state: dict[str, Any]
    said: SaidMessage
    address: dict[str, str | None]
    go: str | None
    file: Piece | None
    next: int | None
    proof: ProofMessage | None
    tab_token: NotRequired[str]
