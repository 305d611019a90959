import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.network import DocumentError
from mlpviz.schema.matrix_text import parse_matrix
from tests.support.errors import assert_one_line
from tests.support.pasted_matrices import LONG, MATRICES, REFUSED
from tests.support.pasted_outputs import OUTPUTS, QUESTIONS
from tests.support.pasted_programs import ASKED, READ
from tests.support.random_documents import matrices, small

quick = settings(max_examples=150)

torch_2x2 = "tensor([[ 1.0000,  2.0000],\n        [-3.0000,  0.5000]], dtype=torch.float64, requires_grad=True)"


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("1\t2\n3\t4\n", [[1, 2], [3, 4]]),
        ("1\t2\r\n3\t4\r\n", [[1, 2], [3, 4]]),
        ("0,5\t1,5\n-2\t,25", [[0.5, 1.5], [-2, 0.25]]),
        ("0,5;1,5\n2;3", [[0.5, 1.5], [2, 3]]),
        ("1, 2, 3\n4, 5, 6", [[1, 2, 3], [4, 5, 6]]),
        ("1,2", [[1, 2]]),
        ("1;2", [[1, 2]]),
        ("  1 2\n 3   4 ", [[1, 2], [3, 4]]),
        ("1e-3 +2.5E2", [[0.001, 250]]),
        ("[[1. 2.]\n [3. 4.]]", [[1, 2], [3, 4]]),
        ("[[ 1.  -2.5]\n [ 3.e-01  4. ]]", [[1, -2.5], [0.3, 4]]),
        ("[1. 2. 3.]", [[1, 2, 3]]),
        ("array([[1, 2],\n       [3, 4]])", [[1, 2], [3, 4]]),
        ("np.array([[1., 2.]], dtype=float32)", [[1, 2]]),
        ("weight = numpy.array([[1, 2]], dtype=np.float64);", [[1, 2]]),
        (torch_2x2, [[1, 2], [-3, 0.5]]),
        ("tensor([[0.1]], device='cuda:0', grad_fn=<MmBackward0>)", [[0.1]]),
        ("[[1, 2], [3, 4],]", [[1, 2], [3, 4]]),
        ("[(1, 2), (3, 4)]", [[1, 2], [3, 4]]),
        ("[1, 2]", [[1, 2]]),
        ("[1 2; 3 4]", [[1, 2], [3, 4]]),
        ("−1 2", [[-1, 2]]),
        ("5", [[5]]),
        ("\ufeff1\u00a02", [[1, 2]]),
    ],
)
def test_forms_that_people_paste(text, rows):
    assert parse_matrix(text) == rows


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "is empty"),
        (" \n\t ", "is empty"),
        ("1 2\n3", "row 2 of the pasted matrix has 1 number, row 1 has 2"),
        ("1\t\t3", "row 1 column 2 of the pasted matrix is empty"),
        ("1\t2\n\t4", "row 2 column 1 of the pasted matrix is empty"),
        ("1,,3", "row 1 column 2 of the pasted matrix is empty"),
        ("[1,,2]", "row 1 column 2 of the pasted matrix is empty"),
        ("[,1]", "row 1 column 1 of the pasted matrix is empty"),
        ("[[], []]", "row 1 column 1 of the pasted matrix is empty"),
        ("1 x", "row 1 column 2 of the pasted matrix is 'x', expected a number"),
        ("1 2\n3 nan", "row 2 column 2 of the pasted matrix is 'nan', expected a number"),
        ("inf", "row 1 column 1 of the pasted matrix is 'inf'"),
        ("1e999", "row 1 column 1 of the pasted matrix is '1e999', expected a number of at most 1e300"),
        ("1_000", "is '1_000', expected a number"),
        ("0x10", "expected a number"),
        ("١ ٢", "expected a number"),
        ("1,2345\t0.5", "row 1 column 1 of the pasted matrix is '1,2345', expected a number with a decimal comma"),
        ("1,2,3\t4", "row 1 column 1 of the pasted matrix is '1,2,3'"),
        ("[[0. 1. ... 8. 9.]]", "np.set_printoptions"),
        ("[[1 … 2]]", "np.set_printoptions"),
        ("[[[1, 2]]]", "more than two dimensions"),
        ("[[1, 2], 3]", "between its rows"),
        ("[1, [2]]", "beside single numbers"),
        ("[[1, 2]", "not closed"),
        ("[1] [2]", "more than one matrix"),
        ("]1[", "outside its brackets"),
        ("__import__('os')[1]", "outside its brackets"),
        ("[[1; 2]]", "semicolon inside brackets"),
        ("[" * 100_000, "outside its brackets"),
        ("[" * 100_000 + "]", "more than two dimensions"),
        ("1 " * 600_000, "1,200,000 characters, at most 500,000"),
        ("1 " * 2000, "1 x 2000, at most 1024 rows and columns"),
        ("y" * 500, "is 'yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy'..., expected a number"),
        ("<script>alert(1)</script>", "expected a number"),
    ],
)
def test_what_is_no_matrix_is_one_sentence(text, part):
    with pytest.raises(DocumentError) as caught:
        parse_matrix(text)
    assert_one_line(caught.value)
    assert part in str(caught.value)


