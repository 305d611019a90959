"""What the server says about itself, and to whom it says nothing: headers, origins, health, counters."""

import gzip
import hashlib
import re
import time
from base64 import b64encode

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from mlpviz.hosts.streamlit import server, websocket
from mlpviz.hosts.streamlit.channel import Channel, path
from mlpviz.hosts.streamlit.kept_files import takes_gzip
from mlpviz.hosts.streamlit.program import program_address
from mlpviz.sheet_page.page import SHEET


class Owner:
    pass


def served(monkeypatch, **environment):
    """A client of the app with our routes and middleware, as this environment sets it up."""
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    elsewhere = Route("/file", lambda _: PlainTextResponse("text"))
    return TestClient(Starlette(routes=[*server.routes(), elsewhere], middleware=server.middleware()))


def echo(_, message):
    return b"%d" % message["sequence"]


@pytest.mark.parametrize("address", ["/file", "/healthz", "/no such page"])
def test_every_answer_says_what_a_browser_may_do(monkeypatch, address):
    headers = served(monkeypatch).get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_inline_scripts_that_may_run_are_those_of_the_first_file(monkeypatch):
    from streamlit import file_util

    with open(f"{file_util.get_static_dir()}/index.html", "rb") as file:  # noqa: PTH123  # as Streamlit names it
        scripts = re.findall(rb"<script>(.*?)</script>", file.read(), re.DOTALL)
    policy = served(monkeypatch).get("/file").headers["content-security-policy"]
    assert re.findall(r"'sha256-([^']+)'", policy) == [
        b64encode(hashlib.sha256(one).digest()).decode() for one in scripts
    ]
    assert scripts


def test_another_site_shows_the_app_if_it_is_named(monkeypatch):
    client = served(monkeypatch, MLPVIZ_FRAME_ANCESTORS="https://moodle.example.org")
    assert client.get("/file").headers["content-security-policy"].endswith("frame-ancestors https://moodle.example.org")


@pytest.mark.parametrize(
    ("headers", "is_answered"),
    [
        ({}, True),  # no browser
        ({"origin": "http://testserver"}, True),
        ({"origin": "http://localhost:3000"}, True),  # Streamlit takes this machine
        ({"origin": "https://elsewhere.example"}, False),
        ({"origin": "null"}, False),
    ],
)
def test_a_page_of_another_site_gets_no_socket(monkeypatch, headers, is_answered):
    monkeypatch.setattr("streamlit.net_util.get_external_ip", lambda: None)
    owner = Owner()
    channel = Channel(owner, echo)
    client = served(monkeypatch)
    if is_answered:
        with client.websocket_connect(path(), headers=headers) as socket:
            socket.send_text(channel.token)
            socket.send_text('{"sequence": 7}')
            assert socket.receive_text() == "7"
    else:
        with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect(path(), headers=headers):
            pass
        assert closed.value.code == 4403


def test_a_socket_without_a_token_is_closed(monkeypatch):
    monkeypatch.setattr(websocket, "_PATIENCE", 0.05)
    with served(monkeypatch).websocket_connect(path()) as socket:
        assert socket.receive()["code"] == 4408


@pytest.mark.parametrize("setting", ["MLPVIZ_LINES", "MLPVIZ_LINES_PER_TAB"])
def test_one_socket_too_many_is_closed_and_there_is_room_again(monkeypatch, setting):
    owner = Owner()
    channel = Channel(owner, echo)
    with served(monkeypatch, **{setting: "1"}) as client:
        with client.websocket_connect(path()) as one:
            one.send_text(channel.token)
            one.send_text('{"sequence": 1}')
            assert one.receive_text() == "1"
            with client.websocket_connect(path()) as other:
                other.send_text(channel.token)
                assert other.receive()["code"] == 1013
        # the server may hear a moment later that the first one is gone
        for _ in range(100):
            with client.websocket_connect(path()) as next_one:
                next_one.send_text(channel.token)
                next_one.send_text('{"sequence": 2}')
                heard = next_one.receive()
            if heard["type"] == "websocket.send":
                break
            time.sleep(0.05)
        assert heard.get("text") == "2"


def test_the_health_is_that_of_a_pass(monkeypatch):
    client = served(monkeypatch)
    assert (client.get("/healthz").status_code, client.get("/healthz").text) == (200, "ok")
    monkeypatch.setattr(type(SHEET.first), "trace", lambda _: 1 / 0)
    assert client.get("/healthz").status_code == 503


def test_there_are_no_counters_unless_they_are_asked_for(monkeypatch):
    assert served(monkeypatch).get("/metrics").status_code == 404


def test_the_counters_count(monkeypatch):
    owner = Owner()
    channel = Channel(owner, echo)
    with served(monkeypatch, MLPVIZ_METRICS="on") as client, client.websocket_connect(path()) as socket:
        socket.send_text(channel.token)
        for number in (1, 2, 3):
            socket.send_text(f'{{"sequence": {number}}}')
            socket.receive_text()
        text = client.get("/metrics").text
    assert 'mlpviz_answer_seconds_count{kind="edit"} 3.0' in text
    assert "mlpviz_lines 1.0" in text
    assert re.search(r"^mlpviz_tabs [1-9]", text, re.MULTILINE)
    assert re.search(r"^process_resident_memory_bytes [1-9]", text, re.MULTILINE)
    assert channel.token not in text


def test_plotly_travels_compressed_and_once(monkeypatch):
    client = served(monkeypatch)
    address = "/" + program_address("functions").replace("built/functions", "plotly/plotly.min")
    plain = client.get(address, headers={"accept-encoding": "identity"})
    with client.stream("GET", address, headers={"accept-encoding": "br, gzip"}) as response:
        sent = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert len(sent) == int(response.headers["content-length"]) < 0.35 * len(plain.content)
    assert gzip.decompress(sent) == plain.content
    assert "content-encoding" not in plain.headers
    for each in (plain, response):
        assert each.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert each.headers["vary"] == "Accept-Encoding"
        known = {"if-none-match": each.headers["etag"], "accept-encoding": "gzip"}
        assert client.get(address, headers=known).status_code == 304
    assert client.get(address.replace("plotly.min", "nothing")).status_code == 404
    assert [takes_gzip(text) for text in ("", "br", "gzip;q=0", "deflate, GZIP;q=0.5", "*")] == [0, 0, 0, 1, 1]
