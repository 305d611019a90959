"""Whether the installed Streamlit still knows the settings that the app relies on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from streamlit import config

from tests.support.repository import ROOT

SETTINGS = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@pytest.mark.parametrize(("key", "value"), list(flat(SETTINGS)))
def test_streamlit_knows_the_setting(key: str, value: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    option = config.get_config_options(force_reparse=True)[key]
    assert option.value == value
    assert not option.deprecated


def test_no_garbage_collection_before_the_answer() -> None:
    # hidden option: Streamlit may drop it without a word, and every edit would take 100 ms longer
    assert "runner.postScriptGC" in config.get_config_options()
    assert SETTINGS["runner"]["postScriptGC"] is False


def test_frames_of_a_training_are_not_kept() -> None:
    # hidden as well; otherwise server and browser hash and keep each frame above 10 kB for a while
    assert SETTINGS["global"]["minCachedMessageSize"] > 1e6


@pytest.mark.parametrize(
    ("section", "key", "why"),
    [
        ("runner", "enforceSerializableSessionState", "breaks v2 components"),
        ("client", "showSidebarNavigation", "hides the menu of st.navigation as well"),
        ("server", "allowedHosts", "is for whoever deploys"),
    ],
)
def test_harmful_settings_are_left_alone(section: str, key: str, why: str) -> None:
    assert key not in SETTINGS[section], f"{key} {why}"
