"""The networks whose landscape is shown: that of the sheet, or one of the page's own that learns two moons."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from mlpviz.app.training_moment import MOST_PARAMETERS, TrainingMoment
from mlpviz.data import DATASETS
from mlpviz.engine import (
    ACTIVATIONS,
    INITIALIZERS,
    LOSSES,
    LayerSpec,
    NetworkSpec,
    Trace,
    initial_parameters,
    run_pass,
)
from mlpviz.engine.parameters import Array
from mlpviz.exploration.setting import ChoiceSetting, ExplorationSetting, SliderSetting
from mlpviz.exploration.subject import PictureSubject
from mlpviz.exploration.view import Values
from mlpviz.landscape.objective import Objective, objective_of
from mlpviz.landscape.paths import Paths, paths_of
from mlpviz.landscape_page.optimizer_choice import STEPS, WalkerKey, optimizer_of
from mlpviz.landscape_page.shown import HIDDEN
from mlpviz.network import DocumentError

MOONS, SHEET, TRAINING = "moons", "sheet", "training"
SAMPLES = 250

KEPT = 24
"""Results of one kind that are kept for all visitors."""

KEPT_BYTES = 100_000_000
"""Bytes of them: eight paths of the largest network have 39 MB."""


@dataclass(frozen=True, eq=False)
class LandscapeNetwork:
    """A network on the page: `key` names all that its landscape depends on. `trace` is its pass at the start.

    `run` (T, P) is the way that a training has gone, of what the network learns; None for a network that has none.
    `moment_name` says when this is in it, `data` over which samples the loss is.
    """

    key: str
    trace: Trace
    objective: Objective
    run: Array | None = None
    moment_name: str = ""
    data: str = ""

    @property
    def spec(self) -> NetworkSpec:
        """Its layers."""
        return self.trace.spec


def network_settings(_: Values, subject: PictureSubject) -> Iterator[ExplorationSetting]:
    """The settings that choose the network."""
    options = [(MOONS, "two moons, 2-8-8-1")]
    if subject.document is not None:
        options.append((SHEET, "the network on the sheet"))
    if subject.moment is not None:
        options.append((TRAINING, f"the training, {subject.moment.name}"))
    yield ChoiceSetting(key="network", label="network", options=tuple(options), group="Network")


def more_network_settings(values: Values) -> Iterator[ExplorationSetting]:
    """The settings of the page's own network."""
    if values["network"] == MOONS:
        yield ChoiceSetting(
            key="hidden", label="activation", options=tuple((key, ACTIVATIONS[key].label) for key in HIDDEN),
            group="Network",
        )  # fmt: skip
        yield SliderSetting(key="seed", label="seed", low=0, high=99, step=1, default=0, is_whole=True, group="Network")


def network_of(values: Values, subject: PictureSubject) -> LandscapeNetwork:
    """The chosen network. Raises DocumentError for one that is too large, or has no finite loss."""
    if values["network"] == TRAINING and subject.moment is not None:
        return _of_training(subject.moment)
    document = subject.document
    if values["network"] == MOONS or document is None:
        return _moons(values.get("hidden", HIDDEN[0]), values.get("seed", 0))
    if document.spec.size > MOST_PARAMETERS:
        raise DocumentError(
            f"the network on the sheet has {document.spec.size:,} numbers; the landscape is for networks of up to "
            f"{MOST_PARAMETERS:,}"
        )
    trace = document.trace()
    if not np.isfinite(trace.loss):
        raise DocumentError("the loss of the network on the sheet is not finite: it has no landscape")
    key = hashlib.sha256(document.to_json().encode()).hexdigest()
    return LandscapeNetwork(key, trace, objective_of(trace))


_numbers = itertools.count()
_of_moments: WeakKeyDictionary[TrainingMoment, LandscapeNetwork] = WeakKeyDictionary()


def _of_training(moment: TrainingMoment) -> LandscapeNetwork:
    """The network of a moment, with a key of this moment alone: it goes when the visitor who has it is gone."""
    found = _of_moments.get(moment)
    if found is None:
        found = _of_moments[moment] = _made_of(moment, f"{TRAINING} {next(_numbers)}")
    return found


