import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.data import DataError, csv_columns
from mlpviz.data.csv_columns import LONGEST, MOST_ROWS, read_csv
from mlpviz.data.csv_table import csv_table
from tests.support.errors import assert_one_line

FLOWERS = "length,width,species\n1.5,2,setosa\n3,4,virginica\n-5e-1,6,setosa\n"


def table(text, **choices):
    return csv_table(read_csv(text), **choices)


def refused(text, **choices):
    with pytest.raises(DataError) as caught:
        table(text, **choices)
    assert_one_line(caught.value)
    return str(caught.value)


def test_texts_in_the_last_column_are_classes():
    found = table(FLOWERS)
    assert found.x.tolist() == [[1.5, 2], [3, 4], [-0.5, 6]]
    assert found.target.tolist() == [0, 1, 0]
    assert (found.feature_names, found.class_names, found.task) == (
        ("length", "width"),
        ("setosa", "virginica"),
        "classes",
    )


def test_target_and_features_are_chosen_by_heading():
    found = table(FLOWERS, target="width", features=["length"], task="values")
    assert found.x.tolist() == [[1.5], [3], [-0.5]]
    assert found.target.tolist() == [[2], [4], [6]]
    columns = read_csv(FLOWERS)
    assert columns.headings == ("length", "width", "species")
    assert columns.numeric == (True, True, False)
    assert columns.samples == 3


@pytest.mark.parametrize(
    ("cells", "task", "names"),
    [
        (["0", "1", "2"], "classes", ("0", "1", "2")),
        (["10", "2", "2"], "classes", ("2", "10")),
        (["0.5", "1", "2"], "values", ()),
        ([str(number) for number in range(11)], "values", ()),
        (["True", "False", "True"], "classes", ("False", "True")),
        (["1", "yes", "1"], "classes", ("1", "yes")),
        (["1234567", "1234568", "-1"], "classes", ("-1", "1234567", "1234568")),
    ],
)
def test_the_task_is_read_from_the_target(cells, task, names):
    found = table("x,y\n" + "".join(f"{number},{cell}\n" for number, cell in enumerate(cells)))
    assert (found.task, found.class_names) == (task, names)


@pytest.mark.parametrize(
    "text",
    [
        FLOWERS,
        FLOWERS.replace(",", ";"),
        FLOWERS.replace(",", ";").replace("1.5", "1,5").replace("-5e-1", "-0,5"),
        FLOWERS.replace(",", "\t"),
        FLOWERS.replace(",", " | "),
        FLOWERS.replace("\n", "\r\n"),
        FLOWERS.replace("\n", "\r"),
        FLOWERS.replace("\n", "\n\n  \n"),
        FLOWERS.replace("setosa", '"setosa"').replace(",", ", "),
        "\ufeff" + FLOWERS,
        FLOWERS.rstrip(),
    ],
)
def test_other_separators_line_ends_and_quotes_give_the_same_table(text):
    for content in (text, text.encode()):
        found = table(content)
        assert found.x.tolist() == table(FLOWERS).x.tolist()
        assert found.class_names == ("setosa", "virginica")


def test_headings_may_span_lines_be_empty_or_missing():
    assert table('"a\nb",c\n1,2\n3,4\n', task="values").feature_names == ("a\nb",)
    assert read_csv(",a\n1,2\n").headings == ("column 1", "a")
    numbers = table("1,2\n3,4.5\n")
    assert numbers.x.tolist() == [[1], [3]]
    assert numbers.feature_names == ("column 1",)


