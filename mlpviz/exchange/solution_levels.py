"""The formats of a worked solution: one record per way of writing and level of detail."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.network_json import stem
from mlpviz.exchange.subjects import NETWORK
from mlpviz.explain.solution.contents import Solution
from mlpviz.explain.solution.solve import LEVELS, Level, solution_of
from mlpviz.network import Document

FAMILY = "worked solution"


def formats_of(
    key: str, *, label: str, suffix: str, media_type: str, write: Callable[[Solution], str]
) -> tuple[Format, ...]:
    """A record for each level, its key that of the way of writing and the level's number."""

    def of(level: Level) -> Format:
        def content(document: Document) -> bytes:
            return write(solution_of(document, level)).encode()

        return Format(
            f"{key}-{level.key}",
            label=f"worked solution for {label}, {level.label}",
            sentence=f"{level.sentence} Forward, loss, backward and update, as {label}.",
            suffix=suffix,
            media_type=media_type,
            saving=Saving(NETWORK, content, lambda document: f"{stem(document)}-solution-{level.key}"),
            group="handout",
            family=FAMILY,
            choices=(("as", label), ("detail", level.label)),
        )

    return tuple(of(level) for level in LEVELS.values())
