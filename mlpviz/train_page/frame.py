"""From a run to the data of the training page: what stays, and what is new since the page looked last.

The schemas are in `training_still.py` and `training_frame.py`. Refuses to keep anything between two frames: what the
browser holds is told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.thinning import evenly_spaced
from mlpviz.runs import WARNINGS, Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.layer_stats import QUANTILES, Distribution, NetworkStats
from mlpviz.runs.leaderboard import score_of
from mlpviz.runs.member import Member
from mlpviz.schema.json_arrays import json_number, nullable
from mlpviz.train_page.frame_schema import (
    BranchMark,
    Curves,
    Frame,
    Histogram,
    LayerHistory,
    LayerNow,
    MemberFrame,
    Now,
    Score,
    Viewing,
    WarningLine,
)
from mlpviz.train_page.maps import MapView, answer_map, input_maps, unit_maps, view_of
from mlpviz.train_page.sample import pictured, shown
from mlpviz.train_page.static_frame import StaticLayer, StaticMember, Samples, StaticFrame
from mlpviz.train_page.view_options import DEFAULT_VIEW, EMPTY_CACHE, ClientCache, ViewOptions
from mlpviz.train_page.weights import INPUTS

VERSION = 1


def static_frame(run: Run, wanted: ViewOptions = DEFAULT_VIEW) -> StaticFrame:
    """What stays as it is while `run.key` is the same and the focus and the axes are."""
    member = run.members[run.focus]
    table, view = member.built.table, view_of(member, wanted.axes)
    names = [axis["name"] for axis in view.axes]
    held = ""
    if table.x.shape[1] > len(view.axes):
        held = f"The map shows {' and '.join(names)}; all other features are held at their mean."
    return StaticFrame(
        version=VERSION,
        run=run.key,
        task=table.task,
        class_names=list(table.class_names),
        features=list(table.feature_names),
        inputs=list(member.built.features.names(table.feature_names)),
        input_maps=input_maps(member, view, wanted.curve // 4 if len(view.axes) == 1 else wanted.unit_map, INPUTS),
        pictured=pictured(member, wanted.sample),
        axes=list(view.axes),
        held=held,
        samples=_samples(member, view, wanted.samples),
        image_shape=None if table.image_shape is None else list(table.image_shape),
        metric=member.built.metric,
        loss=member.spec.loss.label,
        choice=run.choice,
        lanes=[_member_still(each) for each in run.members],
    )


def frame_of(run: Run, seen: ClientCache = EMPTY_CACHE, wanted: ViewOptions = DEFAULT_VIEW, number: int = 0) -> Frame:
    """The shown moment of the run, and of everything that grows what is not in `seen`; `number` counts the frames."""
    seen = seen if seen.run == run.key else EMPTY_CACHE
    look = run.look(run.focus)
    moment = run.checkpoint(run.focus)
    past = run.branches
    return Frame(
        version=VERSION,
        run=run.key,
        number=number,
        status=run.status,
        sentence=run.sentence,
        epoch=run.newest,
        step=max(engine_run.latest.step for engine_run in run.engine_runs),
        within=past.within,
        epochs=run.planned,
        goal=run.goal,
        share=run.share_done,
        seconds=sum(engine_run.seconds for engine_run in run.engine_runs),
        left=run.left,
        epochs_per_second=run.rate,
        knobs=run.hyperparameters,
        viewing=Viewing(epoch=moment.epoch, live=past.shown_epoch is None),
        moments=_evenly(run.epochs, wanted.moments),
        branch=past.shown,
        branches=[
            BranchMark(
                branch=mark.number, parent=mark.parent, epoch=mark.epoch, until=past.until(mark.number),
                label=f"from epoch {mark.epoch}" if mark.number else "",
            )
            for mark in past.infos
        ],
        focus=run.focus,
        lanes=[_member(run, member, look if member == run.focus else None, seen, wanted) for member in range(len(run.members))],
        warnings=_warnings(run),
    )  # fmt: skip


def cache_after(frame: Frame, before: ClientCache = EMPTY_CACHE) -> ClientCache:
    """What a browser holds when it has this frame on top of what it held before."""
    held = before if before.run == frame["run"] else EMPTY_CACHE
    curves = {(member, branch): (generation, rows) for member, branch, generation, rows in held.curves}
    bands = held.bands
    for place, member in enumerate(frame["lanes"]):
        for curve in member["curves"]:
            curves[place, curve["branch"]] = (curve["generation"], curve["start"] + len(curve["epoch"]))
        if member["bands"] is not None:
            bands = (place, member["bands"]["generation"], member["bands"]["start"] + len(member["bands"]["epoch"]))
    return ClientCache(frame["run"], tuple((*key, *value) for key, value in curves.items()), bands)


def _member(run: Run, member: int, look: NetworkStats | None, seen: ClientCache, wanted: ViewOptions) -> MemberFrame:
    moment, set_up = run.checkpoint(member), run.members[member]
    view = view_of(set_up, wanted.axes)
    status, sentence = run.status_of(member)
    seen_curves = {branch: (generation, rows) for at, branch, generation, rows in seen.curves if at == member}
    focused = look is not None
    inside = look if look is not None else run.monitor(member).watch.last
    one = len(view.axes) == 1
    size = wanted.curve if one else wanted.map if focused else wanted.small_map
    values = dict(zip(COLUMNS, moment.row, strict=True))
    return MemberFrame(
        label=set_up.label,
        status=status,
        sentence=sentence,
        diverged=_diverged(run, member),
        epoch=moment.epoch,
        step=moment.step,
        now=Now(
            loss=json_number(values["loss"]),
            train_loss=json_number(values["train_loss"]),
            validation_loss=json_number(values["validation_loss"]),
            train_metric=json_number(values["train_metric"]),
            validation_metric=json_number(values["validation_metric"]),
            learning_rate=json_number(values["learning_rate"]),
            penalty=json_number(values["penalty"]),
            gradient_norm=None if inside is None else json_number(inside.gradient_norm),
            dead_units=0 if inside is None else inside.dead_units,
        ),
        score=_score(run, member),
        curves=_curves(run, member, seen_curves),
        map=answer_map(set_up, moment, view, size),
        units=[]
        if look is None
        else unit_maps(
            set_up, moment, view, wanted.curve // 4 if one else wanted.unit_map, wanted.units,
            [layer.dead for layer in look.layers],
        ),
        layers=[] if look is None else [_layer(place, look) for place in range(len(look.layers))],
        bands=None if look is None else _bands(run, member, seen),
        shown=None if look is None else shown(set_up, moment, wanted.sample, wanted.units),
    )  # fmt: skip


def _diverged(run: Run, member: int) -> int | None:
    """Since which epoch the numbers of a lane are not finite; None while they are."""
    inside = run.monitor(member)
    return next((line.epoch for line in inside.warning_log.lines if line.key == "not_finite" and inside.failed), None)


def _score(run: Run, member: int) -> Score:
    found = score_of(run, member)
    return Score(
        best=json_number(found.best), best_metric=json_number(found.metric), best_epoch=found.epoch, seconds=found.seconds
    )  # fmt: skip


def _curves(run: Run, member: int, seen: dict[int, tuple[int, int]]) -> list[Curves]:
    """The new rows of every branch; of shadows nothing once they are sent."""
    found = []
    for mark in run.branches.infos:
        rows, generation = run.curve(member, mark.number)
        held, count = seen.get(mark.number, (generation, 0))
        start = count if held == generation and count <= len(rows) else 0
        if start == len(rows) and mark.number in seen:
            continue
        column = {name: nullable(rows[start:, place]) for place, name in enumerate(COLUMNS)}
        found.append(
            Curves(
                branch=mark.number,
                generation=generation,
                start=start,
                epoch=[int(epoch) for epoch in column["epoch"]],
                step=[int(step) for step in column["step"]],
                loss=column["loss"],
                train_loss=column["train_loss"],
                validation_loss=column["validation_loss"],
                train_metric=column["train_metric"],
                validation_metric=column["validation_metric"],
                learning_rate=column["learning_rate"],
                penalty=column["penalty"],
            )
        )
    return found


def _bands(run: Run, member: int, seen: ClientCache) -> LayerHistory:
    watch, width = run.monitor(member).watch, len(QUANTILES)
    held = seen.bands
    fresh = held is None or held[0] != member or held[1] != watch.generation or held[2] > len(watch.rows)
    start = 0 if fresh or held is None else held[2]
    rows = watch.rows[start:]
    norms = watch.norms[start:]
    return LayerHistory(
        generation=watch.generation,
        start=start,
        epoch=watch.epochs[start:].tolist(),
        weights=nullable(rows[:, :, :width]),
        activations=nullable(rows[:, :, width : 2 * width]),
        gradients=nullable(rows[:, :, 2 * width : 3 * width]),
        gradient_norm=nullable(np.sqrt(np.square(norms).sum(axis=1))),
        norms=nullable(norms),
        dead=watch.dead[start:].astype(int).tolist(),
    )


def _layer(place: int, look: NetworkStats) -> LayerNow:
    layer = look.layers[place]
    return LayerNow(
        layer=place,
        weights=_histogram(layer.weights),
        activations=_histogram(layer.activations),
        gradients=_histogram(layer.gradients),
        gradient_norm=json_number(layer.gradient_norm),
        dead_units=len(layer.dead),
    )


def _histogram(spread: Distribution) -> Histogram:
    low, high = (json_number(spread.quantiles[place]) or 0.0 for place in (0, -1))
    return Histogram(low=low, high=high, counts=spread.counts.tolist(), zeros=spread.zeros)


def _warnings(run: Run) -> list[WarningLine]:
    lines = [
        WarningLine(
            key=line.key, level=WARNINGS[line.key].level, lane=member, epoch=line.epoch, sentence=line.sentence,
            over=line.over,
        )
        for member in range(len(run.members))
        for line in run.monitor(member).warning_log.lines
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["epoch"])


def _member_still(member: Member) -> StaticMember:
    spec = member.spec
    return StaticMember(
        label=member.label,
        parameters=spec.size,
        layers=[
            StaticLayer(
                layer=place, inputs=layer.inputs, outputs=layer.outputs, activation=layer.activation.label,
                parameters=slot.stop - slot.weight.start,
            )
            for place, (layer, slot) in enumerate(zip(spec.layers, spec.slots, strict=True))
        ],
    )  # fmt: skip


def _samples(member: Member, view: MapView, most: int) -> list[Samples]:
    table, split = member.built.table, member.built.folds[member.fold].split
    found: list[Samples] = []
    for part, rows in (("train", split.train), ("validation", split.validation), ("test", split.test)):
        chosen: NDArray[np.int64] = rows[:most]
        x = table.x[chosen, view.axes[0]["feature"]]
        target = table.target[chosen] if table.task == "classes" else table.target[chosen, 0]
        y = target if len(view.axes) == 1 else table.x[chosen, view.axes[1]["feature"]]
        found.append(
            Samples(part=part, rows=chosen.tolist(), x=x.tolist(), y=y.tolist(), target=target.tolist())  # type: ignore[typeddict-item]
        )
    return found


def _evenly(epochs: tuple[int, ...], most: int) -> list[int]:
    return [epochs[place] for place in evenly_spaced(len(epochs), most)]
