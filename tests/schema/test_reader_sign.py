"""What a reader of decimal commas types; everybody else, and every file, has points."""

import json

import pytest

from mlpviz.examples.networks import PRESETS
from mlpviz.exchange import open_file
from mlpviz.exchange.subjects import NETWORK
from mlpviz.schema.matrix_text import parse_matrix
from mlpviz.schema.number_errors import NumberTextError
from mlpviz.schema.reader_sign import is_comma, typed_with
from mlpviz.schema.typed_number import read_numbers, read_typed


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2,5", 2.5),
        ("1,000", 1.0),
        ("−1,125", -1.125),
        ("2.5", 2.5),
        ("0.125", 0.125),
        ("1,125*2", 2.25),
        ("1.234,5", 1234.5),
    ],
)
def test_a_comma_is_decimal_for_its_reader(text: str, number: float) -> None:
    with typed_with(","):
        assert read_typed(text) == number


@pytest.mark.parametrize(("sign", "text"), [(",", "1.000"), (",", "-1.125"), (".", "1,000"), (None, "1,125")])
def test_the_sign_of_others_stays_a_question(sign: str | None, text: str) -> None:
    with typed_with(sign), pytest.raises(NumberTextError, match="which could be"):
        read_typed(text)


def test_points_are_read_as_before_without_a_comma() -> None:
    assert read_typed("1.125") == 1.125
    assert not is_comma()


def test_several_numbers_need_no_question() -> None:
    with pytest.raises(NumberTextError, match="could be"):
        read_numbers("1,5 2")
    with typed_with(","):
        assert read_numbers("1,5; 2,25 3") == [1.5, 2.25, 3.0]
        assert read_numbers("2,3,2", whole=True) == [2.0, 3.0, 2.0]


def test_what_was_copied_here_is_pasted_here() -> None:
    with typed_with(","):
        assert parse_matrix("1,125\t2\n3\t4,5") == [[1.125, 2.0], [3.0, 4.5]]
        assert parse_matrix("1,125\t2,375") == [[1.125, 2.375]]
        # a program's numbers have points whoever pastes them
        assert parse_matrix("np.array([[1.125, 2.0]])") == [[1.125, 2.0]]


def test_a_file_is_nobodys_typing() -> None:
    document = PRESETS["mazur"].document
    text = json.dumps({**json.loads(document.to_json()), "learning_rate": "1.125"})
    with typed_with(","):
        opened = open_file(NETWORK, text)
    assert opened.learning_rate == 1.125


def test_the_sign_ends_with_the_message() -> None:
    with pytest.raises(RuntimeError), typed_with(","):
        raise RuntimeError
    assert not is_comma()