@pytest.mark.parametrize(("text", "rows"), MATRICES + OUTPUTS + READ)
def test_what_programs_and_people_write(text, rows):
    assert parse_matrix(text) == rows


@pytest.mark.parametrize(("text", "part"), REFUSED)
def test_what_can_be_read_in_two_ways_or_none_is_one_sentence(text, part):
    with pytest.raises(DocumentError) as caught:
        parse_matrix(text)
    assert_one_line(caught.value)
    assert part in str(caught.value)


@pytest.mark.parametrize(("text", "sentence"), QUESTIONS + ASKED)
def test_what_is_refused_is_said_in_this_one_sentence(text, sentence):
    with pytest.raises(DocumentError) as caught:
        parse_matrix(text)
    assert_one_line(caught.value)
    assert str(caught.value) == sentence


NUMBERS = np.random.default_rng(0).normal(size=(3, 12))
SCALED = NUMBERS * 10.0 ** np.random.default_rng(1).integers(-8, 8, size=NUMBERS.shape)


@pytest.mark.parametrize("array", [NUMBERS, SCALED, SCALED.astype(np.float32)], ids=["alike", "apart", "float32"])
@pytest.mark.parametrize(
    "options",
    [{}, {"precision": 3, "suppress": True}, {"linewidth": 40}, {"sign": "+"}, {"floatmode": "fixed", "precision": 4}],
    ids=str,
)
def test_wrapped_lines_of_numpy_and_pytorch_are_read_as_printed(array, options):
    with np.printoptions(**options):
        texts = [str(array), repr(array)]
    texts.append(repr(torch.tensor(array)))
    for text in texts:
        inner = text[text.index("[") : text.rindex("]") + 1].replace(",", " ")
        printed = [[float(number) for number in row.strip("[] \n").split()] for row in re.split(r"\]\s+\[", inner)]
        assert np.shape(printed) == array.shape
        assert parse_matrix(text) == printed


@st.composite
def rectangles(draw):
    return draw(matrices(draw(st.integers(1, 5)), draw(st.integers(1, 5)), small))


@quick
@given(rectangles())
def test_printed_arrays_are_read_back(rows):
    array = np.array(rows)
    forms = [str(array), repr(array), str(rows), "\n".join(" ".join(map(str, row)) for row in rows)]
    forms += [separator.join("\n".join(",".join(map(str, row)) for row in rows).split(",")) for separator in "\t;"]
    if array.shape[1] > 1:  # one column with decimal commas could as well be two columns
        forms.append("\n".join("\t".join(str(value).replace(".", ",") for value in row) for row in rows))
    forms.append(str(array).replace("-", "−"))
    for text in forms:
        assert parse_matrix(text) == rows


@settings(quick, max_examples=500)
@given(st.text(max_size=60) | st.text("[](){},; \t\n0123456789.-e…=xarray", max_size=60))
def test_any_text_is_a_matrix_or_one_sentence(text):
    try:
        rows = parse_matrix(text)
    except DocumentError as error:
        assert_one_line(error)
    else:
        assert len({len(row) for row in rows}) == 1
        assert np.isfinite(rows).all()


@pytest.mark.parametrize("text", LONG, ids=lambda text: ascii(text[:12]))
@pytest.mark.parametrize("around", ["{}", "[{}]", "1 {}", "matrix(c({}", "{} 1"])
def test_long_texts_are_read_in_one_go(text, around):
    try:
        rows = parse_matrix(around.format(text))
    except DocumentError as error:
        assert_one_line(error)
    else:
        assert np.isfinite(rows).all()