def test_rows_with_empty_cells_are_left_out_when_asked():
    text = "a,b,c\n1,2,3.5\n,5,6\n7,NA,9\n10,11,12\n"
    assert (
        refused(text)
        == "line 3, column 'a' is empty, expected a value (rows with gaps can be left out: missing = drop)"
    )
    assert table(text, missing="drop").x.tolist() == [[1, 2], [10, 11]]
    # a column that is not used may be as it is
    assert table(text, features=["b"], missing="drop").x.tolist() == [[2], [5], [11]]
    assert refused("a,b\n,1\n2,\n", missing="drop") == "no row is left: every one has an empty cell"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "the file is empty"),
        ("  \n\n", "the file is empty"),
        ("a,b\n", "the file has no rows below its headings"),
        ("a\n1\n", "line 1 has one column, expected at least two"),
        ("a,b,a\n1,2,3\n", "line 1 has the heading 'a' twice, in columns 1 and 3, expected each one once"),
        ("a,b\n1,2\n3\n", "line 3 has 1 cell, expected 2 like the first line"),
        ("a,b\n1,2\n\n3,4,5\n", "line 4 has 3 cells, expected 2 like the first line"),
        ("a,b\n1,x\nold,y\n", "line 3, column 'a' is 'old', expected a number; columns of text can be left out"),
        ("a;b\n1;x\n1,2,3;y\n", "line 3, column 'a' is '1,2,3', expected a number"),
        ('a,b\n"1,5",x\n2,y\n', "line 2, column 'a' is '1,5', expected a number with a decimal point"),
        ("a,b\n1,x\ninf,y\n", "line 3, column 'a' is infinite or too large, expected a number"),
        ("a,b\n1e999,x\n2,y\n", "line 2, column 'a' is infinite or too large, expected a number"),
        ("a,b\n1,x\n2,x\n", "column 'b' holds one class only, 'x', expected at least two"),
        ("a,b\n1,7\n2,7\n", "column 'b' holds one class only, '7', expected at least two"),
        ('a,b\n1,"x\n' + "2,y\n" * 50_000, "a quotation mark left open?"),
        ("a,b\n" + "1,2\n" * (MOST_ROWS + 1), "the file has more than 200,000 rows"),
        (",".join(f"c{number}" for number in range(10_002)) + "\n", "line 1 has 10,002 columns, at most 10,001"),
        (
            "a,b\n" + "".join(f"1,t{number}\n" for number in range(1001)),
            "column 'b' holds 1,001 classes, at most 1,000",
        ),
        ("a,b\n1,\0\n", "line 2 has a null character"),
        ("a,b\n1,caf\u00e9\n".encode("latin-1"), "line 2 is not UTF-8 text: byte 0xe9 does not fit"),
        ("a,b\n1,2\n".encode("utf-16"), "the file is UTF-16 text, expected UTF-8"),
        (b" " * (LONGEST + 1_000_000), "the file has 51 MB, at most 50 MB are allowed"),
        ("a," + "b" * 200 + "\n1,x\n", "column '" + "b" * 32 + "'... holds one class only"),
    ],
    ids=range(23),
)
def test_what_is_wrong_is_one_sentence_with_its_place(text, sentence):
    assert sentence in refused(text)


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"target": "colour"}, "target: there is no column 'colour', expected one of 'length', 'width', 'species'"),
        ({"features": ["length", "x"]}, "features: there is no column 'x', expected one of"),
        ({"features": ["length", "species"]}, "features: 'species' is the target, expected other columns"),
        ({"features": ["length", "length"]}, "features: 'length' stands there twice"),
        ({"target": "length"}, "line 2, column 'species' is 'setosa', expected a number"),
        ({"task": "values"}, "line 2, column 'species' is 'setosa', expected a number"),
    ],
)
def test_a_choice_that_does_not_fit_is_said(choices, sentence):
    assert sentence in refused(FLOWERS, **choices)