def _made_of(moment: TrainingMoment, key: str) -> LandscapeNetwork:
    trace, path = moment.trace, moment.path
    run = path if trace.spec.sharing is None else path[:, trace.spec.sharing.learned]
    count = len(trace.x)
    data = f"The loss is over the first {count:,} of {moment.samples:,} samples for learning."
    if count == moment.samples:
        data = f"The loss is over all {count:,} samples for learning."
    return LandscapeNetwork(key, trace, objective_of(trace), run, moment.name, data)


@lru_cache(maxsize=16)
def _moons(hidden: str, seed: int) -> LandscapeNetwork:
    table = DATASETS["moons"].make(np.random.default_rng(0))
    rows = np.random.default_rng(1).permutation(table.samples)[:SAMPLES]
    x, target = np.asarray(table.x)[rows], np.asarray(table.target, dtype=float)[rows, None]
    spec = _moons_spec(hidden)
    params = initial_parameters(spec, INITIALIZERS["xavier_uniform"], np.random.default_rng(seed))
    trace = run_pass(spec, params, x, target)
    return LandscapeNetwork(f"{MOONS} {hidden} {seed}", trace, objective_of(trace))


def _moons_spec(hidden: str) -> NetworkSpec:
    entry = ACTIVATIONS[hidden]
    layers = (LayerSpec(2, 8, entry), LayerSpec(8, 8, entry), LayerSpec(8, 1, ACTIVATIONS["identity"]))
    return NetworkSpec(layers, LOSSES["bce_with_logits"])


K = TypeVar("K")
V = TypeVar("V", bound=tuple[Array, ...])


class Recent(Generic[K, V]):
    """The results of the last few questions, so that a slider that leaves them alone need not wait for them.

    At most so many, with at most so many bytes together. Visitors in several threads may ask.
    """

    def __init__(self, most: int = KEPT, most_bytes: int = KEPT_BYTES) -> None:
        self.most, self.most_bytes = most, most_bytes
        self._found: dict[K, V] = {}
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """What is known; None otherwise."""
        with self._lock:
            found = self._found.pop(key, None)
            if found is not None:
                self._found[key] = found  # the newest of all again
            return found

    def keep(self, key: K, value: V) -> V:
        """Keep a result, and forget the oldest ones above `most` and `most_bytes`."""
        with self._lock:
            self._found[key] = value
            while len(self._found) > self.most or self._bytes > self.most_bytes:
                del self._found[next(iter(self._found))]
        return value

    @property
    def _bytes(self) -> int:
        return sum(part.nbytes for found in self._found.values() for part in found)


_paths: Recent[tuple[str, tuple[WalkerKey, ...]], Paths] = Recent()


def network_paths(network: LandscapeNetwork, chosen: tuple[WalkerKey, ...]) -> Paths:
    """The ways of the optimizers from the start of a network."""
    key = network.key, chosen
    found = _paths.get(key)
    if found is None:
        found = paths_of(network.objective, [optimizer_of(each) for each in chosen], network.objective.start, STEPS)
        _paths.keep(key, found)
    return found


def parameter_names(network: LandscapeNetwork) -> tuple[str, ...]:
    """A name for each number that the network learns, as on the sheet: the layer, the letter, and its place."""
    spec = network.spec
    letters: Mapping[str, str] = {"weight": "W", "bias": "b", "gamma": "γ", "beta": "β", "alpha": "α"}
    names: list[str] = []
    for number, slot in enumerate(spec.slots, start=1):
        for name in slot.names:
            where = getattr(slot, name)
            columns = slot.shape[1] if name == "weight" else 1
            for at in range(where.stop - where.start):
                place = f"{at // columns + 1}, {at % columns + 1}" if name == "weight" else f"{at + 1}"
                names.append(f"layer {number}, {letters[name]}({place})")
    if spec.sharing is None:
        return tuple(names)
    return tuple(names[int(index)] for index in spec.sharing.learned)


def drawn_starts(network: LandscapeNetwork, initializer: str, count: int) -> Array:
    """Starts (count, P) from an initializer, each with a seed of its own, as what the network learns."""
    spec: Any = network.spec
    rows = [
        initial_parameters(spec, INITIALIZERS[initializer], np.random.default_rng([seed, 7])) for seed in range(count)
    ]
    found = np.array(rows)
    return found if spec.sharing is None else found[:, spec.sharing.learned]
