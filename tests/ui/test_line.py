"""The lines: what their routes answer to whom, and when they end."""

import asyncio
import gc
import json
import threading
import weakref

import pytest
from starlette.websockets import WebSocket

from mlpviz.content.presets import PRESETS
from mlpviz.edits import History
from mlpviz.ui.line import Line, line_of
from mlpviz.ui.routes import routes
from mlpviz.ui.session import Session
from mlpviz.ui.step_through import answer


class Owner:
    def __init__(self):
        self.heard = []


def echo(owner, message):
    owner.heard.append(message)
    return json.dumps({"said": message, "thread": threading.get_ident()}).encode()


def talk(*texts):
    """What a browser that says these texts and goes gets to hear: the answers, and the code of the closing or None."""
    incoming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", "text": text} for text in texts)]
    heard, closed = [], None

    async def receive():
        return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1001}

    async def send(event):
        nonlocal closed
        if event["type"] == "websocket.send":
            heard.append(json.loads(event["text"]))
        elif event["type"] == "websocket.close":
            closed = event["code"]

    (route,) = routes()
    # in a thread of its own: a browser of the other tests may have its event loop in this one
    thread = threading.Thread(
        target=lambda: asyncio.run(route.endpoint(WebSocket({"type": "websocket", "headers": []}, receive, send)))
    )
    thread.start()
    thread.join()
    return heard, closed


def test_messages_are_answered_one_after_the_other():
    owner = Owner()
    line = Line(owner, echo)
    heard, closed = talk(line.token, '{"a": 1}', '{"b": 2}')
    assert [answer["said"] for answer in heard] == owner.heard == [{"a": 1}, {"b": 2}]
    assert closed is None


def test_an_answer_is_made_beside_the_event_loop():
    line = Line(owner := Owner(), echo)
    ((answered,), _) = talk(line.token, "{}")
    assert answered["thread"] != threading.get_ident()
    assert owner.heard


def test_a_token_that_nobody_has_is_closed():
    assert talk("no such token", "{}") == ([], 4404)


@pytest.mark.parametrize("text", ["no JSON", "[1]", '"text"', "[" * 100_000, ""])
def test_what_is_no_object_is_closed(text):
    line = Line(owner := Owner(), echo)
    assert talk(line.token, text) == ([], 1007)
    assert owner.heard == []


def test_what_is_too_large_is_closed():
    line = Line(owner := Owner(), echo)
    assert talk(line.token, json.dumps({"text": "x" * 6_000_000})) == ([], 1009)
    assert owner.heard == []


def test_an_answer_that_fails_closes_the_line(caplog):
    def fails(owner, message):
        raise KeyError(f"planted for {message} of {owner}")

    line = Line(owner := Owner(), fails)
    assert talk(line.token, "{}") == ([], 1011)
    assert "planted" in caplog.text
    assert owner


def test_the_line_ends_with_its_owner():
    owner = Owner()
    owner.line = Line(owner, echo)
    token = owner.line.token
    assert line_of(token) is owner.line
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None
    assert line_of(token) is None


def test_tokens_differ():
    owners = [Owner() for _ in range(100)]
    assert len({Line(owner, echo).token for owner in owners}) == 100


def test_the_sheet_is_answered_on_its_line():
    first = PRESETS["seven_layers"].document
    session = Session(History(first), first)
    session.line = Line(session, answer)
    edit = {"type": "set_learning_rate", "value": 0.125}
    heard, _ = talk(session.line.token, json.dumps({"sequence": 1, "edits": [edit]}))
    assert session.document.learning_rate == 0.125
    assert [(scene["acknowledged"], scene["version"]) for scene in heard] == [(1, session.version)]
    assert heard[0]["line"] == session.line.address


def test_edits_of_many_threads_all_arrive():
    first = PRESETS["xor"].document
    session = Session(History(first), first)
    widen = {"edits": [{"type": "set_learning_rate", "value": 0.5}]}
    threads = [threading.Thread(target=answer, args=(session, widen)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.version == 16