@pytest.mark.parametrize(
    ("cells", "numbers"),
    [
        (["1,234.5", "2", "12,345", "-1,000,000"], [1234.5, 2, 12345, -1e6]),
        (["1.234,5", "2", "12.345", "-1.000.000"], [1234.5, 2, 12345, -1e6]),
        (["1.234,5", "2,25", "0", "7"], [1234.5, 2.25, 0, 7]),
        (["1 234,5", "2", "12 345", "0,5"], [1234.5, 2, 12345, 0.5]),
        (["1\u202f234.5", "2", "12\u00a0345", "0.5"], [1234.5, 2, 12345, 0.5]),
        (["1'234.5", "2", "12\u2019345", "1e3"], [1234.5, 2, 12345, 1000]),
        # nothing says that these are thousands: between semicolons a comma is the decimal point
        (["1,234", "2,5", "0", "1"], [1.234, 2.5, 0, 1]),
        (["0,125", "-,5", "+3,", "1e-3"], [0.125, -0.5, 3, 0.001]),
    ],
)
def test_decimal_commas_and_thousands_are_read_where_the_column_leaves_no_doubt(cells, numbers):
    text = "a;b\n" + "".join(f"{cell};{number / 4}\n" for number, cell in enumerate(cells))
    assert table(text).x.ravel().tolist() == numbers


@pytest.mark.parametrize("cell", ["1,23,4.5", "1.23,4,5", "1,5", "1.234,5,6", "12,34", "1,234"])
def test_a_cell_that_may_be_two_numbers_is_refused_in_a_file_with_commas(cell):
    expected = "which could be 1234 or 1.234" if cell == "1,234" else "expected a number"
    assert f"is '{cell}', {expected}" in refused(f'a,b\n1,2.5\n"{cell}",3\n4,1\n')


def test_a_row_that_is_left_out_still_shows_what_a_comma_is():
    assert table("a;b;c\n1,234.5;;2.5\n1,234;2;3\n4;1;1\n", missing="drop").x.tolist() == [[1234, 2], [4, 1]]


def test_a_row_that_is_left_out_still_shows_what_a_comma_of_a_class_is():
    found = table("a;b;c\n1;;1.234,5\n1;2;1.234\n2;3;7\n4;1;1.234\n", missing="drop", task="classes")
    assert found.class_names == ("7", "1234")


def test_one_cell_of_another_form_is_no_number_beside_thousands():
    assert "line 3, column 'a' is '1.2.3', expected a number" in refused("a;b\n1,234.5;2.5\n1.2.3;3\n4;1\n")


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("1,5;2,5;3\n4;5;6,5\n", [[1.5, 2.5], [4, 5]]),  # commas are as many as semicolons
        ("1,5;2,5\n3;4,5\n", [[1.5], [3]]),
        ('"a, b, c";"d"\n1;2,5\n3;4\n', [[1], [3]]),
        ('a,"b;c;d;e"\n1,2.5\n3,4\n', [[1], [3]]),
        ("a|b\n1|2,5\n3|4\n", [[1], [3]]),
        ("\n\n \na\tb\n1\t2,5\n\n3\t4\n", [[1], [3]]),
        ("1 2,3.5\n", None),
    ],
)
def test_the_separator_is_what_divides_all_rows_alike(text, x):
    if x is None:
        assert "expected" in refused(text) or "no rows" in refused(text)
    else:
        assert table(text, task="values").x.tolist() == x


COLOURS = "size,colour,price\n1,red,2.5\n2, blue ,3\n4,red,4\n"


def test_a_column_of_text_is_left_out_or_becomes_columns_of_0_and_1():
    assert "line 2, column 'colour' is 'red', expected a number" in refused(COLOURS)
    left = table(COLOURS, texts="leave_out")
    assert (left.feature_names, left.x.tolist()) == (("size",), [[1], [2], [4]])
    one_hot = table(COLOURS, texts="one_hot")
    assert one_hot.feature_names == ("size", "colour = blue", "colour = red")
    assert one_hot.x.tolist() == [[1, 0, 1], [2, 1, 0], [4, 0, 1]]
    # the names in the file stay known, whatever is made of them
    assert left.headings == one_hot.headings == ("size", "colour", "price")


def test_gaps_in_a_column_that_is_left_out_do_not_count():
    text = COLOURS.replace(" blue ", "")
    assert table(text, texts="leave_out").x.tolist() == [[1], [2], [4]]
    assert "line 3, column 'colour' is empty" in refused(text, texts="one_hot")
    assert table(text, texts="one_hot", missing="drop").feature_names == ("size", "colour = red")


