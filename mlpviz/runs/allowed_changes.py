"""What may change of a run that goes on: hyperparameters of its optimizers, and the way its network is trained."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.config import TrainingConfig
from mlpviz.engine import HyperparameterError
from mlpviz.runs.engine_run import EngineRun
from mlpviz.runs.errors import RunError
from mlpviz.runs.member import Member, members_of
from mlpviz.schema.registry_choice import hyperparameter_sentence
from mlpviz.text.sentences import Mention, sentence


def allowed_hyperparameters(
    engine_runs: tuple[EngineRun, ...], choice: str, hyperparameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Those of these hyperparameters that the optimizer of each engine run has.

    Raises RunError for a hyperparameter that no optimizer has, for one that the members differ in (`choice`), and for a
    value out of range.
    """
    changes = []
    for engine_run in engine_runs:
        optimizer = engine_run.plan.optimizer
        names = {each.name for each in optimizer.hyperparameters}
        found = {name: value for name, value in hyperparameters.items() if name in names}
        for name in found:
            if isinstance(optimizer.settings[name], np.ndarray) or name == choice:
                said = "{name} is what the networks differ in: it can't be turned for all of them"
                raise RunError(sentence(said, name=Mention(name, "name")))
        try:
            optimizer.configure(**{**engine_run.live.hyperparameters, **found})
        except HyperparameterError as error:
            raise RunError(hyperparameter_sentence(str(error), names)) from None
        changes.append(found)
    missing = [name for name in hyperparameters if not any(name in found for found in changes)]
    if missing:
        label = engine_runs[0].plan.optimizer.label
        raise RunError(sentence("{label} has no hyperparameter {name}", label=label, name=Mention(missing[0], "name")))
    return changes


def changed_member(members: tuple[Member, ...], config: TrainingConfig) -> Member:
    """The one member of a run with another config, over the same samples.

    Raises DocumentError if it doesn't fit the data, RunError for several members, for other data and for another shape
    of the network.
    """
    if len(members) > 1:
        raise RunError("several networks are compared: change their setups and start again")
    old = members[0]
    other = [name for name in ("data", "split", "features", "scaling", "target_scaling", "one_hot", "dtype", "seed",
                          "start")
             if getattr(old.config, name) != getattr(config, name)]  # fmt: skip
    if other:
        raise RunError(f"{other[0]} has changed: that needs a new run")
    (member,) = members_of({old.label: config}, old.built.table)
    if member.spec.slots != old.spec.slots or member.spec.buffer_size != old.spec.buffer_size:
        raise RunError("the network has another shape: that needs a new run")
    return replace(member, sets=old.sets)
