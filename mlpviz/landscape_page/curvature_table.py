"""The curvature at the point that is looked at, in words and numbers, beside the chosen learning rate."""

from __future__ import annotations

import math

from mlpviz.exploration.view import FactsPart, Values
from mlpviz.landscape.curvature import Curvature
from mlpviz.landscape.objective import MOST_CURVED
from mlpviz.landscape_page.shown import MOMENTUM
from mlpviz.text.sentences import Sentence, exact_number, in_series, sentence

_PLACES = {
    "minimum": "A minimum: the gradient is 0, and it goes up in every direction.",
    "maximum": "A maximum: the gradient is 0, and it goes down in every direction.",
    "saddle": "A saddle: the gradient is 0, but it goes down in some directions and up in others.",
    "plateau": "A plateau: neither gradient nor curvature.",
    "flat valley": "A flat valley: the gradient is 0, it goes up in some directions and is level in others.",
    "slope": "A slope: the gradient is not 0, so this is no place to stay.",
}


def curvature_facts(found: Curvature | None, size: int, loss: float, values: Values) -> FactsPart:
    """What is known of the point: loss, gradient, eigenvalues, kind of place, and the largest stable rate."""
    facts: list[tuple[str, Sentence | str]] = [("loss", sentence("{loss}", loss=exact_number(loss)))]
    if found is None:
        why = (
            f"Not computed: the network has {size:,} numbers, and second derivatives are shown up to {MOST_CURVED}."
            if size > MOST_CURVED
            else "The second derivatives are not finite here."
        )
        return FactsPart(title="Curvature at the point", facts=[*facts, ("curvature", why)])
    length = math.sqrt(float(found.gradient @ found.gradient))
    facts.append(("gradient", sentence("Its length is {length}.", length=exact_number(length))))
    facts.append(("place", _PLACES[found.place]))
    facts.append(("eigenvalues", _eigenvalues(found)))
    facts.append(("stable rate", _rate(found, values)))
    return FactsPart(title="Curvature at the point", facts=facts)


def _eigenvalues(found: Curvature) -> Sentence:
    count = len(found.values)
    below = int((found.values < -1e-6 * abs(found.values).max()).sum())
    shown = [*found.values[:3], *found.values[3:][-2:]] if count > 5 else list(found.values)
    texts = [exact_number(float(each)) for each in shown]
    return sentence(
        "{count} of them, {below} below 0. The largest {and_smallest}: {values}. The largest is {condition} times the "
        "smallest that counts.",
        count=count, below=below, and_smallest="and the smallest" if count > 5 else "first", values=in_series(texts),
        condition=exact_number(found.condition),
    )  # fmt: skip


def _rate(found: Curvature, values: Values) -> Sentence:
    if not math.isfinite(found.stable_rate):
        return sentence("No curvature above 0: no learning rate is too large here.")
    rate = values["rate"]
    with_momentum = (
        sentence(" With momentum {momentum} it is {more}.", momentum=exact_number(values["momentum"]),
                 more=exact_number((1 + values["momentum"]) * found.stable_rate))
        if values.get(f"o.{MOMENTUM}") else ""
    )  # fmt: skip
    return sentence(
        "2/λ = {stable}: above it SGD runs away along the sharpest direction. The chosen rate is {rate}, {side}.{more}",
        stable=exact_number(found.stable_rate), rate=exact_number(rate),
        side="below it" if rate < found.stable_rate else "not below it", more=with_momentum,
    )  # fmt: skip
