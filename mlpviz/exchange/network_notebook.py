"""A network as a Jupyter notebook: the NumPy program in cells, with text between them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.program_format import check_length
from mlpviz.exchange.programs.program_line import ProgramLine
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import Document


def write(document: Document) -> bytes:
    """The notebook, version 4.5. Raises DocumentError as the program does."""
    check_length(document)
    program = ByHand(document, "numpy")
    widths = "-".join(map(str, document.widths))
    sections: list[tuple[str, str, list[ProgramLine]]] = [
        (
            "program",
            f"# A {widths} network by hand\nEvery cell asserts the numbers that the sheet shows.",
            program.head(),
        ),
        ("given", "## Given\nThe inputs, the targets and the parameters.", program.given()),
        ("forward", "## Forward\nEach layer computes its z and its a from the a before.", program.forward()),
        ("loss", "## Loss\nOne number says how wrong the outputs are.", program.loss()),
        ("backward", "## Backward\nFrom the loss back, by the chain rule.", program.backward()),
        ("update", "## Update\nOne step of the optimizer.", program.update()),
    ]
    cells = [cell for key, text, lines in sections for cell in (_text(f"{key}-text", text), _code(key, lines))]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def _text(key: str, text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": text.splitlines(keepends=True)}


def _code(key: str, lines: Sequence[ProgramLine]) -> dict[str, Any]:
    source = "\n".join(line.text for line in lines).strip("\n")
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": key,
        "metadata": {},
        "outputs": [],
        "source": source.splitlines(keepends=True),
    }


FORMAT = Format(
    "network_notebook",
    label="Jupyter notebook",
    sentence="The NumPy program as a notebook, with text between the cells. It asserts every number of the sheet.",
    suffix=".ipynb",
    media_type="application/x-ipynb+json",
    saving=Saving(NETWORK, write, stem),
    group="code",
    other_words=("jupyter",),
)
