"""From setups to the lanes of a run: their number, and what they can share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mlpviz.config import TrainingConfig, prepare
from mlpviz.data import Table
from mlpviz.runs.errors import RunError
from mlpviz.runs.member import Member
from mlpviz.schema.errors import field_name
from mlpviz.text.sentences import sentence

MOST = 8
"""More curves than this nobody can tell apart."""

MOST_FOLDS = 10


def members_of(setups: Mapping[str, TrainingConfig], table: Table | None = None) -> tuple[Member, ...]:
    """One lane per setup, by its label; of a single setup with k-fold cross-validation one lane per fold.

    `table` are the samples, if they are loaded already and are the same for all. Lanes with the same samples hold the
    very same arrays. Raises DocumentError if a setup doesn't fit its data, RunError for a wrong number of lanes.
    """
    if not 1 <= len(setups) <= MOST:
        raise RunError(f"{len(setups)} networks side by side, expected 1 to {MOST}")
    members: list[Member] = []
    for label, setup in setups.items():
        twin = next((member for member in members if member.setup.data == setup.data), None)
        built = prepare(setup, twin.built.table if twin is not None else table)
        if len(built.folds) > 1:
            if len(setups) > 1:
                raise RunError(f"{label} has {len(built.folds)} folds, expected none in a comparison")
            if len(built.folds) > MOST_FOLDS:
                said = "{folds} is {count}, expected at most {most} to be watched at once"
                place = field_name("split", "folds")
                raise RunError(sentence(said, folds=place, count=len(built.folds), most=MOST_FOLDS))
            return tuple(Member.of(f"fold {fold + 1}", built, fold) for fold in range(len(built.folds)))
        member = Member.of(label, built)
        twin = next((other for other in members if same_samples(other, member)), None)
        members.append(member if twin is None else replace(member, sets=twin.sets))
    return tuple(members)


def same_samples(one: Member, other: Member) -> bool:
    """Whether both learn from the same numbers."""
    names = ("data", "split", "features", "scaling", "target_scaling", "one_hot", "loss", "dtype")
    shapes = (one.spec.outputs, one.spec.layers[-1].activation.key) == (
        other.spec.outputs, other.spec.layers[-1].activation.key,
    )  # fmt: skip
    return shapes and all(getattr(one.setup, name) == getattr(other.setup, name) for name in names)
