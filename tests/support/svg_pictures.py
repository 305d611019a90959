"""An SVG picture as a reader sees it: its texts with their places, and the numbers on it."""

import re

from defusedxml.ElementTree import fromstring

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    """The root of the picture; defusedxml refuses entities and what else is no plain SVG."""
    return fromstring(svg)


def texts(svg):
    """Every text and every title, in the order of drawing."""
    return [element.text or "" for element in parsed(svg).iter() if element.tag in (f"{SVG}text", f"{SVG}title")]


def elements(svg, tag):
    """All elements of a kind."""
    return list(parsed(svg).iter(f"{SVG}{tag}"))


def tags(svg):
    return {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}


def attributes(svg):
    return {name for element in parsed(svg).iter() for name in element.attrib}


def scale(svg):
    """How much larger the drawing is on its page."""
    group = next(parsed(svg).iter(f"{SVG}g"))
    return float(re.search(r"scale\(([\d.]+)\)", group.get("transform"))[1])
