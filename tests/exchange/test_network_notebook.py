"""The notebook is valid, the same each time, and runs cell by cell."""

import json

import nbformat
import pytest

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
