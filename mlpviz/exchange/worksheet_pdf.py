"""Worksheets to compute on by hand, and their keys, as PDF for each size of paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.paper.links import paper_link
from mlpviz.exchange.paper.papers import PAPERS, Paper
from mlpviz.exchange.paper.sheet_data import sheet_data
from mlpviz.exchange.paper.typeset import pdf_of
from mlpviz.exchange.subjects import EXERCISES, Handout, handout_stem

FAMILY = "worksheet"


@dataclass(frozen=True)
class PaperKind:
    """What is printed of an exercise. `solved`: with its numbers, and every product written out."""

    key: str
    label: str
    sentence: str
    solved: bool


KINDS = (
    PaperKind("worksheet", "with empty fields", "An exercise to compute on paper: empty fields, name and date.", False),
    PaperKind("key", "the key", "The same sheet solved, then every product of every asked number.", True),
)


def _formats() -> Iterator[Format]:
    for kind in KINDS:
        for paper in PAPERS.values():
            yield _record(kind, paper)


def _record(kind: PaperKind, paper: Paper) -> Format:
    def write(handout: Handout) -> bytes:
        sheets = [
            {**sheet_data(each, solved=kind.solved), **paper_link(each, handout.address, solved=kind.solved)}
            for each in handout.exercises
        ]
        return pdf_of(handout.title, sheets, paper)

    return Format(
        f"{kind.key}-pdf" + (f"-{paper.key}" if paper is not next(iter(PAPERS.values())) else ""),
        label=f"{kind.key} as PDF, {paper.label}",
        sentence=f"{kind.sentence} Black on white, {paper.label}.",
        suffix=".pdf",
        media_type="application/pdf",
        saving=Saving(EXERCISES, write, lambda handout: f"{handout_stem(handout)}-{kind.key}"),
        group="handout",
        leads=True,
        family=FAMILY,
        choices=(("as", kind.label), ("paper", paper.label)),
        other_words=(paper.key,),
        needs="typst",
    )


FORMATS = tuple(_formats())
