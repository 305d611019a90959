"""The channels: what their socket answers to whom, and when they end."""

import asyncio
import gc
import json
import threading
import time
import weakref

import pytest
from starlette.websockets import WebSocket

from mlpviz.app.visitor import Visitor, answer_json
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.streamlit.channel import Channel, channel_of
from mlpviz.hosts.streamlit.open_lines import OpenLines
from mlpviz.hosts.streamlit.pools import LIGHT, Precedence
from mlpviz.hosts.streamlit.websocket import channel_route
from tests.support.event_loop import finished
from tests.support.messages import read_message


class Owner:
    def __init__(self):
        self.heard = []


def echo(owner, message):
    owner.heard.append(message)
    return json.dumps({"said": message, "thread": threading.get_ident()}).encode()


def talk(*texts, until=0):
    return finished(conversation(*texts, until=until))


async def conversation(*texts, until=0):
    """What a browser that says these texts and goes gets to hear: the answers, and the code of the closing or None.

    It goes once it has heard `until` answers, or when the socket is closed.
    """
    said = ({"bytes": text} if isinstance(text, bytes) else {"text": text} for text in texts)
    incoming = [{"type": "websocket.connect"}, *({"type": "websocket.receive", **each} for each in said)]
    heard, closed = [], None

    async def receive():
        while not incoming and closed is None and (isinstance(until, str) or len(heard) < until):
            await asyncio.sleep(0.001)
        return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1001}

    async def send(event):
        nonlocal closed
        if event["type"] == "websocket.send":
            heard.append(read_message(event.get("text") or event["bytes"]))
        elif event["type"] == "websocket.close":
            closed = event["code"]

    route = channel_route(OpenLines(100, 10))
    await route.endpoint(WebSocket({"type": "websocket", "headers": []}, receive, send))
    return heard, closed


def test_messages_are_answered_one_after_the_other():
    owner = Owner()
    channel = Channel(owner, echo)
    heard, closed = talk(channel.token, '{"sequence": 1}', '{"sequence": 2}')
    assert [answer["said"] for answer in heard] == owner.heard == [{"sequence": 1}, {"sequence": 2}]
    assert closed is None


def test_an_answer_is_made_beside_the_event_loop():
    channel = Channel(owner := Owner(), echo)
    ((answered,), _) = talk(channel.token, '{"sequence": 1}')
    assert answered["thread"] != threading.get_ident()
    assert owner.heard


def test_between_ticks_something_goes_on_in_a_thread_of_its_own(caplog):
    going_on, heard = threading.Event(), []

    def go_on():
        going_on.set()
        raise KeyError("planted")

    def between(of, message):
        assert of is owner
        heard.append(message)
        return None if message["events"][0].get("ends") else go_on

    def answer(of, message):
        # the visitor stays until what goes on has raised, which is logged then
        for _ in range(1000):
            if message["sequence"] < 3 or "planted" in caplog.text:
                break
            time.sleep(0.01)
        return echo(of, message)

    channel = Channel(owner := Owner(), answer, between)
    ticks = [{"page": "train", "sequence": n, "events": [{"type": "tick", "ends": n == 2}]} for n in (1, 2)]
    answers, closed = talk(channel.token, *map(json.dumps, ticks), '{"sequence": 3}', until=3)
    assert [answer["said"] for answer in answers[:2]] == heard == ticks
    assert going_on.wait(10)
    assert closed is None
    assert "planted" in caplog.text


def test_a_token_that_nobody_has_is_closed():
    assert talk("no such token", '{"sequence": 1}') == ([], 4404)


@pytest.mark.parametrize("text", ["no JSON", "[1]", '"text"', "[" * 100_000, ""])
def test_what_is_no_object_is_closed(text):
    channel = Channel(owner := Owner(), echo)
    assert talk(channel.token, text) == ([], 1007)
    assert owner.heard == []


def test_what_is_no_text_is_closed():
    channel = Channel(owner := Owner(), echo)
    assert talk(b"\x00\x01") == ([], 1007)
    assert talk(channel.token, b"{}") == ([], 1007)
    assert owner.heard == []


def test_what_is_too_large_is_closed():
    channel = Channel(owner := Owner(), echo)
    assert talk(channel.token, json.dumps({"text": "x" * 6_000_000})) == ([], 1009)
    assert owner.heard == []


def test_an_answer_that_fails_closes_the_channel(caplog):
    def fails(owner, message):
        raise KeyError(f"planted for {message} of {owner}")

    channel = Channel(owner := Owner(), fails)
    assert talk(channel.token, '{"sequence": 1}') == ([], 1011)
    assert "planted" in caplog.text
    assert owner


def test_the_channel_ends_with_its_owner():
    owner = Owner()
    owner.channel = Channel(owner, echo)
    token = owner.channel.token
    assert channel_of(token) is owner.channel
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None
    assert channel_of(token) is None


def test_tokens_differ():
    owners = [Owner() for _ in range(100)]
    assert len({Channel(owner, echo).token for owner in owners}) == 100


