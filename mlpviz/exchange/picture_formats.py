"""Pictures of the sheet, of the drawing and of the decision map, as SVG and PNG in every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from mlpviz.exchange.format import Format, Saving, Subject
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.plane_answers import document_answers, run_answers
from mlpviz.exchange.subjects import NETWORK, RUN
from mlpviz.pictures.looks import LOOKS, PictureLook
from mlpviz.pictures.network_drawing import drawing_picture
from mlpviz.pictures.plane_picture import plane_picture
from mlpviz.pictures.png import png_of
from mlpviz.pictures.sheet_picture import sheet_picture

FAMILY = "picture"
_FIRST = "light"
"""The look whose name is left out of the key."""


@dataclass(frozen=True)
class Motif:
    """What is in a picture: `draw` takes a value of the subject."""

    key: str
    label: str
    subject: Subject[Any, Any]
    draw: Callable[[Any, PictureLook], str]
    stem: Callable[[Any], str]


MOTIFS = (
    Motif("sheet", "the sheet", NETWORK, sheet_picture, lambda document: f"{stem(document)}-sheet"),
    Motif("drawing", "the drawing", NETWORK, drawing_picture, lambda document: f"{stem(document)}-drawing"),
    Motif(
        "map", "the decision map (2 inputs)", NETWORK,
        lambda document, look: plane_picture(document_answers(document), look),
        lambda document: f"{stem(document)}-map",
    ),
    Motif(
        "run-map", "the decision map", RUN,
        lambda live, look: plane_picture(run_answers(live), look),
        lambda live: f"map-epoch-{live.run.progress.newest}",
    ),
)  # fmt: skip


def _formats() -> Iterator[Format]:
    for motif in MOTIFS:
        for look in LOOKS.values():
            yield _record(motif, look, "svg", "SVG", "image/svg+xml", lambda svg, _: svg.encode())
            yield _record(motif, look, "png", "PNG", "image/png", png_of)


def _record(
    motif: Motif,
    look: PictureLook,
    kind: str,
    kind_label: str,
    media_type: str,
    finish: Callable[[str, PictureLook], bytes],
) -> Format:
    size = "{} × {} pixels".format(*look.pixels) if kind == "png" else "text can be selected"
    return Format(
        f"{motif.key}-{kind}" + (f"-{look.key}" if look.key != _FIRST else ""),
        label=f"picture of {motif.label} as {kind_label}, {look.label}",
        sentence=f"{motif.label[0].upper()}{motif.label[1:]} as {kind_label}, {look.sentence}; {size}.",
        suffix=f".{kind}",
        media_type=media_type,
        saving=Saving(motif.subject, lambda value: finish(motif.draw(value, look), look), motif.stem),
        group="handout",
        family=FAMILY,
        choices=(("of", motif.label), ("as", kind_label), ("look", look.label)),
        needs="resvg_py" if kind == "png" else "",
    )


FORMATS = tuple(_formats())
