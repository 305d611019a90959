"""The setup of a training by its name: a file, with the table that it names, or one of ours."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from mlpviz.api.disk import exists, one_line, open_named, read_file
from mlpviz.config import TRAINING_LIMITS, CsvSource, TrainingConfig
from mlpviz.data.sheet_table import is_workbook, sheet_text
from mlpviz.examples.trainings import TRAININGS
from mlpviz.exchange.subjects import TRAINING
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo
from mlpviz.schema.spelling import key_of, likely, question
from mlpviz.schema.time_limit import within_time

EMBEDDED = 1_000_000
"""bytes of a CSV file that are written into RUN.json; a longer one is named there only"""


def read_setup(name: str, data: str | None, sheet: str | None = None) -> tuple[TrainingConfig, bytes | None]:
    """The config of a key or a file, and the bytes of the CSV file, or the sheet, that it or the command names.

    Raises DocumentError.
    """
    ready = None if name == "-" or exists(name) else key_of(TRAININGS, name)
    if ready is None and name != "-" and not exists(name):
        asked = question(likely(name, TRAININGS), "name")
        raise DocumentError(
            f"{one_line(name)}: no such file, and no setup of this name{asked!s}; see mlpviz list setups"
        )
    setup = open_named(TRAINING, name) if ready is None else TRAININGS[ready].setup
    source = setup.data
    if data is None:
        if not isinstance(source, CsvSource) or source.content is not None or source.file is None:
            return setup, None
        beside = Path() if name == "-" else Path(name).parent
        data = str(beside / source.file)
    content = read_file(data, TRAINING_LIMITS.csv)
    if is_workbook(content):
        content = within_time(partial(sheet_text, content, sheet)).content
    elif sheet is not None:
        raise DocumentError(f"--sheet is {echo(sheet)}, and {one_line(data)} is no workbook")
    changes: dict[str, Any] = {"file": Path(data).name, "content": None}
    if len(content) <= EMBEDDED:
        # bytes that are not UTF-8 are an error of the table, which names the line
        changes["content"] = content.decode("utf-8", errors="replace")
    kept = source.model_dump() if isinstance(source, CsvSource) else {"kind": "csv"}
    return setup.replace(data={**kept, **changes}), content
