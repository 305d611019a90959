"""Which members can learn in one engine run, by broadcasting over their parameters, and with which plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine import NetworkSpec
from mlpviz.engine.training import Plan
from mlpviz.runs.member import Member

SMALL = 2_000
"""Parameters: above it a pass spends its time in the arithmetic, and side by side is no faster than in turn."""


def grouped(members: Sequence[Member]) -> tuple[tuple[int, ...], ...]:
    """The numbers of the members that learn together, each in one group; groups in the order of their first members."""
    groups: list[list[int]] = []
    for number, member in enumerate(members):
        for group in groups:
            if can_share(members[group[0]], member):
                group.append(number)
                break
        else:
            groups.append([number])
    return tuple(tuple(group) for group in groups)


def can_share(one: Member, other: Member) -> bool:
    """Whether two members have the same shapes, the same samples, and plans that differ in what broadcasts."""
    plan = one.plan
    watches = plan.schedule is not None and plan.schedule.observe is not None
    return (
        one.sets is other.sets
        and one.redraw is None
        and other.redraw is None
        and plan.stopping is None
        and other.plan.stopping is None
        and not watches
        and one.spec.size <= SMALL
        and _shape(one.spec) == _shape(other.spec)
        and _shared_settings(plan) == _shared_settings(other.plan)
    )


def plan_of(members: Sequence[Member]) -> Plan:
    """The plan of all members together: optimizer hyperparameters that differ become one number per member, (R, 1).

    Members with different seeds shuffle each in its own order.
    """
    plan = members[0].plan
    if len(members) == 1:
        return plan
    settings = [member.plan.optimizer.settings for member in members]
    differing = {
        name: np.array([[each[name]] for each in settings], dtype=plan.dtype)
        for name in settings[0]
        if len({each[name] for each in settings}) > 1
    }
    own = len({member.seed for member in members}) > 1
    optimizer = plan.optimizer.configure(**differing) if differing else plan.optimizer
    return replace(plan, optimizer=optimizer, shuffles="own" if own else "shared")


def _shape(spec: NetworkSpec) -> tuple[Any, ...]:
    # the entries are configured anew for every config, so that identity says too little
    layers = [
        (
            each.inputs,
            each.outputs,
            _entry(each.activation),
            each.bias,
            _entry(each.norm),
            each.dropout,
            each.skip,
            each.tied_to,
            each.transposed,
            each.one_bias,
        )
        for each in spec.layers
    ]
    return (*layers, spec.loss, spec.ties)


def _shared_settings(plan: Plan) -> tuple[Any, ...]:
    optimizer = plan.optimizer
    vectors = {each.name for each in optimizer.hyperparameters if each.vector}
    settings = tuple((name, value) for name, value in optimizer.settings.items() if name not in vectors)
    return (
        optimizer.key, settings, _entry(plan.schedule), plan.schedule_counts, plan.batch_size, plan.epochs,
        plan.shuffle, tuple(_entry(penalty) for penalty in plan.penalties), plan.penalize_biases, _entry(plan.clipping),
        _entry(plan.average),
        plan.measure_train, np.dtype(plan.dtype), None if plan.groups is None else tuple(
            (group.indices.tobytes(), group.learning_rate, group.weight_decay) for group in plan.groups
        ),
    )  # fmt: skip


def _entry(entry: Any) -> tuple[Any, ...] | None:
    return None if entry is None else (entry.key, *sorted(dict(getattr(entry, "settings", {})).items()))
