"""What a page of pictures may be about: the network of the page that it reads, and a moment of a training."""

from __future__ import annotations

from typing import NamedTuple

from mlpviz.app.training_moment import TrainingMoment
from mlpviz.network import Document


class Subject(NamedTuple):
    """The network of the sheet, and the moment that the Train page handed over last; None where there is none."""

    document: Document | None = None
    moment: TrainingMoment | None = None


NOTHING = Subject()
