"""Networks saved by other tools: one module per format, each with its record `IMPORT`; they are found by being here.

Nothing that is read is unpickled, evaluated or run. `read_network` says what it understood and what it guessed.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from mlpviz.engine.hyperparameters import exact
from mlpviz.engine.registry import Registry
from mlpviz.exchange.discovery import records_in
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.network import LOSS_QUESTION, ImportedNetwork, assembled
from mlpviz.exchange.imports.not_read import kind_of
from mlpviz.network import DocumentError
from mlpviz.schema.time_limit import within_time

__all__ = ["IMPORTS", "LOSS_QUESTION", "ForeignFile", "Import", "ImportedNetwork", "import_suffixes", "read_network"]


_log = logging.getLogger(__name__)


IMPORTS: Registry[Import] = Registry("imported format", records_in(__name__, "IMPORT", Import))
"""All formats of other tools, in the order of the names of their modules."""

LARGEST = 16_000_000
"""bytes of a file of another tool"""


def import_suffixes() -> tuple[str, ...]:
    """The endings of file names that can be imported."""
    return tuple(sorted({suffix for entry in IMPORTS.values() for suffix in entry.suffixes}))


def format_of(file: ForeignFile) -> Import | None:
    """The format that recognises the file by its bytes; None if none does."""
    return next((entry for entry in IMPORTS.values() if entry.recognises(file)), None)


def not_read(file: ForeignFile) -> DocumentError:
    """What is said of a file that no format recognises: what it is, if that is known, and what to do instead."""
    kind = kind_of(file)
    if kind is not None:
        return DocumentError(f"{file.name} {kind.what}, and is not read here: {kind.instead}")
    labels = ", ".join(each.label for each in IMPORTS.values())
    return DocumentError(f"{file.name} is in no format that is read here; expected one of: {labels}")


def read_network(file: ForeignFile, answers: Mapping[str, str] | None = None) -> ImportedNetwork:
    """The network in a file of another tool, with what was understood and guessed; `answers` are for the guesses.

    Raises DocumentError: one sentence on what cannot be read or held.
    """
    if len(file.content) > LARGEST:
        raise DocumentError(
            f"{file.name} has {len(file.content) / 1e6:.1f} MB, a file of another tool "
            f"at most {exact(LARGEST / 1e6)} MB"
        )
    entry = format_of(file)
    if entry is None:
        raise not_read(file)
    reading = Reading(answers or {})
    try:
        return within_time(lambda: _read(entry, file, reading))
    except NotThisFormatError as error:
        raise DocumentError(f"{file.name} {error}") from None
    except DocumentError:
        raise
    except Exception as error:
        # readers of other tools' formats raise whatever their parts raise; a file is never a reason to fail
        _log.warning("a file could not be read as %s", entry.key, exc_info=True)
        raise DocumentError(
            f"{file.name} is damaged, or no {entry.label} as it is known here ({type(error).__name__})"
        ) from None


def _read(entry: Import, file: ForeignFile, reading: Reading) -> ImportedNetwork:
    operations = entry.read(file, reading)
    if reading.document is not None:
        network = ImportedNetwork(entry.label, reading.document, tuple(reading.understood), (), ())
    else:
        network = assembled(entry.label, file, operations, reading)
    reading.check_answers()
    return network
