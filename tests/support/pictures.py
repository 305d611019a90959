"""PNG files of digits for tests."""

import io

import numpy as np
from PIL import Image


def png(array, mode=None):
    out = io.BytesIO()
    picture = Image.fromarray(np.asarray(array))
    (picture if mode is None else picture.convert(mode)).save(out, "PNG")
    return out.getvalue()


def stroke(side=8, light=True):
    """A vertical stroke, light on dark or dark on light: bytes (side, side)."""
    grey = np.zeros((side, side), np.uint8)
    grey[1:-1, side // 2] = 200
    return grey if light else 255 - grey
