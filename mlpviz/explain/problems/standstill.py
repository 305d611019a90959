"""When an update has brought learning to a standstill, in one sentence."""

from __future__ import annotations

from mlpviz.engine import Trace
from mlpviz.text.sentences import Sentence, exact_number, sentence


def standstill_sentence(before: Trace, after: Trace) -> Sentence | None:
    """What to say after an update that made every gradient 0; None if one is left, or if the loss is at 0 as well."""
    if after.grad.any() or not before.grad.any() or float(after.loss) == 0.0:
        return None
    further = after.loss > before.loss
    return sentence(
        "The loss went from {before} to {after} and every gradient is now 0: "
        "no further update changes anything.{advice}",
        before=exact_number(float(before.loss)),
        after=exact_number(float(after.loss)),
        advice=" The step was too long: undo it and try a smaller learning rate." if further else "",
    )
