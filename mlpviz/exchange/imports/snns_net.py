"""Networks of SNNS, as RSNNS and JavaNNS write them: a table of units and a table of connections, `.net`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile, Import, NotThisFormatError
from mlpviz.exchange.imports.neurons import Unit, active, layered
from mlpviz.exchange.imports.operations import Operation, Rescale
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

_WITHOUT_BIAS = {"Act_Identity", "Act_StepFunc", "Act_Signum"}


def recognises(file: ForeignFile) -> bool:
    """The first line says so."""
    return file.content[:28] == b"SNNS network definition file"


def read(file: ForeignFile, reading: Reading) -> Sequence[Operation]:
    """The layers of the network. Raises DocumentError."""
    lines = file.text().splitlines()
    default = next(iter(_rows(lines, "unit default section")), [])
    usual = default[5] if len(default) > 5 else "Act_Logistic"
    inputs: list[int] = []
    units: dict[int, tuple[float, str]] = {}
    for row in _rows(lines, "unit definition section"):
        row = row + [""] * (10 - len(row))
        number, bias, role = _whole(row[0]), _number(row[4]), row[5]
        if row[8] not in ("", "Out_Identity"):
            raise DocumentError(f"unit {number} has the output function {echo(row[8])}, expected Out_Identity")
        if role == "i":
            inputs.append(number)
        else:
            units[number] = (bias, row[7] or usual)
    weights: dict[int, dict[int, float]] = {number: {} for number in units}
    for row in _rows(lines, "connection definition section"):
        target = _whole(row[0])
        if target not in weights:
            raise NotThisFormatError(f"connects to unit {target}, which is no hidden or output unit")
        for source, weight in re.findall(r"(?<!\d)(\d++)\s*+:\s*+([-+0-9.eE]++)", " ".join(row[1:])):
            weights[target][int(source)] = _number(weight)
    reading.understand("Numbers have five decimals in this format: outputs agree with the tool's to about 1e-5.")
    found = [
        Unit(number, weights[number], 0.0 if name in _WITHOUT_BIAS else bias, _after(name))
        for number, (bias, name) in units.items()
    ]
    if any(name in _WITHOUT_BIAS and bias for bias, name in units.values()):
        reading.understand(
            "Identity, step and sign units have a bias in the file, and SNNS ignores it: here it is left out."
        )
    return layered(inputs, found, biases=False)


def _after(name: str) -> tuple[Operation, ...]:
    one = np.ones(1)
    match name:
        case "Act_Logistic":
            return active("sigmoid")
        case "Act_TanH":
            return active("tanh")
        case "Act_Identity" | "Act_IdentityPlusBias":
            return ()
        case "Act_TanH_Xdiv2":
            return active("scaled_tanh", amplitude=1.0, steepness=0.5, cutoff=9.0)
        case "Act_LogSym":
            return active("scaled_tanh", amplitude=0.5, steepness=0.5)
        case "Act_Elliott":
            return active("softsign")
        case "Act_StepFunc":
            return active("step")
        case "Act_Perceptron":
            return active("step", at_zero=1.0)
        case "Act_Signum":
            return (*active("step"), Rescale(2 * one, -one, "part of the activation"))
        case _:
            raise DocumentError(f"the network has {echo(name)}, which is not held here")


def _rows(lines: Sequence[str], section: str) -> Iterator[list[str]]:
    """The cells of each row of a table, without its heading."""
    start = next((index for index, line in enumerate(lines) if line.startswith(section)), None)
    if start is None:
        return
    rules = 0
    for line in lines[start + 1 :]:
        if "-" in line and not line.strip("-| \t"):
            rules += 1
            if rules == 2:
                return
        elif rules == 1 and "|" in line:
            yield [cell.strip() for cell in line.split("|")]
        elif line.rstrip().endswith("section :"):
            return


def _whole(text: str) -> int:
    if not text.isdigit():
        raise NotThisFormatError(f"has {echo(text)} where the number of a unit was expected")
    return int(text)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise NotThisFormatError(f"has {echo(text)} where a number was expected") from None


IMPORT = Import(
    "snns_net",
    "SNNS (RSNNS)",
    "Feed-forward networks in layers, with the usual activation functions; numbers have five decimals.",
    (".net",),
    recognises,
    read,
)
