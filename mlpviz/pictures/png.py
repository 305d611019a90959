"""A picture as PNG, drawn by resvg with the font beside this file, so that it looks the same everywhere."""

from __future__ import annotations

import re
from importlib.resources import as_file, files

from mlpviz.network import DocumentError
from mlpviz.pictures.canvas import FONT
from mlpviz.pictures.looks import PictureLook

_TALL = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def png_of(svg: str, look: PictureLook) -> bytes:
    """The picture with as many pixels as its look says. Raises DocumentError without the library."""
    try:
        import resvg_py
    except ImportError:
        raise DocumentError("a PNG needs resvg-py, which is not installed: pip install 'mlpviz[png]'") from None
    width, height = pixels_of(svg, look)
    with as_file(files("mlpviz.pictures").joinpath("fonts/DejaVuSansMono.ttf")) as font:
        found = resvg_py.svg_to_bytes(
            # resvg takes a width with its unit for dots: the picture gets the size of its pixels
            svg_string=re.sub(r'width="[^"]*" height="[^"]*"', f'width="{width}" height="{height}"', svg, count=1),
            width=width,
            height=height,
            font_files=[str(font)],
            font_family=FONT,
            monospace_family=FONT,
        )
    return bytes(found)


def pixels_of(svg: str, look: PictureLook) -> tuple[int, int]:
    """Width and height in pixels, turned as the picture is."""
    found = _TALL.search(svg)
    is_tall = found is not None and float(found[1]) < float(found[2])
    return (look.pixels[1], look.pixels[0]) if is_tall else look.pixels