def test_the_sheet_is_answered_on_its_channel():
    visitor = Visitor(PAGES)
    visitor.visit("sheet", {})
    channel = Channel(visitor, answer_json)
    edit = {"type": "set_learning_rate", "value": 0.125}
    heard, _ = talk(channel.token, json.dumps({"page": "sheet", "sequence": 1, "events": [edit]}))
    session = visitor.sessions["sheet"]
    assert session.document.learning_rate == 0.125
    assert [(answer["acknowledged"], answer["state"]["version"]) for answer in heard] == [(1, session.version)]


def test_a_question_does_not_keep_the_messages_after_it_waiting():
    answered = threading.Event()

    def slow(owner, message):
        owner.heard.append(message)
        if "sequence" not in message:
            assert answered.wait(10)
        else:
            answered.set()
        return json.dumps(message).encode()

    channel = Channel(owner := Owner(), slow)
    heard, closed = talk(channel.token, '{"question": 1}', '{"sequence": 1}', until=2)
    assert heard == [{"sequence": 1}, {"question": 1}]
    assert (len(owner.heard), closed) == (2, None)


def test_a_question_that_fails_closes_the_channel(caplog):
    def fails(owner, message):
        raise KeyError(f"planted for {message} of {owner}")

    channel = Channel(owner := Owner(), fails)
    assert talk(channel.token, "{}", until="closed") == ([], 1011)
    assert "planted" in caplog.text
    assert owner


def check(number):
    return json.dumps({"page": "sheet", "events": [{"type": "check", "number": number}]})


def test_of_many_questions_for_a_check_the_newest_is_answered_after_the_one_under_way():
    begun, asked, under_way = threading.Event(), threading.Event(), threading.Lock()

    def slow(owner, message):
        if "sequence" in message:
            assert begun.wait(10)
            asked.set()
            return json.dumps(message).encode()
        assert under_way.acquire(blocking=False)
        owner.heard.append(message["events"][0]["number"])
        begun.set()
        assert asked.wait(10)
        time.sleep(0.1)  # the others are asked for meanwhile
        under_way.release()
        return json.dumps(message["events"][0]).encode()

    channel = Channel(owner := Owner(), slow)
    heard, closed = talk(channel.token, check(1), '{"sequence": 1}', check(2), check(3), check(4), until=3)
    assert owner.heard == [1, 4]
    assert [answer["number"] for answer in heard if "number" in answer] == [1, 4]
    assert closed is None


def test_a_check_waits_for_the_edit_that_is_being_answered():
    precedence, order = Precedence(), []

    def run_check():
        precedence.give_way(10)
        order.append("check")

    with precedence.first():
        thread = threading.Thread(target=run_check)
        thread.start()
        order.append("edit")
    thread.join(10)
    assert order == ["edit", "check"]


def test_a_check_does_not_wait_for_ever():
    precedence = Precedence()
    with precedence.first():
        precedence.give_way(0.001)


def test_a_check_that_fails_closes_the_channel(caplog):
    def fails(owner, message):
        raise KeyError(f"planted for {message} of {owner}")

    channel = Channel(owner := Owner(), fails)
    assert talk(channel.token, check(1), until="closed") == ([], 1011)
    assert "planted" in caplog.text
    assert owner


def test_one_tab_takes_two_threads():
    """However many messages it sends: one for what it does, one for what it asks."""
    under_way, most, lock = 0, 0, threading.Lock()

    def slow(owner, message):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.01)
        with lock:
            under_way -= 1
        owner.heard.append(message)
        return json.dumps(message).encode()

    channel = Channel(owner := Owner(), slow)
    messages = [f'{{"question": {n}}}' if n % 2 else f'{{"sequence": {n}}}' for n in range(1, 41)]
    heard, closed = talk(channel.token, *messages, until=40)
    assert (len(heard), len(owner.heard), closed) == (40, 40, None)
    assert most == 2


def test_whoever_asks_for_much_is_served_by_few_threads():
    """Nobody's edit waits for a thread because others have all; who asks for little again is no burden."""
    under_way, most, lock = 0, 0, threading.Lock()

    def answer(owner, message):
        nonlocal under_way, most
        pool = threading.current_thread().name.split("_")[0]
        with lock:
            under_way += pool == "heavy"
            most = max(most, under_way)
        until = time.thread_time() + (LIGHT * 1.2 if message["sequence"] < 3 else 0.0)
        while time.thread_time() < until:
            sum(range(1_000))
        with lock:
            under_way -= pool == "heavy"
        owner.heard.append(pool)
        return b"{}"

    async def all_of_them(channels):
        texts = [f'{{"sequence": {number}}}' for number in range(1, 5)]
        await asyncio.gather(*(conversation(channel.token, *texts, until=4) for channel in channels))

    owners = [Owner() for _ in range(4)]
    finished(all_of_them([Channel(owner, answer) for owner in owners]))
    assert [owner.heard for owner in owners] == [["channel", "heavy", "heavy", "channel"]] * 4
    assert 1 <= most <= 2
