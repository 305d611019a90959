"""What the browser has of the training page already, so that an answer brings only what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mlpviz.train_page.frame_schema import Frame


class ClientCache(NamedTuple):
    """What the browser has of a run: how many rows of each curve, and of the statistics of the member in focus."""

    run: str = ""
    curves: tuple[tuple[int, int, int, int], ...] = ()
    """member, branch, generation, rows"""
    bands: tuple[int, int, int] | None = None
    """member, generation, rows"""


EMPTY_CACHE = ClientCache()


def cache_after(frame: Frame, before: ClientCache = EMPTY_CACHE) -> ClientCache:
    """What the browser has after this frame, if it had `before` until then."""
    kept = before if before.run == frame["run"] else EMPTY_CACHE
    curves = {(member, branch): (generation, rows) for member, branch, generation, rows in kept.curves}
    bands = kept.bands
    for place, member in enumerate(frame["lanes"]):
        for curve in member["curves"]:
            curves[place, curve["branch"]] = (curve["generation"], curve["start"] + len(curve["epoch"]))
        if member["bands"] is not None:
            bands = (place, member["bands"]["generation"], member["bands"]["start"] + len(member["bands"]["epoch"]))
    return ClientCache(frame["run"], tuple((*key, *value) for key, value in curves.items()), bands)


@dataclass
class Delivered:
    """What was sent in the answers of a session: `frames` counts them, `cache` is what they had of all that grows."""

    frames: int = 0
    cache: ClientCache = EMPTY_CACHE
    static: tuple[Any, ...] | None = None
    """what the static frame was made of"""
    form: tuple[Any, ...] | None = None
    """what the form of the settings was made of"""
    card: Any = None
    """the data of the card of the experiment"""

    def clear(self) -> None:
        """The browser has nothing any more."""
        self.cache, self.static, self.form = EMPTY_CACHE, None, None

    def is_new_form(self, form: tuple[Any, ...]) -> bool:
        """Whether a form made of these parts is another one than the browser has; then it counts as sent."""
        # configs are frozen: the same object is the same config, and comparing data sets takes time
        if self.form is not None and all(one is other for one, other in zip(form, self.form, strict=True)):
            return False
        self.form = form
        return True
