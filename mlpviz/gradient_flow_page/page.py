"""The Gradient flow page: from its settings to the map, the figures of the layers and the table of what helps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlpviz.exploration.exploration import Exploration
from mlpviz.exploration.page import ExplorationPage
from mlpviz.exploration.subject import Subject
from mlpviz.exploration.view import (
    ExplorationView,
    FactsPart,
    Part,
    TableCell,
    TablePart,
    Try,
    Unfinished,
    Values,
    number_cell,
)
from mlpviz.gradient_flow.cures import Measured, cures_of
from mlpviz.gradient_flow.deep_network import FlowSettings
from mlpviz.gradient_flow.measure import Flow, clipped, flow_of
from mlpviz.gradient_flow.theory import prediction_of, why_no_theory
from mlpviz.gradient_flow_page.form import BY_DEPTH, BY_INITIALIZER, changes_to, network_settings, settings_of
from mlpviz.gradient_flow_page.layer_figures import (
    backward_figure,
    clipping_figure,
    distribution_figures,
    forward_figure,
    shares_figure,
)
from mlpviz.gradient_flow_page.map_figures import depth_figure, initializer_figure
from mlpviz.gradient_flow_page.map_work import MapWork, depth_map, initializer_map
from mlpviz.gradient_flow_page.to_document import loads

MOST_SEEDS, WORK = 4, 60_000_000
"""Networks that the figures of the layers are an average of: fewer where a pass of one takes more products."""

LOOK_FOR = (
    "White on the map is what can learn: a gradient that is as large in the first layer as in the last one.",
    "Points are measured, dashed lines are theory: where they part, the network is too narrow or its weights are not "
    "what theory takes them for.",
)

TRIES = (
    Try("Sigmoid: twenty layers, nothing comes back",
        {"map": BY_INITIALIZER, "activation": "sigmoid", "initializer": "xavier_normal", "depth": 20, "norm": "",
         "residual": False, "sigma_b": 0.0}),
    Try("ReLU with its own initializer",
        {"map": BY_INITIALIZER, "activation": "relu", "initializer": "kaiming_normal", "depth": 20, "norm": "",
         "residual": False, "sigma_b": 0.0}),
    Try("The edge of chaos of tanh",
        {"map": BY_DEPTH, "activation": "tanh", "depth": 40, "norm": "", "residual": False, "sigma_b": 0.0}),
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Shown:
    """What the page has so far: the parts of the layers with the measured `ratio`, the map, and the cures tried."""

    values: Values
    settings: FlowSettings
    layers: Sequence[Part]
    ratio: float
    work: MapWork
    cures: tuple[Measured, ...] = ()

    def with_more_of_the_map(self) -> _Shown:
        return replace(self, work=self.work.go_on())

    def with_a_cure(self) -> _Shown:
        cure = cures_of(self.settings)[len(self.cures)]
        return replace(self, cures=(*self.cures, Measured.of(cure, self.ratio, _seeds(self.settings))))


def _make(values: Values, _: Subject) -> ExplorationView:
    settings = network_settings(values)
    flow = flow_of(settings, _seeds(settings))
    layers = _layer_parts(settings, flow, values)
    work = depth_map(settings) if values["map"] == BY_DEPTH else initializer_map(settings)
    return _view(_Shown(values, settings, layers, flow.ratio, work))


def _view(shown: _Shown) -> ExplorationView:
    """The page with as much of the map and of the cures as is there: the map is computed first."""
    values, settings, work, done = shown.values, shown.settings, shown.work, len(shown.cures)
    whole = work.share >= 1.0
    drawn = (
        depth_figure(values, settings, work.values)
        if values["map"] == BY_DEPTH
        else initializer_figure(values, settings, work.values, whole)
    )
    count = len(cures_of(settings))
    progress = None
    if not whole:
        progress = Unfinished(0.9 * work.share, "the map is still coarse", lambda: _view(shown.with_more_of_the_map()))
    elif done < count:
        progress = Unfinished(0.9 + 0.1 * done / count, "what would help is tried", lambda: _view(shown.with_a_cure()))
    return ExplorationView(
        parts=(drawn, *shown.layers, _cure_table(shown.ratio, shown.cures), _reasons(settings)),
        look_for=LOOK_FOR,
        tries=TRIES,
        loads=loads(settings),
        progress=progress,
    )


def _layer_parts(settings: FlowSettings, flow: Flow, values: Values) -> list[Part]:
    theory, silence = prediction_of(settings, flow), why_no_theory(settings)
    parts: list[Part] = [forward_figure(flow, theory, silence), backward_figure(flow, theory, silence)]
    if values["clips"]:
        before, after, norm = clipped(settings, values["max_norm"])
        parts.append(clipping_figure(before, after, norm, values["max_norm"]))
    return [*parts, *distribution_figures(flow), shares_figure(flow)]


def _cure_table(before: float, cures: Sequence[Measured]) -> TablePart:
    ordered = sorted(cures, key=lambda each: each.distance)
    rows = [[TableCell("as it is"), number_cell(before, _shade(before))]]
    rows += [
        [
            TableCell(each.cure.label, sets=changes_to(each.cure.settings), is_marked=each.helps),
            number_cell(each.ratio, _shade(each.ratio)),
        ]
        for each in ordered
    ]
    return TablePart(
        key="cures", title="What would help", head=("change", "ratio of the gradients"), rows=rows,
        note="Each change alone, measured with the same seeds. Press one to look at it.",
    )  # fmt: skip


def _reasons(settings: FlowSettings) -> FactsPart:
    return FactsPart(title="Why it may help", facts=[(cure.label, cure.why) for cure in cures_of(settings)])


def _seeds(settings: FlowSettings) -> int:
    products = settings.depth * settings.width**2 * settings.samples
    return max(1, min(MOST_SEEDS, WORK // products))


def _shade(ratio: float) -> float:
    with np.errstate(all="ignore"):
        return float(np.clip(np.nan_to_num(np.log10(ratio), nan=-1.0) / 6.0, -1.0, 1.0))


GRADIENT_FLOW = ExplorationPage(
    Exploration(
        key="gradient_flow",
        path="gradient_flow",
        title="Gradient flow",
        purpose="see how signals and gradients grow or fade through the layers of a deep network",
        settings=settings_of,
        make=_make,
    )
)
