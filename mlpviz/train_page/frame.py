"""From a run to a frame: the shown checkpoint, and of all that grows what the browser does not have yet.

The schema is in `frame_schema.py`. Nothing is kept between two frames: `cache` says what the browser has.
"""

from __future__ import annotations

import numpy as np

from mlpviz.engine.thinning import evenly_spaced
from mlpviz.runs import WARNINGS, Run
from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.layer_stats import QUANTILES, Distribution, NetworkStats
from mlpviz.runs.leaderboard import score_of
from mlpviz.schema.json_arrays import json_number, nullable
from mlpviz.train_page.client_cache import EMPTY_CACHE, ClientCache
from mlpviz.train_page.frame_schema import (
    VERSION,
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
from mlpviz.train_page.maps import answer_map, unit_maps, view_of
from mlpviz.train_page.network_drawing import pictured_answer
from mlpviz.train_page.view_options import DEFAULT_VIEW, ViewOptions


def frame_of(run: Run, cache: ClientCache = EMPTY_CACHE, options: ViewOptions = DEFAULT_VIEW, number: int = 0) -> Frame:
    """The shown checkpoint of the run, and of all that grows what is not in `cache`; `number` counts the frames."""
    cache = cache if cache.run == run.key else EMPTY_CACHE
    state, progress, branches = run.state(run.focus), run.progress, run.branches
    stats = state.stats(learning=run.status == "running")
    return Frame(
        version=VERSION,
        run=run.key,
        number=number,
        status=run.status,
        sentence=run.sentence,
        epoch=progress.newest,
        step=max(engine_run.latest.step for engine_run in run.engine_runs),
        within=branches.within,
        epochs=progress.planned,
        goal=run.goal,
        share=progress.share,
        seconds=sum(engine_run.seconds for engine_run in run.engine_runs),
        left=progress.left(run.goal) if run.status == "running" else None,
        epochs_per_second=progress.rate,
        hyperparameters=state.hyperparameters,
        viewing=Viewing(epoch=state.checkpoint.epoch, live=branches.shown_epoch is None),
        moments=_evenly(state.checkpoint_epochs, options.moments),
        branch=branches.shown,
        branches=[
            BranchMark(
                branch=info.number, parent=info.parent, epoch=info.epoch, until=branches.until(info.number),
                label=f"from epoch {info.epoch}" if info.number else "",
            )
            for info in branches.infos
        ],
        focus=run.focus,
        lanes=[
            _member(run, number, stats if number == run.focus else None, cache, options)
            for number in range(len(run.members))
        ],
        warnings=_warnings(run),
    )  # fmt: skip


def _member(run: Run, number: int, stats: NetworkStats | None, cache: ClientCache, options: ViewOptions) -> MemberFrame:
    """One member; `stats` are given for the one in focus."""
    state = run.state(number)
    member, checkpoint = state.member, state.checkpoint
    view = view_of(member, options.axes)
    status, sentence = run.status_of(number)
    cached_curves = {branch: (generation, rows) for at, branch, generation, rows in cache.curves if at == number}
    newest_stats = stats if stats is not None else state.monitor.stats_history.last
    one = len(view.axes) == 1
    size = options.curve if one else options.map if stats is not None else options.small_map
    values = dict(zip(COLUMNS, checkpoint.row, strict=True))
    return MemberFrame(
        label=member.label,
        status=status,
        sentence=sentence,
        diverged=_diverged(run, number),
        epoch=checkpoint.epoch,
        step=checkpoint.step,
        now=Now(
            loss=json_number(values["loss"]),
            train_loss=json_number(values["train_loss"]),
            validation_loss=json_number(values["validation_loss"]),
            train_metric=json_number(values["train_metric"]),
            validation_metric=json_number(values["validation_metric"]),
            learning_rate=json_number(values["learning_rate"]),
            penalty=json_number(values["penalty"]),
            gradient_norm=None if newest_stats is None else json_number(newest_stats.gradient_norm),
            dead_units=0 if newest_stats is None else newest_stats.dead_units,
        ),
        score=_score(run, number),
        curves=_curves(run, number, cached_curves),
        map=answer_map(member, checkpoint, view, size),
        units=[]
        if stats is None
        else unit_maps(
            member, checkpoint, view, options.curve // 4 if one else options.unit_map, options.units,
            [layer.dead for layer in stats.layers],
        ),
        layers=[] if stats is None else [_layer(place, stats) for place in range(len(stats.layers))],
        bands=None if stats is None else _layer_history(run, number, cache),
        shown=None if stats is None else pictured_answer(member, checkpoint, options.sample, options.units),
    )  # fmt: skip


def _diverged(run: Run, member: int) -> int | None:
    """The epoch since which the numbers of a member are not finite; None while they are."""
    monitor = run.state(member).monitor
    return next((line.epoch for line in monitor.warning_log.lines if line.key == "not_finite" and monitor.failed), None)


def _score(run: Run, member: int) -> Score:
    found = score_of(run, member)
    return Score(
        best=json_number(found.best),
        best_metric=json_number(found.metric),
        best_epoch=found.epoch,
        seconds=found.seconds,
    )


def _curves(run: Run, member: int, cached: dict[int, tuple[int, int]]) -> list[Curves]:
    """The new rows of every branch; nothing of a branch that the browser has whole."""
    found = []
    for info in run.branches.infos:
        rows, generation = run.state(member).curve(info.number)
        cached_generation, count = cached.get(info.number, (generation, 0))
        start = count if cached_generation == generation and count <= len(rows) else 0
        if start == len(rows) and info.number in cached:
            continue
        column = {name: nullable(rows[start:, place]) for place, name in enumerate(COLUMNS)}
        found.append(
            Curves(
                branch=info.number,
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
                average_loss=column["average_loss"],
                average_metric=column["average_metric"],
            )
        )
    return found


def _layer_history(run: Run, member: int, cache: ClientCache) -> LayerHistory:
    history, width = run.state(member).monitor.stats_history, len(QUANTILES)
    start = 0
    if cache.bands is not None:
        at, generation, count = cache.bands
        if at == member and generation == history.generation and count <= len(history.rows):
            start = count
    rows = history.rows[start:]
    norms = history.norms[start:]
    return LayerHistory(
        generation=history.generation,
        start=start,
        epoch=history.epochs[start:].tolist(),
        weights=nullable(rows[:, :, :width]),
        activations=nullable(rows[:, :, width : 2 * width]),
        gradients=nullable(rows[:, :, 2 * width : 3 * width]),
        gradient_norm=nullable(np.sqrt(np.square(norms).sum(axis=1))),
        norms=nullable(norms),
        dead=history.dead[start:].astype(int).tolist(),
    )


def _layer(place: int, stats: NetworkStats) -> LayerNow:
    layer = stats.layers[place]
    return LayerNow(
        layer=place,
        weights=_histogram(layer.weights),
        activations=_histogram(layer.activations),
        gradients=_histogram(layer.gradients),
        gradient_norm=json_number(layer.gradient_norm),
        dead_units=len(layer.dead),
    )


def _histogram(distribution: Distribution) -> Histogram:
    low, high = (json_number(distribution.quantiles[place]) or 0.0 for place in (0, -1))
    return Histogram(low=low, high=high, counts=distribution.counts.tolist(), zeros=distribution.zeros)


def _warnings(run: Run) -> list[WarningLine]:
    lines = [
        WarningLine(
            key=line.key, level=WARNINGS[line.key].level, lane=member, epoch=line.epoch, sentence=line.sentence,
            over=line.over,
        )
        for member in range(len(run.members))
        for line in run.state(member).monitor.warning_log.lines
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["epoch"])


def _evenly(epochs: tuple[int, ...], most: int) -> list[int]:
    return [epochs[place] for place in evenly_spaced(len(epochs), most)]
