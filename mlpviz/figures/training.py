"""From a run to the data of the training page: what stays, and what is new since the page looked last.

The schemas are in `training_still.py` and `training_frame.py`. Refuses to keep anything between two frames: what the
browser holds is told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine.thinning import evenly_spaced
from mlpviz.figures.plain import nullable, number
from mlpviz.figures.training_frame import (
    Bands,
    BranchMark,
    Curves,
    Frame,
    Histogram,
    LaneFrame,
    LayerNow,
    Now,
    Score,
    Viewing,
    Warned,
)
from mlpviz.figures.training_maps import View, answer_map, input_maps, unit_maps, view_of
from mlpviz.figures.training_sample import pictured, shown
from mlpviz.figures.training_still import LaneStill, LayerStill, Samples, Still
from mlpviz.figures.training_wanted import NOTHING_SEEN, WANTED, Seen, Wanted
from mlpviz.figures.training_weights import INPUTS
from mlpviz.runs import WARNINGS, Run
from mlpviz.runs.curve import COLUMNS
from mlpviz.runs.lane import Lane
from mlpviz.runs.looking import QUANTILES, Look, Spread
from mlpviz.runs.table import score_of

VERSION = 1


def still_of(run: Run, wanted: Wanted = WANTED) -> Still:
    """What stays as it is while `run.key` is the same and the focus and the axes are."""
    lane = run.lanes[run.focus]
    table, view = lane.built.table, view_of(lane, wanted.axes)
    names = [axis["name"] for axis in view.axes]
    held = ""
    if table.x.shape[1] > len(view.axes):
        held = f"The map shows {' and '.join(names)}; all other features are held at their mean."
    return Still(
        version=VERSION,
        run=run.key,
        task=table.task,
        class_names=list(table.class_names),
        features=list(table.feature_names),
        inputs=list(lane.built.features.names(table.feature_names)),
        input_maps=input_maps(lane, view, wanted.curve // 4 if len(view.axes) == 1 else wanted.unit_map, INPUTS),
        pictured=pictured(lane, wanted.sample),
        axes=list(view.axes),
        held=held,
        samples=_samples(lane, view, wanted.samples),
        image_shape=None if table.image_shape is None else list(table.image_shape),
        metric=lane.built.metric,
        loss=lane.spec.loss.label,
        choice=run.choice,
        lanes=[_lane_still(each) for each in run.lanes],
    )


def frame_of(run: Run, seen: Seen = NOTHING_SEEN, wanted: Wanted = WANTED, number: int = 0) -> Frame:
    """The shown moment of the run, and of everything that grows what is not in `seen`; `number` counts the frames."""
    seen = seen if seen.run == run.key else NOTHING_SEEN
    look = run.look(run.focus)
    moment = run.moment(run.focus)
    past = run.past
    return Frame(
        version=VERSION,
        run=run.key,
        number=number,
        status=run.status,
        sentence=run.sentence,
        epoch=run.newest,
        step=max(course.latest.step for course in run.courses),
        within=past.within,
        epochs=run.planned,
        goal=run.goal,
        share=run.share_done,
        seconds=sum(course.seconds for course in run.courses),
        left=run.left,
        epochs_per_second=run.rate,
        knobs=run.knobs,
        viewing=Viewing(epoch=moment.epoch, live=past.cursor is None),
        moments=_evenly(run.epochs, wanted.moments),
        branch=past.shown,
        branches=[
            BranchMark(
                branch=mark.number, parent=mark.parent, epoch=mark.epoch, until=past.until(mark.number),
                label=f"from epoch {mark.epoch}" if mark.number else "",
            )
            for mark in past.marks
        ],
        focus=run.focus,
        lanes=[_lane(run, lane, look if lane == run.focus else None, seen, wanted) for lane in range(len(run.lanes))],
        warnings=_warnings(run),
    )  # fmt: skip


def seen_in(frame: Frame, before: Seen = NOTHING_SEEN) -> Seen:
    """What a browser holds when it has this frame on top of what it held before."""
    held = before if before.run == frame["run"] else NOTHING_SEEN
    curves = {(lane, branch): (generation, rows) for lane, branch, generation, rows in held.curves}
    bands = held.bands
    for place, lane in enumerate(frame["lanes"]):
        for curve in lane["curves"]:
            curves[place, curve["branch"]] = (curve["generation"], curve["start"] + len(curve["epoch"]))
        if lane["bands"] is not None:
            bands = (place, lane["bands"]["generation"], lane["bands"]["start"] + len(lane["bands"]["epoch"]))
    return Seen(frame["run"], tuple((*key, *value) for key, value in curves.items()), bands)


def _lane(run: Run, lane: int, look: Look | None, seen: Seen, wanted: Wanted) -> LaneFrame:
    moment, set_up = run.moment(lane), run.lanes[lane]
    view = view_of(set_up, wanted.axes)
    status, sentence = run.status_of(lane)
    seen_curves = {branch: (generation, rows) for at, branch, generation, rows in seen.curves if at == lane}
    focused = look is not None
    inside = look if look is not None else run.inside(lane).watch.last
    one = len(view.axes) == 1
    size = wanted.curve if one else wanted.map if focused else wanted.small_map
    values = dict(zip(COLUMNS, moment.row, strict=True))
    return LaneFrame(
        label=set_up.label,
        status=status,
        sentence=sentence,
        diverged=_diverged(run, lane),
        epoch=moment.epoch,
        step=moment.step,
        now=Now(
            loss=number(values["loss"]),
            train_loss=number(values["train_loss"]),
            validation_loss=number(values["validation_loss"]),
            train_metric=number(values["train_metric"]),
            validation_metric=number(values["validation_metric"]),
            learning_rate=number(values["learning_rate"]),
            penalty=number(values["penalty"]),
            gradient_norm=None if inside is None else number(inside.gradient_norm),
            dead_units=0 if inside is None else inside.dead_units,
        ),
        score=_score(run, lane),
        curves=_curves(run, lane, seen_curves),
        map=answer_map(set_up, moment, view, size),
        units=[]
        if look is None
        else unit_maps(
            set_up, moment, view, wanted.curve // 4 if one else wanted.unit_map, wanted.units,
            [layer.dead for layer in look.layers],
        ),
        layers=[] if look is None else [_layer(place, look) for place in range(len(look.layers))],
        bands=None if look is None else _bands(run, lane, seen),
        shown=None if look is None else shown(set_up, moment, wanted.sample, wanted.units),
    )  # fmt: skip


def _diverged(run: Run, lane: int) -> int | None:
    """Since which epoch the numbers of a lane are not finite; None while they are."""
    inside = run.inside(lane)
    return next((line.epoch for line in inside.tape.lines if line.key == "not_finite" and inside.failed), None)


def _score(run: Run, lane: int) -> Score:
    found = score_of(run, lane)
    return Score(
        best=number(found.best), best_metric=number(found.metric), best_epoch=found.epoch, seconds=found.seconds
    )  # fmt: skip


def _curves(run: Run, lane: int, seen: dict[int, tuple[int, int]]) -> list[Curves]:
    """The new rows of every branch; of shadows nothing once they are sent."""
    found = []
    for mark in run.past.marks:
        rows, generation = run.curve(lane, mark.number)
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


def _bands(run: Run, lane: int, seen: Seen) -> Bands:
    watch, width = run.inside(lane).watch, len(QUANTILES)
    held = seen.bands
    fresh = held is None or held[0] != lane or held[1] != watch.generation or held[2] > len(watch.rows)
    start = 0 if fresh or held is None else held[2]
    rows = watch.rows[start:]
    norms = watch.norms[start:]
    return Bands(
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


def _layer(place: int, look: Look) -> LayerNow:
    layer = look.layers[place]
    return LayerNow(
        layer=place,
        weights=_histogram(layer.weights),
        activations=_histogram(layer.activations),
        gradients=_histogram(layer.gradients),
        gradient_norm=number(layer.gradient_norm),
        dead_units=len(layer.dead),
    )


def _histogram(spread: Spread) -> Histogram:
    low, high = (number(spread.quantiles[place]) or 0.0 for place in (0, -1))
    return Histogram(low=low, high=high, counts=spread.counts.tolist(), zeros=spread.zeros)


def _warnings(run: Run) -> list[Warned]:
    lines = [
        Warned(
            key=line.key, level=WARNINGS[line.key].level, lane=lane, epoch=line.epoch, sentence=line.sentence,
            over=line.over,
        )
        for lane in range(len(run.lanes))
        for line in run.inside(lane).tape.lines
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["epoch"])


def _lane_still(lane: Lane) -> LaneStill:
    spec = lane.spec
    return LaneStill(
        label=lane.label,
        parameters=spec.size,
        layers=[
            LayerStill(
                layer=place, inputs=layer.inputs, outputs=layer.outputs, activation=layer.activation.label,
                parameters=slot.stop - slot.weight.start,
            )
            for place, (layer, slot) in enumerate(zip(spec.layers, spec.slots, strict=True))
        ],
    )  # fmt: skip


def _samples(lane: Lane, view: View, most: int) -> list[Samples]:
    table, split = lane.built.table, lane.built.folds[lane.fold].split
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
