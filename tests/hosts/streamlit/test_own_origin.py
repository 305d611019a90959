"""A page may tell the Streamlit around it to connect anew, from its own origin and from no other."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_routes import create_host_config_routes

from mlpviz.hosts.streamlit import server


@pytest.mark.parametrize(
    ("host", "page", "ours"),
    [
        ("school.example:8501", "https://school.example:8501/train?d=x", ["https://school.example:8501"]),
        ("127.0.0.1", "http://127.0.0.1/", ["http://127.0.0.1"]),
        ("school.example", "https://other.example/", []),
        ("school.example", "https://school.example.other/", []),
        ("school.example", "file://school.example/", []),
        ("school.example", "", []),
        ("*", "https://*/", []),
        ("*.example.org", "https://*.example.org/", []),
        (":host", "https://:host/", []),
        ("", "https:///", []),
    ],
)
def test_the_origin_of_the_page_is_named_and_no_pattern_gets_in(host, page, ours):
    routes = create_host_config_routes(None)
    path = "/_stcore/host-config"
    theirs = TestClient(Starlette(routes=routes)).get(path).json()
    answer = TestClient(Starlette(routes=routes, middleware=server.middleware())).get(
        path, headers={"host": host, "referer": page}
    )
    assert answer.json() == {**theirs, "allowedOrigins": [*theirs["allowedOrigins"], *ours]}
