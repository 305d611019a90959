"""What whoever serves the app may set."""

import pytest

from mlpviz.hosts.streamlit.settings import SETTINGS, settings
from mlpviz.network import DocumentError
from tests.support.repository import ROOT


def test_the_defaults_are_read_and_stand_in_the_docs():
    found = settings({})
    assert (found.frame_ancestors, found.lines, found.lines_per_tab) == ("'self'", 2000, 8)
    assert not found.has_metrics
    assert not found.logs_json
    page = (ROOT / "docs/serving.md").read_text(encoding="utf-8")
    for setting in SETTINGS.values():
        assert f"| `{setting.key}` | `{setting.default}` |" in page


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("https://moodle.example.org", "https://moodle.example.org"),
        (" 'self'  https://*.School.example:8443 ", "'self' https://*.school.example:8443"),
        ("'none'", "'none'"),
        ("*", "*"),
        ("", "'self'"),
    ],
)
def test_who_may_show_the_app_in_a_frame(text, policy):
    assert settings({"MLPVIZ_FRAME_ANCESTORS": text}).frame_ancestors == policy


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("MLPVIZ_FRAME_ANCESTORS", "https://a.example; script-src *"),
        ("MLPVIZ_FRAME_ANCESTORS", "https://a.example/path"),
        ("MLPVIZ_FRAME_ANCESTORS", "https://a.example\r\nX-Other: 1"),
        ("MLPVIZ_LINES", "0"),
        ("MLPVIZ_LINES", "many"),
        ("MLPVIZ_LINES", "9999999999"),
        ("MLPVIZ_LINES_PER_TAB", "-1"),
        ("MLPVIZ_METRICS", "yes"),
    ],
)
def test_what_cannot_be_read_is_said(key, text):
    with pytest.raises(DocumentError, match=f"^{key} is .* expected "):
        settings({key: text})
