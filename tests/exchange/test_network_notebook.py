"""The notebook is valid, the same each time, and runs cell by cell, also in a kernel of Jupyter."""

import json

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.subjects import NETWORK
from tests.support.programs import run


@pytest.mark.parametrize("key", PRESETS)
def test_the_notebook_of_a_preset_is_valid_and_agrees(key):
    file = save_file(NETWORK, PRESETS[key].document, "network_notebook")
    plain = json.loads(file.content)
    assert file.content == save_file(NETWORK, PRESETS[key].document, "network_notebook").content
    notebook = nbformat.from_dict(plain)
    nbformat.validate(notebook)  # it warns of a missing or double id, and a warning is an error here
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert {cell.cell_type for cell in notebook.cells} == {"markdown", "code"}
    cells = ["".join(cell["source"]) for cell in plain["cells"] if cell["cell_type"] == "code"]
    run("\n".join([*cells, 'print("every number agrees with the sheet")']))


def test_a_kernel_runs_the_notebooks_of_all_presets():
    # one after the other in one kernel, which takes seconds to start
    cells = []
    for key, preset in PRESETS.items():
        plain = json.loads(save_file(NETWORK, preset.document, "network_notebook").content)
        cells += [cell | {"id": f"{key}-{cell['id']}"} for cell in plain["cells"]]
    notebook = nbformat.reads(json.dumps(plain | {"cells": cells}), as_version=4)
    NotebookClient(notebook, timeout=120).execute()  # raises CellExecutionError where a cell does
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    shown = "".join(output.get("text", "") for cell in code for output in cell.outputs)
    assert shown.count("loss =") == len(PRESETS)


def test_a_kernel_stops_at_a_number_that_is_another():
    content = save_file(NETWORK, PRESETS["mazur"].document, "network_notebook").content
    notebook = nbformat.reads(content.decode(), as_version=4)
    given = next(cell for cell in notebook.cells if cell.id == "given")
    given.source = given.source.replace("0.15", "0.16")
    with pytest.raises(CellExecutionError, match="AssertionError"):
        NotebookClient(notebook, timeout=120).execute()
