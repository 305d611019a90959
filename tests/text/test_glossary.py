"""The words of the pages: one plain sentence each, and the files made from them."""

import pytest

from mlpviz.sheet.quantities import COLUMNS
from mlpviz.text.glossary import TERMS
from tools.web_words import GLOSSARY, WORDS, glossary, words_module


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.key)
def test_a_term_is_one_short_sentence(term):
    assert term.sentence.endswith((".", ")."))
    assert len(term.sentence) <= 110, "it is read in one look"
    assert term.sentence[0].isupper() or term.sentence.startswith(("z ", "k"))


def test_every_column_of_the_sheet_has_its_word():
    assert {key for key, _ in COLUMNS} <= set(TERMS)


def test_no_form_belongs_to_two_terms():
    forms = [word for term in TERMS.values() for word in term.words]
    assert len(forms) == len(set(forms))


def test_the_files_are_what_the_tool_would_write():
    assert WORDS.read_text(encoding="utf-8") == words_module(), "run python -m tools.web_words"
    assert GLOSSARY.read_text(encoding="utf-8") == glossary(), "run python -m tools.web_words"
