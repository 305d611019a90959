"""Grey pictures as samples of a network for digits: a PNG, scaled if it is of another size, is a row of x."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.foreign import ForeignFile
from mlpviz.exchange.imports.network import ImportedNetwork
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError
from mlpviz.network.edits.samples_and_targets import with_other_samples

SUFFIX = ".png"
PIXELS = 4_000_000
"""of one picture"""
_SIDES = (8, 28)
"""the smallest networks for pictures read 64 numbers: scikit-learn's digits; MNIST has 784"""
_RANGES = {"1": "0 to 1, as MNIST is mostly scaled", "16": "0 to 16, as scikit-learn's digits", "255": "0 to 255"}
_STROKES = {
    "dark": "dark on light: inverted, so that a stroke has the large numbers",
    "light": "light on dark: as it is",
}


def is_picture(file: ForeignFile) -> bool:
    """Whether a file begins as a PNG does."""
    return file.content[:8] == b"\x89PNG\r\n\x1a\n"


def with_pictures(
    document: Document, files: Sequence[ForeignFile], answers: Mapping[str, str] | None = None
) -> ImportedNetwork:
    """The document with the pictures as its samples, and what was guessed of them. Raises DocumentError."""
    inputs = document.widths[0]
    side = math.isqrt(inputs)
    if side * side != inputs or side < _SIDES[0]:
        known = " or ".join(f"{each**2} ({each} × {each})" for each in _SIDES)
        raise DocumentError(
            f"this network has {inputs} inputs; a picture needs {known}, or another square, a number each"
        )
    if len(files) > DOCUMENT_LIMITS.samples:
        raise DocumentError(
            f"{len(files)} pictures were chosen, the sheet has room for {DOCUMENT_LIMITS.samples} samples"
        )
    reading = Reading(answers or {})
    greys = [_grey(file, side, reading) for file in files]
    border = np.mean([np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]]).mean() for grey in greys])
    strokes = reading.guess(
        "strokes",
        "How are the strokes drawn? The edge of the pictures says it.",
        _STROKES,
        "dark" if border > 0.5 else "light",
    )
    top = float(np.max(np.abs(document.x)))
    likely = "1" if top <= 1 else "16" if top <= 16 else "255"
    scale = float(
        reading.guess("range", "Which numbers does the network read? Its samples so far say it.", _RANGES, likely)
    )
    rows = [((1.0 - grey if strokes == "dark" else grey) * scale).ravel().tolist() for grey in greys]
    reading.understand(
        f"{len(rows)} sample{'s' if len(rows) > 1 else ''} of {inputs} numbers, row by row from the top."
    )
    reading.leave_out("Which digit a picture shows: set the targets on the sheet.")
    reading.check_answers()
    found = with_other_samples(document, tuple(map(tuple, rows)))
    return ImportedNetwork(
        "pictures", found, tuple(reading.understood), tuple(reading.guesses), tuple(reading.left_out)
    )


def _grey(file: ForeignFile, side: int, reading: Reading) -> Array:
    """The picture as (side, side) numbers from 0, black, to 1. Raises DocumentError."""
    # the size stands in the first chunk, which comes right after the eight bytes of every PNG
    width, height = (int.from_bytes(file.content[start : start + 4], "big") for start in (16, 20))
    if width * height > PIXELS:
        raise DocumentError(f"{file.name} has {width} × {height} pixels, at most {PIXELS:,} can be read")
    if width != height or not width:
        raise DocumentError(f"{file.name} has {width} × {height} pixels, expected a square picture")
    from PIL import Image

    try:
        with Image.open(io.BytesIO(file.content), formats=("PNG",)) as opened:
            if opened.size != (width, height):
                raise DocumentError(f"{file.name} does not begin with its size, expected a PNG as programs write it")
            opened.load()
            picture: Image.Image = opened
            if opened.mode.startswith("I"):  # 16 bits
                picture = Image.fromarray((np.asarray(opened, float) / 257).round().astype(np.uint8))
            paper = Image.new("RGBA", picture.size, "white")
            grey = Image.alpha_composite(paper, picture.convert("RGBA")).convert("L")
            if width != side:
                grey = grey.resize((side, side), Image.Resampling.BOX)
    except DocumentError:
        raise
    except Exception as error:  # a decoder raises whatever a damaged file makes of it
        raise DocumentError(f"{file.name} is a damaged PNG: {type(error).__name__}") from None
    scaled = "" if width == side else f", scaled to {side} × {side}"
    reading.understand(f"{file.name}: {width} × {height} pixels{scaled}.")
    return np.asarray(grey, float) / 255.0
