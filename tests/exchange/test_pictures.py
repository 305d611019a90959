"""Pictures become rows of x: size, ground, range and bad files."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from mlpviz.exchange.imports import ForeignFile
from mlpviz.exchange.pictures import PIXELS, is_picture, with_pictures
from mlpviz.network import DocumentError
from tests.support.errors import assert_one_line
from tests.support.pictures import png, stroke
from tests.support.workbook_networks import network

EIGHT = network((64, 3, 2), ({"dropout": 0.5, "mask": [[1, 0, 1]] * 4}, {}), x=[[0.5] * 64] * 4)


def read(*contents, document=EIGHT, **answers):
    files = [ForeignFile(f"{number}.png", content) for number, content in enumerate(contents)]
    return with_pictures(document, files, answers)


def test_a_picture_of_the_right_size_is_taken_number_by_number() -> None:
    found = read(png(stroke()))
    assert np.array_equal(np.array(found.document.x), stroke().reshape(1, 64) / 255)
    assert found.understood[0] == "0.png: 8 × 8 pixels."
    assert {guess.key: guess.chosen for guess in found.guesses} == {"strokes": "light", "range": "1"}


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "1", "P", "LA"])
def test_every_kind_of_png_gives_the_same_picture(mode) -> None:
    grey = (stroke() > 0).astype(np.uint8) * 255
    assert np.array_equal(np.array(read(png(grey, mode)).document.x)[0], grey.ravel() / 255)


def test_sixteen_bits_are_read_as_shares_of_white() -> None:
    found = read(png(stroke().astype(np.uint16) * 257))
    assert np.array_equal(np.array(found.document.x)[0], stroke().ravel() / 255)


def test_what_is_transparent_is_paper() -> None:
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[1:-1, 4, 3] = 255
    found = read(png(picture))
    assert np.array_equal(np.array(found.document.x)[0], (stroke().ravel() > 0).astype(float))


def test_dark_strokes_are_inverted_which_can_be_answered_otherwise() -> None:
    content = png(stroke(light=False))
    inverted = read(content)
    assert inverted.guesses[0].chosen == "dark"
    np.testing.assert_allclose(np.array(inverted.document.x)[0], stroke().ravel() / 255, atol=1e-15)
    other = read(content, strokes="light")
    assert np.array_equal(np.array(other.document.x)[0], stroke(light=False).ravel() / 255)


def test_the_range_is_that_of_the_samples_so_far() -> None:
    sixteen = network((64, 3, 2), x=[[12.0] * 64] * 4)
    assert np.array(read(png(stroke()), document=sixteen).document.x).max() == 200 / 255 * 16
    assert np.array(read(png(stroke()), range="255").document.x).max() == 200
    with pytest.raises(DocumentError, match="range is '2', expected one of 1, 16, 255"):
        read(png(stroke()), range="2")


def test_another_size_is_scaled_and_said() -> None:
    large = np.kron(stroke(), np.ones((25, 25), np.uint8))
    found = read(png(large))
    assert found.understood[0] == "0.png: 200 × 200 pixels, scaled to 8 × 8."
    assert np.array_equal(np.array(found.document.x)[0], stroke().ravel() / 255)


def test_targets_and_masks_follow_the_number_of_pictures() -> None:
    two = read(png(stroke()), png(stroke(light=False)), strokes="light").document
    assert (two.samples, two.target, two.layers[0].mask) == (2, EIGHT.target[:2], ((1, 0, 1),) * 2)
    six = read(*[png(stroke())] * 6).document
    assert (six.samples, six.target[:4], six.target[4]) == (6, EIGHT.target, (0.0, 0.0))
    assert six.layers == EIGHT.replace(layers=six.layers, x=six.x, target=six.target).layers


def test_a_network_of_other_inputs_takes_no_picture() -> None:
    for width in (2, 4, 63):
        with pytest.raises(DocumentError, match=f"this network has {width} inputs; a picture needs 64 .8 × 8. or 784"):
            read(png(stroke()), document=network((width, 2)))


def head(width, height):
    content = bytearray(png(stroke()))
    content[16:24] = struct.pack(">II", width, height)
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (png(np.zeros((8, 9), np.uint8)), "0.png has 9 × 8 pixels, expected a square picture"),
        (head(60_000, 60_000), f"0.png has 60000 × 60000 pixels, at most {PIXELS:,} can be read"),
        (head(0, 0), "0.png has 0 × 0 pixels, expected a square picture"),
        (png(stroke())[:40], "0.png is a damaged PNG"),
        (png(stroke())[:8], "0.png has 0 × 0 pixels, expected a square picture"),
    ],
)
def test_a_bad_picture_is_one_sentence(content, words) -> None:
    with pytest.raises(DocumentError) as caught:
        read(content)
    assert str(caught.value).startswith(words)
    assert_one_line(caught.value)


def test_damaged_pictures_are_refused_or_read_in_one_piece() -> None:
    good = png(stroke())
    for place in range(8, len(good)):
        damaged = good[:place] + bytes([good[place] ^ 0x41]) + good[place + 1 :]
        try:
            assert read(damaged).document.samples == 1
        except DocumentError as error:
            assert_one_line(error)


def test_only_png_is_a_picture() -> None:
    out = io.BytesIO()
    Image.fromarray(stroke()).save(out, "GIF")
    assert not is_picture(ForeignFile("a.png", out.getvalue()))
    assert is_picture(ForeignFile("a", png(stroke())))
