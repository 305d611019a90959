"""When an update has brought learning to a standstill, in one sentence."""

from __future__ import annotations

from mlpviz.engine import Trace
from mlpviz.text.numbers import exact_number


def standstill_sentence(before: Trace, after: Trace) -> str | None:
    """What to say after an update that made every gradient 0; None if one is left, or if the loss is at 0 as well."""
    if after.grad.any() or not before.grad.any() or float(after.loss) == 0.0:
        return None
    losses = f"The loss went from {exact_number(float(before.loss))} to {exact_number(float(after.loss))}"
    stop = "every gradient is now 0: no further update changes anything"
    if after.loss > before.loss:
        return f"{losses} and {stop}. The step was too long: undo it and try a smaller learning rate."
    return f"{losses} and {stop}."
