"""What whoever serves the app may set, by the environment; Streamlit's own settings are in `.streamlit/config.toml`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mlpviz.engine.registry import Registry
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_ORIGIN = re.compile(r"(https?://)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?|'self'|'none'|\*", re.ASCII)
_MOST = 1_000_000


@dataclass(frozen=True)
class Setting:
    """A variable of the environment; `read` takes its text and raises ValueError, saying what was expected."""

    key: str
    default: str
    label: str
    read: Callable[[str], Any]


class Settings(NamedTuple):
    """The settings of this server."""

    frame_ancestors: str
    lines: int
    lines_per_tab: int
    threads: int
    has_metrics: bool
    logs_json: bool


def _origins(text: str) -> str:
    origins = text.lower().split()
    if not origins or not all(_ORIGIN.fullmatch(origin) for origin in origins):
        raise ValueError("'self', 'none' or addresses such as https://moodle.example.org, with spaces between them")
    return " ".join(origins)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= _MOST:
        raise ValueError(f"a whole number from 1 to {_MOST:,}")
    return int(text)


def _switch(text: str) -> bool:
    if text not in ("on", "off"):
        raise ValueError("on or off")
    return text == "on"


SETTINGS = Registry(
    "setting",
    (
        Setting("MLPVIZ_FRAME_ANCESTORS", "'self'", "pages that may show the app in a frame, by address", _origins),
        Setting("MLPVIZ_LINES", "2000", "sockets that one process keeps open for its pages", _count),
        Setting("MLPVIZ_LINES_PER_TAB", "8", "sockets that one tab of a browser may have open", _count),
        Setting("MLPVIZ_THREADS", "1", "processors that one large product of matrices may take", _count),
        Setting("MLPVIZ_METRICS", "off", "on: counters at /metrics, for Prometheus", _switch),
        Setting("MLPVIZ_LOG_JSON", "off", "on: a line of JSON for each entry of the log", _switch),
    ),
)


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in an environment. Raises DocumentError for the first that cannot be read."""
    return Settings(*(_read(setting, environment) for setting in SETTINGS.values()))


def _read(setting: Setting, environment: Mapping[str, str]) -> Any:
    text = environment.get(setting.key, "").strip() or setting.default
    try:
        return setting.read(text)
    except ValueError as error:
        raise DocumentError(f"{setting.key} is {echo(text)}, expected {error}") from None
