"""The address of a page: which parameters a URL may have, and what an answer changes in them."""

from __future__ import annotations

from collections.abc import Mapping

PARAMETERS = {
    "d": "the document on the sheet",
    "n": "how the document on the sheet was made, if it is too large for a link and a seed and steps make it again",
    "f": "the name of the document on the sheet, if it is too large for a link: it is in a file",
    "v": "where its reader stands; the browser writes it by itself",
    "c": "the network beside it, and whether edits go to both",
    "w": "the steps of the optimizer that were taken",
    "t": "the setup of the training",
    "e": "the exercise: topic, level and seed, or what is asked of the document `d`",
    "l": "the lesson that is open, and its step",
    "k": "whether the exercise is opened with its answers, as the key of a worksheet is",
    "s": "the settings of a page of pictures: its key, and each setting with its value",
    "x": "the experiment that is open on the training page",
}
"""Every parameter with what it holds. The letters are in people's links, so they do not change."""

Address = Mapping[str, str]
"""The parameters of a URL by their letters."""

AddressChange = dict[str, str | None]
"""Parameters to set; None removes one, and the others stay."""


def address_in(parameters: Mapping[str, str]) -> Address:
    """What of the parameters of a URL is for a page: others, such as the host's own, are left out."""
    return {name: parameters[name] for name in PARAMETERS if name in parameters}
