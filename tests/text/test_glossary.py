"""The words of the pages: one plain sentence each, and the files made from them."""

import pytest

from mlpviz.check_page.page import CHECK
from mlpviz.examples.networks import PRESETS
from mlpviz.practice.topics import EVERY_TOPIC
from mlpviz.practice.topics.topic import LEVELS
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.text.glossary import TERMS
from tests.support.learner import Learner
from tools.web_words import GLOSSARY, WORDS, glossary, words_module


@pytest.mark.parametrize("term", TERMS.values(), ids=lambda term: term.key)
def test_a_term_is_one_short_sentence_and_an_example(term):
    for sentence in (term.sentence, term.example):
        assert sentence.endswith((".", ")."))
        assert len(sentence) <= 110, "it is read in one look"
    assert term.sentence[0].isupper() or term.sentence.startswith(("z ", "k"))


def test_every_block_of_the_sheet_has_its_word_by_its_symbol():
    assert {key: TERMS[key].label for key in QUANTITIES} == {
        key: quantity.symbol.partition(" = ")[0] if key != "h" else quantity.symbol
        for key, quantity in QUANTITIES.items()
    }


@pytest.mark.parametrize("topic", EVERY_TOPIC)
def test_every_block_of_an_exercise_has_its_word(topic):
    for level in range(1, LEVELS + 1):
        for block in Learner(e=f"{topic}.{level}.1").structure["blocks"]:
            assert {block["tensor"], block["tensor"].partition(".")[0]} & set(TERMS), block["tensor"]


def test_every_row_of_the_check_page_has_its_word():
    labels = {term.label for term in TERMS.values()} | {word for term in TERMS.values() for word in term.words}
    for key in PRESETS:
        session = CHECK.open({})
        session.take(PRESETS[key].document)
        rows = CHECK.handle(session, {"events": []})["state"]["rows"]
        assert rows
        symbols = {row["tensor"].partition(" of ")[0] for row in rows}
        assert symbols - labels - set(TERMS) == set()


def test_no_form_belongs_to_two_terms():
    forms = [word for term in TERMS.values() for word in term.words]
    assert len(forms) == len(set(forms))


def test_the_files_are_what_the_tool_would_write():
    assert WORDS.read_text(encoding="utf-8") == words_module(), "run python -m tools.web_words"
    assert GLOSSARY.read_text(encoding="utf-8") == glossary(), "run python -m tools.web_words"
