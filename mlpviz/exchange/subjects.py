"""What files are about: the subjects of formats, with the Python values that stand for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from mlpviz.config import TrainingConfig
from mlpviz.data import Table
from mlpviz.exchange.format import Subject
from mlpviz.network import Document
from mlpviz.practice.exercise import Exercise
from mlpviz.runs import Run
from mlpviz.runs.results_json import TrainedRun


class LiveRun(NamedTuple):
    """A run that is saved, with the CSV file that its config names and does not hold."""

    run: Run
    csv: bytes | None = None


class SavedRun(NamedTuple):
    """A run in a file that was read, before its samples are loaded.

    `restore` takes the samples where all configs share them, else None. It raises DocumentError where the parts of the
    file do not fit together, RunError for too many networks. `sentence` says how the restored run learns on.
    """

    configs: Sequence[TrainingConfig]
    csv: bytes | None
    restore: Callable[[Table | None], Run]
    sentence: Callable[[Run], str]


class Handout(NamedTuple):
    """Exercises to hand out; `address` is that of the app, for links to them, empty if there is none."""

    exercises: Sequence[Exercise]
    address: str = ""

    @property
    def title(self) -> str:
        """What they are about."""
        return self.exercises[0].document.name or "A network"


def unfit_for_platforms(handout: Handout) -> str:
    """Why exercises are no questions of a learning platform; empty if they are."""
    if any(exercise.changed is not None for exercise in handout.exercises):
        return "a platform judges what is typed into a field, and not which number of a sheet somebody means"
    return ""


def handout_stem(handout: Handout) -> str:
    """The name of a file of exercises, without what it is."""
    first = handout.exercises[0]
    name = f"{first.topic}-{first.level}" if first.topic else first.document.name
    name = "".join(letter if letter.isalnum() else "-" for letter in name.lower()).strip("-") or "network"
    return f"{name}-{first.seed}" if first.topic and len(handout.exercises) == 1 else name


NETWORK: Subject[Document, Document] = Subject("a network")
TRAINING: Subject[TrainingConfig, TrainingConfig] = Subject("a training")
RUN: Subject[SavedRun, LiveRun] = Subject("a run")
RESULTS: Subject[Any, TrainedRun] = Subject("the results of the command line")
COMPARISON: Subject[Any, Run] = Subject("a comparison")
EXERCISES: Subject[Any, Handout] = Subject("exercises")
