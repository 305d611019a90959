import base64
import json
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlpviz.examples.networks import PRESETS
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError
from mlpviz.schema import link
from tests.support.errors import assert_one_line
from tests.support.random_documents import documents

quick = settings(max_examples=150)
SEVEN = PRESETS["seven_layers"].document
LINK = SEVEN.to_link()


def packed(data):
    return base64.urlsafe_b64encode(zlib.compress(data, 9)).decode().rstrip("=")


def refused(text):
    with pytest.raises(DocumentError) as caught:
        Document.from_link(text)
    assert_one_line(caught.value)
    return str(caught.value)


@quick
@given(documents())
def test_a_link_restores_exactly_its_document(document):
    link = document.to_link()
    assert set(link) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
    assert Document.from_link(link) == document
    assert np.array_equal(Document.from_link(link).params, document.params)


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_fits_a_link(key):
    document = PRESETS[key].document
    assert Document.from_link(document.to_link()) == document


def test_the_seven_layer_link_is_short():
    assert len(LINK) < 400


def test_a_link_cut_anywhere_is_refused():
    for length in range(len(LINK)):
        assert "link is" in refused(LINK[:length])
    assert refused(LINK[: len(LINK) // 2]) == "the link is cut off: its end is missing"


def test_one_changed_character_never_opens_another_network():
    for place in range(len(LINK)):
        for character in "A-z5":
            text = LINK[:place] + character + LINK[place + 1 :]
            try:
                assert Document.from_link(text) == SEVEN
            except DocumentError as error:
                assert_one_line(error)


@quick
@given(
    st.text(max_size=300)
    | st.binary(max_size=200).map(lambda data: packed(data))
    | st.from_regex("[A-Za-z0-9_-]{1,99}")
)
def test_random_links_are_refused_in_one_line(text):
    assert refused(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "the link is empty"),
        (LINK + "\n", "the link is damaged: only letters"),
        ("A" * (DOCUMENT_LIMITS.link + 1), "the link has 16,001 characters, at most 16,000"),
        (packed(b"0" * (DOCUMENT_LIMITS.text + 1)), "unpacks to more than 2,000,000"),
        (packed(b" " * 11_000_000), "unpacks to more than 2,000,000"),
        (packed(json.dumps({"version": 2, "layers": "new"}).encode()), "made by a newer mlpviz (version 2)"),
        (packed(b"[]"), "expected an object"),
        (packed(b"\xff"), "not UTF-8"),
        (packed(b"[" * 100_000), "nested too deeply"),
    ],
)
def test_what_is_wrong_with_a_link_is_said(text, part):
    assert part in refused(text)


def test_a_document_too_large_for_a_link_says_so():
    rng = np.random.default_rng(0)
    layer = {"weight": rng.normal(size=(100, 100)).tolist(), "bias": None, "activation": "relu"}
    document = Document.parse(
        json.loads(SEVEN.to_json()) | {"layers": [layer], "x": [[0] * 100], "target": [[0] * 100], "name": "wide"}
    )
    with pytest.raises(DocumentError, match=r"more than 16,000 characters; save a file instead"):
        document.to_link()


def test_packing_stops_where_a_link_is_too_long(monkeypatch):
    fed = []

    class Counting:
        def __init__(self, *settings):
            self.real = compressor(*settings)

        def compress(self, piece):
            fed.append(len(piece))
            return self.real.compress(piece)

        def flush(self):
            return self.real.flush()

    compressor = zlib.compressobj
    monkeypatch.setattr(zlib, "compressobj", Counting)
    text = "".join(map(str, np.random.default_rng(0).integers(0, 10, 500_000)))
    with pytest.raises(DocumentError, match="the link would have more than 16,000 characters; save a file instead"):
        link.packed(text)
    assert sum(fed) < len(text) / 5
    assert link.unpacked(link.packed(text[:20_000])).decode() == text[:20_000]


@pytest.mark.parametrize("size", [1, 100, 511, 512, 4000, 20_000])
def test_a_short_text_is_packed_in_a_small_window_to_the_same_bytes(size):
    text = ",".join(map(str, np.random.default_rng(size).integers(0, 30, size)))[:size]
    deflated = base64.urlsafe_b64decode(link.packed(text) + "==")
    # the first two bytes tell the window
    assert deflated[2:] == zlib.compress(text.encode(), 9)[2:]
    assert zlib.decompress(deflated) == text.encode()
