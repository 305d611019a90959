"""Files that are not read: each kind is known, and one sentence says what to do instead."""

import io
import pickle
import re

import numpy as np
import pytest
import torch

from mlpviz.exchange.imports import IMPORTS, ForeignFile, read_network
from mlpviz.exchange.imports.not_read import NOT_READ, kind_of
from mlpviz.network import DocumentError


def said(name, content):
    with pytest.raises(DocumentError) as caught:
        read_network(ForeignFile(name, content))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [(suffix, kind) for kind in NOT_READ for suffix in kind.suffixes],
    ids=lambda each: str(each)[:12],
)
def test_each_ending_is_said_with_what_to_do(suffix, kind):
    # begins as ONNX does, which other protocol buffers do too
    sentence = said(f"model{suffix.upper()}", b"\x08\x01\x12\x00")
    assert sentence == f"model{suffix.upper()} {kind.what}, and is not read here: {kind.instead}"


@pytest.mark.parametrize(("head", "kind"), [(head, kind) for kind in NOT_READ for head in kind.heads], ids=str)
def test_each_beginning_is_known_without_a_name(head, kind):
    assert kind_of(ForeignFile("standard input", head + b"\0" * 20)) is kind


@pytest.mark.parametrize("name", ["w.pkl", "model", "w.npy"])
def test_a_pickle_is_known_and_never_opened(name):
    class Harmful:
        def __reduce__(self):
            return pytest.fail, ("it was opened",)

    content = pickle.dumps({"a": np.ones(3), "b": Harmful()})
    assert "is a pickle, which could run any code when it is opened" in said(name, content)


def test_what_is_read_keeps_its_endings():
    kinds = {suffix for kind in NOT_READ for suffix in kind.suffixes}
    read = {suffix for entry in IMPORTS.values() for suffix in entry.suffixes}
    assert kinds & read == {".csv"}, "a table of weights that neuralnet wrote, else one of data"
    assert len(kinds) == sum(len(kind.suffixes) for kind in NOT_READ)


def test_a_state_dict_is_read_whatever_it_is_called():
    buffer = io.BytesIO()
    torch.save({"0.weight": torch.ones(2, 3)}, buffer)
    assert read_network(ForeignFile("model.pkl", buffer.getvalue())).document.widths == (3, 2)


def test_sentences_have_one_form():
    for kind in NOT_READ:
        assert re.match(r"(is|holds) ", kind.what)
        assert not kind.instead.endswith(".")
