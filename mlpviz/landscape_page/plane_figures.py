"""The figures of a plane: from above, in space, the losses on the way, and what is known of the plane."""

from __future__ import annotations

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.exploration.figure import MARK, NEGATIVE, TEXT, UPDATE, figure, line
from mlpviz.exploration.view import FactsPart, FigurePart, PointerTarget
from mlpviz.landscape.directions import coordinates
from mlpviz.landscape.surface import Plane, Surface
from mlpviz.landscape.symmetry import count_of_copies, has_copies
from mlpviz.landscape_page.drawing import arrows, contour, heights, path, path_in_space, relief, scene, spot
from mlpviz.landscape_page.optimizer_choice import STEPS
from mlpviz.landscape_page.plane_scene import PlaneScene
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence


def from_above(shown: PlaneScene, surface: Surface) -> FigurePart:
    """The plane as a map with contours, all ways over it, and gradient and Newton's step at the point."""
    values, chosen, here = shown.values, shown.chosen, shown.here
    plane = chosen.plane
    left, right, low, high = plane.box
    traces = [contour(surface)]
    for way in shown.ways:
        traces += path(way.walker, plane.places(way.points), way.step)
    marked = [places for _, copy in chosen.copies if (places := _in_plane(plane, copy)) is not None]
    if marked:
        traces.append({**spot(marked, "symmetric copy", MARK, "diamond", 13), "showlegend": True})
    place = np.array([values["px"], values["py"]])
    traces.append(spot([(place[0], place[1])], "point", TEXT, "x", 12))
    gradient = shown.network.objective.gradient(shown.point) if here is None else here.gradient
    ways = [(-gradient, NEGATIVE, "−gradient")]
    if here is not None:
        ways.append((here.newton, UPDATE, "Newton"))
    flat = np.zeros(len(shown.point))
    steps = [(coordinates(way, flat, plane.first, plane.second), colour, name) for way, colour, name in ways]
    notes = arrows(place, steps, plane.box)
    return FigurePart(
        key="above", title="The loss over the plane", height=460, pointer=PointerTarget("px", "py"),
        figure=figure(
            traces, x=chosen.names[0], y=chosen.names[1], hovermode="closest", annotations=notes,
            xaxis={"range": [left, right], "showgrid": False}, yaxis={"range": [low, high], "showgrid": False},
        ),
        text=_above_in_words(shown, surface),
    )  # fmt: skip


def _in_plane(plane: Plane, copy: Array) -> Array | None:
    """Where a copy lies in the plane; None if it does not."""
    places = plane.places(copy)
    apart = float(np.linalg.norm(plane.at(places) - copy))
    return places if apart < 1e-8 * max(1.0, float(np.linalg.norm(copy))) else None


def _above_in_words(shown: PlaneScene, surface: Surface) -> Sentence:
    chosen = shown.chosen
    when = shown.network.moment_name or f"step {shown.step}"
    finite = surface.losses[np.isfinite(surface.losses)]
    parts = [
        sentence(
            "{motion}% of the motion of {name} lie in this plane, and {gradient}% of the gradient at {when}.",
            motion=exact_number(round(100 * chosen.motion, 1)), name=shown.name,
            gradient=exact_number(round(100 * chosen.gradient, 1)), when=when,
        ),
        sentence(
            "Over the plane the loss goes from {low} to {high}.",
            low=exact_number(float(finite.min())), high=exact_number(float(finite.max())),
        ) if finite.size else sentence("Nowhere on the plane is the loss finite."),
    ]  # fmt: skip
    if chosen.motion < 0.1:
        parts.append(
            sentence("The paths are drawn where they would fall on the plane; the loss under them is not theirs.")
        )
    return joined(" ", parts)


def in_space(shown: PlaneScene, surface: Surface) -> FigurePart:
    """The same as a surface."""
    chosen = shown.chosen
    drawn = heights(surface.losses)
    traces = [relief(surface)]
    left, right, low, high = chosen.plane.box
    lowest = float(np.nanmin(np.where(np.isfinite(surface.losses), surface.losses, np.nan)))
    floor = 10.0 ** float(np.nanmin(drawn)) if np.isfinite(drawn).any() else 1.0
    for way in shown.ways:
        places = chosen.plane.places(way.points)
        with np.errstate(all="ignore"):
            inside = (places >= [left, low]).all(axis=-1) & (places <= [right, high]).all(axis=-1)
            z = np.log10(np.maximum(way.losses - lowest, 0.0) + floor)
        traces.append(path_in_space(way.walker, places, np.where(inside, z, np.nan), way.step))
    return FigurePart(
        key="space", title="In space", height=460, is_explored=True,
        figure=figure(
            traces, x="", y="", scene=scene(chosen.names[0], chosen.names[1], "log₁₀ loss"),
            margin={"l": 0, "r": 0, "t": 8, "b": 0}, showlegend=False,
        ),
        text="The height is the decimal logarithm of the loss above the lowest place of the plane. A path above or "
        "below the surface is not in the plane.",
    )  # fmt: skip


def losses_on_the_way(shown: PlaneScene) -> FigurePart:
    """The loss after each step of each optimizer."""
    walkers, paths, step = shown.walkers, shown.paths, shown.step
    losses = np.where(paths.losses > 0, paths.losses, np.nan)
    traces = [
        line(np.arange(step + 1), losses[index, : step + 1], walker.label, walker.number)
        for index, walker in enumerate(walkers)
    ]
    last = paths.losses[:, step]
    if not np.isfinite(last).any():
        said: Sentence | str = "Every path has run away."
    else:
        said = sentence(
            "After {step} steps {name} is lowest, with a loss of {loss}.",
            step=step, name=walkers[int(np.nanargmin(last))].label, loss=exact_number(float(np.nanmin(last))),
        )  # fmt: skip
    return FigurePart(
        key="losses", title="The loss on the way", height=260,
        figure=figure(
            traces, x="step", y="loss", xaxis={"range": [0, STEPS]}, yaxis={"type": "log", "exponentformat": "power"}
        ),
        text=said,
    )  # fmt: skip


def plane_facts(shown: PlaneScene) -> FactsPart:
    """How many dimensions are left out, and how much of the run and of the gradient lies in the plane."""
    network, chosen, spec = shown.network, shown.chosen, shown.network.spec
    facts: list[tuple[str, Sentence | str]] = [
        ("dimensions", sentence("The plane is 2 of {size}.", size=network.objective.size)),
        ("motion", sentence("{share}% of the run's squared distances from its start.", share=_percent(chosen.motion))),
        ("gradient", sentence("{share}% of its squared length.", share=_percent(chosen.gradient))),
    ]
    if network.data:
        facts.append(("data", network.data))
    if has_copies(spec):
        facts.append(
            (
                "copies",
                sentence(
                    "{count} points compute the same: hidden units in another order, of an odd activation also with "
                    "their signs turned.",
                    count=_count(count_of_copies(spec)),
                ),
            )
        )
    return FactsPart(title="The plane", facts=facts)


def _count(count: int) -> str | Sentence:
    return f"{count:,}" if count < 10**9 else exact_number(float(min(count, 10**300)))


def _percent(share: float) -> Sentence:
    return exact_number(round(100 * share, 2))