def test_a_number_among_texts_is_a_text_and_too_many_texts_are_said():
    assert table("a,b\n1,2.5\nx,3\n1,4\n", texts="one_hot").feature_names == ("a = 1", "a = x")
    many = "a,b\n" + "".join(f"t{number},{number / 3}\n" for number in range(101))
    assert "column 'a' holds 101 different texts, at most 100 can become columns of 0 and 1" in refused(
        many, texts="one_hot"
    )
    assert "every column but the target has texts" in refused(many, texts="leave_out")


@settings(max_examples=200)
@given(st.text(alphabet='a1,;"\n\r\t |.-eé\0\ufeff', max_size=60) | st.text(max_size=60) | st.binary(max_size=60))
def test_no_text_ends_in_anything_but_a_table_or_a_sentence(text):
    try:
        found = table(text)
    except DataError as error:
        assert_one_line(error)
    else:
        assert np.isfinite(found.x).all()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "5.1,3.5,setosa\n4.9,3.0,versicolor\n6,2,virginica\n",
            "line 1 has '5.1' where a heading is expected; write a line with the names of the columns above it",
        ),
        (
            "5,3,p\n4,3,q\n6,2,p\n",
            "line 1 has '5' where a heading is expected; write a line with the names of the columns above it",
        ),
        (
            "0.5,0.5,p\n4,3,q\n6,2,p\n",
            "line 1 has '0.5' where a heading is expected; write a line with the names of the columns above it",
        ),
        (
            'a,b,y\n"1,000",1,2\n2,2,3\n',
            "line 2, column 'a' is '1,000', which could be 1000 or 1.000; write it without the comma",
        ),
        ("a,b,y\n1,2,p\n2,1e400,q\n", "line 3, column 'b' is infinite or too large, expected a number"),
        ("a,b,y\n1,-inf,p\n2,1,q\n", "line 2, column 'b' is infinite or too large, expected a number"),
        ("a,b,y\n", "the file has no rows below its headings"),
        ("a,b,y\n1,2,p\n2,3,p\n", "column 'y' holds one class only, 'p', expected at least two"),
        ("a,a,y\n1,2,p\n2,3,q\n", "line 1 has the heading 'a' twice, in columns 1 and 2, expected each one once"),
    ],
)
def test_each_thing_that_files_have_is_one_sentence(text, said):
    with pytest.raises(DataError) as caught:
        csv_table(read_csv(text))
    assert str(caught.value).split("; columns of text")[0] == said


def test_years_may_be_headings_and_odd_names_stay():
    assert csv_table(read_csv("2019,2020,kind\n1,2,p\n2,3,q\n")).feature_names == ("2019", "2020")
    odd = 'x 1,"a, b",<b>c</b>,ä/ö,=A1,kind\n1,2,3,4,5,p\n2,3,4,5,6,q\n'
    assert csv_table(read_csv(odd)).feature_names == ("x 1", "a, b", "<b>c</b>", "ä/ö", "=A1")
    flags = csv_table(read_csv("a,flag,kind\n1,True,p\n2,False,q\n"))
    assert flags.x.tolist() == [[1, 1], [2, 0]]


@pytest.mark.parametrize("part", [1, 2, 3, 5, 1000])
def test_what_is_looked_at_in_parts_is_the_same_text(monkeypatch, part):
    monkeypatch.setattr(csv_columns, "_PART", part)
    found = read_csv("\ufeffgröße;€\n1;2\n3;4\n".encode())
    assert (found.headings, found.samples) == (("größe", "€"), 2)
    with pytest.raises(DataError, match=r"^line 3 is not UTF-8 text: byte 0xe2 does not fit"):
        read_csv("größe;€\n1;2\n3;€".encode()[:-1])
    with pytest.raises(DataError, match="line 2 has a null character"):
        read_csv("größe;€\n1;\0\n".encode())
    with pytest.raises(DataError, match="the file is empty"):
        read_csv(" \n\u2003\n".encode())
