"""Text that is no document, and documents with damage anywhere, end in one line or in a document."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError
from tests.support.errors import assert_one_line
from tests.support.random_documents import plain_documents
from tests.support.written_documents import quick, seven


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "not JSON: expecting value at line 1, column 1"),
        ('{"a": 1,\n "b" 2}', "at line 2, column 6"),
        ("[]", "the document is a list, expected an object"),
        ("null", "the document is null, expected an object"),
        ('"' + "é" * 200 + '"', "expected an object"),
        ("[" * 200_000, "nested too deeply"),
        ('{"x":' * 200_000, "nested too deeply"),
        ("9" * 5000, "a number too large to be read"),
        ('{"version": 1, "version": 1}', "has the field 'version' twice"),
        ('{"version": ' + "9" * 4000 + "}", "made by a newer mlpviz (version a number of more than 20 digits)"),
        (b"\xff\xfe", "not UTF-8 text: byte 1"),
        (" " * (DOCUMENT_LIMITS.text + 1), "8,000,001 characters, at most 8,000,000"),
        (
            seven() | {"x": [[float("1e400"), 0, 0], [0, 0, 0]]},
            "x row 1 column 1 is Infinity, expected a finite number",
        ),
        ({1: 2}, "layers is missing"),
        (5, "the document is 5, expected an object"),
    ],
)
def test_what_is_no_document_is_one_sentence(text, part):
    with pytest.raises(DocumentError) as caught:
        Document.parse(text)
    assert_one_line(caught.value)
    assert part in str(caught.value)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=50)
    | st.sampled_from([10**400, 1e308, "\ud800", "\n", "nan", 1e300]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def damaged(draw):
    """A good document with one to three entries dropped, doubled or replaced by junk."""
    document = copy.deepcopy(draw(plain_documents()))
    for _ in range(draw(st.integers(1, 3))):
        place = document
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], list | dict) and place[key] and draw(st.integers(0, 3)):
                place = place[key]
                continue
            action = draw(st.sampled_from(["drop", "junk", "more"]))
            if action == "drop":
                del place[key]
            elif action == "junk":
                place[key] = draw(JUNK)
            elif isinstance(place, list):
                place.append(draw(JUNK))
            else:
                place[draw(st.text(max_size=60))] = draw(JUNK)
            break
    return document


@settings(quick, max_examples=600)
@given(damaged())
def test_a_damaged_document_is_refused_in_one_line_or_is_a_document(plain):
    outcomes = []
    for source in (plain, json.dumps(plain)):
        try:
            document = Document.parse(source)
        except DocumentError as error:
            assert_one_line(error)
            outcomes.append(None)
        else:
            assert Document.parse(document.to_json()) == document
            outcomes.append(document)
    assert outcomes[0] == outcomes[1]


@quick
@given(st.binary(max_size=200) | st.text(max_size=200))
def test_random_text_is_refused_in_one_line(text):
    with pytest.raises(DocumentError) as caught:
        Document.parse(text)
    assert_one_line(caught.value)
