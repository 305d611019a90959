"""The log as lines of JSON, without anything that a visitor typed, opened or is called."""

from __future__ import annotations

import json
import logging
import time
import traceback


class JsonLines(logging.Formatter):
    """A line for each entry; of an error the kind and the places in the code, not the message, which may quote."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        found: dict[str, object] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info and record.exc_info[0]:
            kind, _, places = record.exc_info
            found["error"] = kind.__name__
            found["at"] = [f"{place.filename}:{place.lineno}" for place in traceback.extract_tb(places)]
        return json.dumps(found, ensure_ascii=False)


def log_json() -> None:
    """Write what mlpviz has to say so from now on."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("mlpviz")
    logger.addHandler(handler)
    logger.propagate = False
