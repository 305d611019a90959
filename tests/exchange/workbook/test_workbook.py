"""The workbook computes what the engine computes, in LibreOffice and in Gnumeric, before and after an edit."""

import io
import re
import warnings
import zipfile

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import save_file
from mlpviz.exchange.imports import ForeignFile, read_network
from mlpviz.exchange.subjects import NETWORK
from mlpviz.exchange.workbook.network import planned
from mlpviz.network import DocumentError
from tests.support.random_documents import documents, small
from tests.support.spreadsheets import PROGRAMS, computed
from tests.support.workbook_networks import all_networks, network

CLOSE = 1e-12
"""of the largest number of a block"""


def saved(document):
    return save_file(NETWORK, document, "network_xlsx").content


def read(content, name="network.xlsx"):
    return read_network(ForeignFile(name, content)).document


def edited(content, plan):
    """The file with a weight, an input and the rate changed, as a person would change them."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Network"]
    for block in (plan.bands[0].blocks["weight"], plan.input.blocks["a"]):
        sheet[block.at(0, 0)].value += 0.625
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edited_document(document):
    rows = [list(row) for row in document.x]
    rows[0][0] += 0.625
    first = document.layers[0]
    weight = [list(row) for row in first.weight]
    weight[0][0] += 0.625
    return document.replace(
        x=rows, layers=[first.model_copy(update={"weight": tuple(map(tuple, weight))}), *document.layers[1:]]
    )


def expected(plan):
    """Every block that has an array of the engine, with the array in by-hand layout."""
    document = plan.document
    trace, new = document.trace(), document.spec.views(document.next_step.new_params)
    found = {
        plan.loss_band.blocks["loss"]: np.array([[float(trace.loss)]]),
        plan.input.blocks["grad_a"]: trace.grad_x.T,
    }
    for band, layer, after in zip(plan.bands, trace.layers, new, strict=True):
        for key, block in band.blocks.items():
            if key == "new_weight":
                found[block] = joined(after.weight, after.bias)
            elif key.startswith("new_") and hasattr(after, key.removeprefix("new_")):
                found[block] = getattr(after, key.removeprefix("new_"))[:, None]
            elif key.startswith("new_running"):
                found[block] = getattr(layer, key.removeprefix("new_"))[:, None]
            elif key in ("weight", "grad_weight"):
                found[block] = joined(getattr(layer, key), getattr(layer, key.replace("weight", "bias")))
            elif not key.startswith("running") and getattr(layer, key, None) is not None:
                array = getattr(layer, key)
                found[block] = array[:, None] if array.ndim == 1 else array.T
    return found


def joined(weight, bias):
    return weight if bias is None else np.column_stack([weight, bias])


def compare(book, document):
    """How many blocks were compared; all agree."""
    plan = planned(document)
    sheet, blocks = book["Network"], expected(plan)
    for block, array in blocks.items():
        found = [[sheet[block.at(j, i)].value for i in range(block.columns)] for j in range(block.units)]
        scale = np.abs(array).max() or 1.0
        np.testing.assert_allclose(np.array(found, float), array, rtol=0, atol=CLOSE * scale, err_msg=block.title)
    return len(blocks)


@pytest.fixture(scope="module")
def networks():
    found = {key: preset.document for key, preset in PRESETS.items()} | all_networks()
    changed = {f"{key}_edited": edited_document(preset.document) for key, preset in PRESETS.items()}
    files = {key: saved(document) for key, document in found.items()}
    files |= {f"{key}_edited": edited(files[key], planned(found[key])) for key in PRESETS}
    return found | changed, files


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_spreadsheet_computes_what_the_engine_computes(program, networks, tmp_path) -> None:
    documents_, files = networks
    books = computed(program, files, tmp_path)
    assert books.keys() == documents_.keys()
    for key, book in books.items():
        assert compare(book, documents_[key]) >= 8, key


@pytest.mark.parametrize("program", PROGRAMS)
def test_answers_are_judged(program, tmp_path) -> None:
    document = PRESETS["mazur"].document
    plan = planned(document)
    books = computed(program, {"truth": saved(document)}, tmp_path)
    truth, practice = books["truth"]["Network"], openpyxl.load_workbook(io.BytesIO(saved(document)))
    sheet = practice["Practise"]
    answers = verdict_cells(sheet)
    assert len(answers) == sum(block.units * block.columns for block in plan.blocks if block.is_computed)
    for number, (cell, source) in enumerate(answers):
        right = truth[source].value
        wrong = number % 3 == 1
        sheet[cell] = float(f"{right * (1.02 if wrong else 1):.3g}")
    sheet[answers[2][0]] = "a word"
    sheet[answers[0][0]] = None
    out = io.BytesIO()
    practice.save(out)
    (tmp_path / "second").mkdir()
    judged = computed(program, {"judged": out.getvalue()}, tmp_path / "second")["judged"]["Practise"]
    verdicts = [judged.cell(*beside(sheet, cell)).value for cell, _ in answers]
    assert verdicts[0] in ("", None)
    assert verdicts[1:3] == ["NOT YET", "NOT YET"]
    for number, verdict in enumerate(verdicts[3:], start=3):
        assert verdict == ("NOT YET" if number % 3 == 1 else "CORRECT")
    count = sum(verdict == "CORRECT" for verdict in verdicts)
    assert judged["B3"].value == f"{count} of {len(answers)} correct"


def verdict_cells(sheet):
    """Each empty cell with the cell of the other sheet that holds its answer."""
    formulas = [cell.value for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=IF(ISBLANK(")]
    found = [re.match(r"=IF\(ISBLANK\((\w+)\).*?ABS\(\w+-Network!(\w+)\)", formula) for formula in formulas]
    return [each.groups() for each in found]


def beside(sheet, address):
    formula = f"=IF(ISBLANK({address})"
    return next(
        (cell.row, cell.column) for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(formula)
    )


def test_no_value_is_stored_that_a_spreadsheet_would_believe() -> None:
    book = openpyxl.load_workbook(io.BytesIO(saved(PRESETS["mazur"].document)), data_only=True)
    plan = planned(PRESETS["mazur"].document)
    assert book["Network"][plan.bands[0].blocks["z"].at(0, 0)].value is None
    assert book["Network"][plan.bands[0].blocks["weight"].at(0, 0)].value == 0.15


def test_a_name_is_no_formula() -> None:
    name = '=HYPERLINK("http://example.org", "x")'
    document = PRESETS["mazur"].document.replace(name=name)
    cell = openpyxl.load_workbook(io.BytesIO(saved(document)))["Network"]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (name, "s", True)
    with zipfile.ZipFile(io.BytesIO(saved(document))) as file:
        formulas = re.findall(rb"<f>(.*?)</f>", file.read("xl/worksheets/sheet1.xml"))
    assert formulas
    assert not any(b"HYPERLINK" in each for each in formulas)


@pytest.mark.parametrize("key", PRESETS)
def test_a_preset_comes_back_whole_and_edited(key) -> None:
    document = PRESETS[key].document
    assert read(saved(document)) == document
    assert read(edited(saved(document), planned(document))) == edited_document(document)


@given(documents(small))
@settings(max_examples=15)
def test_a_random_network_comes_back_whole(document) -> None:
    try:
        content = saved(document)
    except DocumentError as error:
        assert "workbook" in str(error)  # noqa: PT017  # says what cannot be held
        return
    assert read(content) == document


def test_what_libreoffice_saved_comes_back(tmp_path) -> None:
    document = PRESETS["tied_autoencoder"].document
    computed("libreoffice", {"file": saved(document)}, tmp_path)
    assert read((tmp_path / "after/file.xlsx").read_bytes()) == document


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (network((2, 2, 1), optimizer="muon"), "the workbook has no update by Muon: its step of one number reads"),
        (network((2, 2, 1), optimizer="lbfgs"), "the workbook has no update by L-BFGS: its step of one number reads"),
        (
            network((200, 100)),
            "the network makes at least 60,300 cells, a workbook that still recomputes at once at most 60,000",
        ),
    ],
)
def test_what_cannot_be_held_is_said(document, sentence) -> None:
    with pytest.raises(DocumentError, match=sentence):
        saved(document)


def changed_cell(sheet_name, address, value):
    book = openpyxl.load_workbook(io.BytesIO(saved(PRESETS["mazur"].document)))
    book[sheet_name][address] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_damaged_workbook_of_ours_is_one_sentence() -> None:
    weight = planned(PRESETS["mazur"].document).bands[0].blocks["weight"].at(0, 0)
    with pytest.raises(DocumentError, match=r"layers.0.weight has 'a word' in a cell of the workbook, expected a num"):
        read(changed_cell("Network", weight, "a word"))
    with pytest.raises(DocumentError, match="not JSON: expecting value at line 1, column 1"):
        read(changed_cell("mlpviz", "A1", "nothing"))
    book = openpyxl.load_workbook(io.BytesIO(saved(PRESETS["mazur"].document)))
    del book["Network"]
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(out)
    with pytest.raises(DocumentError, match="the workbook has lost the cells that it names mlpviz"):
        read(out.getvalue())
