"""The Loss landscape page: planes, lines, starts and classic functions as data, and what is said about them."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from mlpviz.app.training_moment import TrainingMoment
from mlpviz.engine import ACTIVATIONS, LOSSES, LayerSpec, NetworkSpec, run_pass
from mlpviz.examples.networks import PRESETS
from mlpviz.exploration.data_files import traces_of
from mlpviz.exploration.subject import PictureSubject
from mlpviz.exploration.view import ExplorationView, FactsPart
from mlpviz.landscape_page.networks import Recent, network_of, parameter_names
from mlpviz.landscape_page.optimizer_choice import LABELS, STEPS
from mlpviz.landscape_page.page import LANDSCAPE
from mlpviz.network import Document, DocumentError

SHEET = PRESETS["mazur"].document


def made(document: Document | None = None, **given: Any) -> ExplorationView:
    _, values, problems = LANDSCAPE.exploration.resolve(given, PictureSubject(document))
    assert not problems
    return LANDSCAPE.exploration.make(values, PictureSubject(document))


def facts_of(view: ExplorationView) -> dict[str, str]:
    return {name: str(said) for part in view.parts if isinstance(part, FactsPart) for name, said in part.facts}


def test_the_map_of_rate_and_momentum_is_the_control_and_says_what_happens() -> None:
    view = made(f="quadratic", condition=20.0, rate=0.2)
    behaviour = traces_of(view.figures["behaviour"])["behaviour"]
    across = int(np.argmin(np.abs(behaviour["x"] - 0.2)))
    assert behaviour["z"][0, across] == 2
    assert "SGD has run away" in str(view.figures["above"].text)
    assert facts_of(view)["stable rate"].startswith("2/λ = 0.1: above it SGD runs away")
    pointer = view.figures["behaviour"].pointer
    assert pointer is not None
    assert (pointer.x, pointer.y) == ("rate", "momentum")


def test_the_paths_of_a_classic_function_are_drawn_up_to_the_step() -> None:
    ends = [traces_of(made(f="beale", step=step).figures["above"])["Adam"]["x"] for step in (0, 7, STEPS)]
    assert [len(end) for end in ends] == [1, 8, STEPS + 1]
    np.testing.assert_array_equal(ends[1], ends[2][:8])


def test_many_starts_come_to_all_four_minima() -> None:
    said = str(made(f="himmelblau", many=True).figures["above"].text)
    assert "Of 64 starts SGD brings 64 to a minimum: 16, 16, 16 and 16 to each." in said


def test_a_plane_becomes_fine_and_holds_the_loss_of_its_middle() -> None:
    view = made(show="plane", plane="random", seed=3)
    coarse = traces_of(view.figures["above"])["loss"]
    assert coarse["z"].shape == (41, 41)
    while view.progress is not None:
        view = view.progress.go_on()
    fine = traces_of(view.figures["above"])["loss"]
    assert fine["z"].shape == (101, 101)
    np.testing.assert_allclose(fine["z"][50, 50], coarse["z"][20, 20], atol=0.2)


@pytest.mark.parametrize("plane", ["main", "random", "weights", "sharpest", "gradient", "copies"])
def test_every_plane_says_how_much_of_the_run_lies_in_it(plane: str) -> None:
    # one bias for all units of a layer, as on the sheet here, leaves no copies
    network = {"network": "moons"} if plane == "copies" else {"network": "sheet"}
    view = made(SHEET, show="plane", plane=plane, **network)
    facts = facts_of(view)
    share = float(facts["motion"].split("%")[0])
    assert 0 <= share <= 100
    if plane == "main":
        assert share > 90
    if plane == "gradient":
        assert facts["gradient"].startswith("100%")
    if plane == "copies":
        copies = traces_of(view.figures["above"])["symmetric copy"]
        assert {(round(x, 6), round(y, 6)) for x, y in zip(copies["x"], copies["y"], strict=True)} >= {(1, 0), (0, 1)}
    else:
        assert "symmetric copy" not in traces_of(view.figures["above"])


def test_the_weights_of_a_plane_have_the_names_of_the_sheet() -> None:
    network = network_of({"network": "sheet"}, PictureSubject(SHEET))
    names = parameter_names(network)
    assert len(names) == network.objective.size == SHEET.spec.size
    assert names[0] == "layer 1, W(1, 1)"
    assert names[SHEET.spec.slots[0].bias.start] == "layer 1, b(1)"
    view = made(SHEET, show="plane", network="sheet", plane="weights", w1="2", w2="5")
    assert view.figures["above"].figure.layout.xaxis.title.text == f"change of {names[2]}"


def test_a_copy_at_the_other_end_of_a_line_has_the_same_loss_and_a_barrier_before_it() -> None:
    view = made(show="line", **{"from": "o.adam", "to": "copy.1", "o.sgd": False})
    line = traces_of(view.figures["line"])["loss"]
    ends = [line["y"][np.argmin(np.abs(line["x"] - place))] for place in (0.0, 1.0)]
    assert ends[0] == pytest.approx(ends[1])
    assert "a barrier" in str(view.figures["line"].text)
    assert "no barrier" in str(made(show="line").figures["line"].text)


def test_sixty_four_networks_learn_in_slices() -> None:
    view = made(SHEET, show="starts", network="sheet")
    said, other_thread = [], ThreadPoolExecutor(1)
    while view.progress is not None:
        said.append(view.progress.said)
        # each answer may be computed by another thread
        last, view = view, other_thread.submit(view.progress.go_on).result()
    assert said[0] == "step 0 of 300"
    losses = traces_of(view.figures["losses"])["lowest"]["y"]
    assert losses[-1] < losses[0]
    # whoever asks an old view once more gets an end
    assert last.progress is not None
    assert last.progress.go_on().progress is None


def test_what_cannot_be_shown_is_said() -> None:
    with pytest.raises(DocumentError, match="choose at least one optimizer"):
        made(**{f"o.{key}": False for key in LABELS})
    with pytest.raises(DocumentError, match="at most 8 can go together"):
        made(**{f"o.{key}": True for key in list(LABELS)[:9]})
    layers = [{"weight": np.ones((100, 100)).tolist(), "activation": "tanh"} for _ in range(2)]
    large = Document.parse({"layers": layers, "x": np.ones((64, 100)).tolist(), "target": None, "loss": "sum"})
    with pytest.raises(DocumentError, match="20,000 numbers; the landscape is for networks of up to 5,000"):
        made(large, show="plane", network="sheet")
    infinite = SHEET.replace(x=[[1e200] * len(SHEET.x[0])], target=[[1e200] * len(SHEET.target[0])])
    with pytest.raises(DocumentError, match="is not finite"):
        made(infinite, show="line", network="sheet")


@pytest.mark.parametrize("key", PRESETS)
def test_every_preset_has_a_landscape(key: str) -> None:
    document = PRESETS[key].document
    view = made(document, show="plane", network="sheet", plane="main")
    size = network_of({"network": "sheet"}, PictureSubject(document)).objective.size
    assert facts_of(view)["dimensions"] == f"The plane is 2 of {size}."


def test_results_are_kept_up_to_a_number_of_bytes() -> None:
    recent: Recent[int, tuple[Any, ...]] = Recent(3, 1_000)
    for key, count in enumerate((50, 50, 30)):
        recent.keep(key, (np.zeros(count), np.zeros(1)))
    assert [recent.get(key) is not None for key in range(3)] == [False, True, True]
    recent.keep(3, (np.zeros(200),))
    assert [recent.get(key) is not None for key in range(4)] == [False] * 4
    for key in range(4):
        recent.keep(key, (np.zeros(1),))
    assert [recent.get(key) is not None for key in range(4)] == [False, True, True, True]


def moment_of(activation: str) -> TrainingMoment:
    """The first moment of a training: the networks of all activations have the same numbers there."""
    layers = (LayerSpec(2, 3, ACTIVATIONS[activation]), LayerSpec(3, 1, ACTIVATIONS["identity"]))
    rng = np.random.default_rng(0)
    params, x = rng.normal(size=13), rng.normal(size=(8, 2))
    trace = run_pass(NetworkSpec(layers, LOSSES["mse"]), params, x, x[:, :1])
    return TrainingMoment("epoch 0, step 0", trace, params[None].copy(), len(x))


def test_moments_that_differ_in_the_activation_alone_have_their_own_landscape_and_are_given_back() -> None:
    found, kept = {}, []
    for activation in ("tanh", "sigmoid"):
        moment = moment_of(activation)
        subject = PictureSubject(None, moment)
        _, values, _ = LANDSCAPE.exploration.resolve({"show": "plane", "network": "training"}, subject)
        view = LANDSCAPE.exploration.make(values, subject)
        while view.progress is not None:
            view = view.progress.go_on()
        assert network_of(values, subject) is network_of(values, subject)
        found[activation] = traces_of(view.figures["above"])["loss"]["z"]
        assert traces_of(view.figures["losses"])["SGD"]["y"][0] == pytest.approx(moment.trace.loss)
        kept += [weakref.ref(moment), weakref.ref(moment.path)]
    assert np.abs(found["tanh"] - found["sigmoid"]).max() > 0.01
    del moment, subject, view, values
    gc.collect()
    assert [each() for each in kept] == [None] * 4
