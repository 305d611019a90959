"""What a browser shows until the page is there: title and outline in HTML, and nothing else is touched."""

import re
from pathlib import Path

import pytest
from starlette.responses import HTMLResponse, PlainTextResponse

from mlpviz.app.page import browser_title
from mlpviz.hosts.pages import PAGES
from mlpviz.hosts.program import WEB
from mlpviz.hosts.streamlit.program import loader
from mlpviz.hosts.streamlit.waiting import WaitingPage
from tests.support.event_loop import finished

PAGE = '<html><head><title>Streamlit</title></head><body><div id="root"></div></body></html>'


def answer(path, response, method="GET", query=b""):
    """What the middleware sends for this path: headers and body; and the headers that the server was asked with."""
    sent, asked = [], {}

    async def server(scope, receive, send):
        asked.update({name.decode(): value.decode() for name, value in scope["headers"]})
        await response(scope, receive, send)

    async def receive():
        return {"type": "http.request"}

    async def send(message):
        sent.append(message)

    headers = [(b"accept-encoding", b"gzip"), (b"if-none-match", b"x"), (b"host", b"here")]
    scope = {"type": "http", "method": method, "path": path, "headers": headers, "query_string": query}
    finished(WaitingPage(server)(scope, receive, send))
    found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return found, b"".join(message.get("body", b"") for message in sent[1:]).decode(), asked


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_the_first_file_says_what_the_page_is_for(page):
    headers, body, asked = answer(f"/below/{page.path}", HTMLResponse(PAGE, headers={"etag": "x"}))
    assert f"<title>{browser_title(page)}</title>" in body
    assert page.purpose in browser_title(page)
    assert "mlpviz-waiting" in body.split('<div id="root"></div>')[0]
    assert int(headers["content-length"]) == len(body.encode())
    assert "etag" not in headers
    assert asked == {"host": "here"}, "the whole file, as text"


@pytest.mark.parametrize("page", PAGES.values(), ids=lambda page: page.key)
def test_the_first_file_asks_for_what_the_component_of_the_page_fetches(page):
    _, body, _ = answer(f"/below/{page.path}", HTMLResponse(PAGE))
    for program in (found := re.findall(r'<script type="module" src="./([^"]+)"></script>', body)):
        assert f'"{program}"' in loader(page.key)
        assert (WEB / program.split("/", 3)[3]).is_file()
    assert [Path(program).stem for program in found] == ["streamlit", page.key]
    assert ".stMainBlockContainer" in body, "the style of what is around"


@pytest.mark.parametrize(
    ("query", "is_alone"),
    [
        (b"embed=true", True),
        (b"e=layer.1.1&embed=True", True),
        (b"embed=false", False),
        (b"e=embed", False),
        (b"", False),
    ],
)
def test_in_a_frame_nothing_is_around_the_page(query, is_alone):
    _, body, _ = answer("/practise", HTMLResponse(PAGE), query=query)
    assert ("in a frame (embed=true) nothing is around the page" in body) == is_alone


def test_what_is_no_page_is_let_through():
    text = PlainTextResponse(PAGE, headers={"etag": "x"})
    headers, body, _ = answer("/_stcore/health", text)
    assert (body, headers["etag"]) == (PAGE, "x")
    for path, method in (("/static/js/index.js", "GET"), ("/", "POST")):
        _, body, asked = answer(path, HTMLResponse(PAGE), method)
        assert body == PAGE
        assert asked["accept-encoding"] == "gzip"
