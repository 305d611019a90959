"""What an edit did, in one sentence for the ear: what became of the loss, and how many numbers of each kind moved."""

from __future__ import annotations

from collections.abc import Mapping

from mlpviz.explain.last_edit.diff import TensorChange
from mlpviz.sheet.quantities import QUANTITIES
from mlpviz.text.numbers import NumberStyle
from mlpviz.text.sentences import Sentence, exact_number, joined, sentence, told_apart


def told_of(
    losses: tuple[float, float], same_loss: bool, changes: Mapping[str, TensorChange], style: NumberStyle
) -> Sentence:
    """A sentence such as "The loss fell from 4 to 1; 12 gradients changed.", from the losses before and after.

    `same_loss`: both are of one function, so that they can be compared.
    """
    loss = _loss(losses, style) if same_loss else _other_loss(losses[1], style)
    moved = _moved(changes)
    if not moved:
        return sentence("{loss}; nothing that is computed changed.", loss=loss)
    return sentence("{loss}; {moved} changed.", loss=loss, moved=joined(" and ", moved))


def _moved(changes: Mapping[str, TensorChange]) -> list[str]:
    counts = {"forward": 0, "gradient": 0, "update": 0}
    for key, change in changes.items():
        tensor = key.split(".")[0]
        kind = "gradient" if tensor.startswith("grad_") else QUANTITIES[tensor].phase
        if kind in counts:
            counts[kind] += int(change.changed.sum())
    forward, gradients, update = counts.values()
    found = [*_counted(forward, "number", " of the forward pass"), *_counted(gradients, "gradient")]
    # new weights follow from the gradients: they are told only where nothing else is
    return found or _counted(update, "number", " of the update")


def _counted(count: int, noun: str, of: str = "") -> list[str]:
    return [f"{count:,} {noun}{'' if count == 1 else 's'}{of}"] if count else []


def _other_loss(now: float, style: NumberStyle) -> Sentence:
    return sentence("The loss is another function now, {now}", now=exact_number(now, style))


def _loss(losses: tuple[float, float], style: NumberStyle) -> Sentence:
    before, after = losses
    old, now = told_apart(losses, style)
    if before == after:
        return sentence("The loss is still {now}", now=now)
    # NaN is neither larger nor smaller
    way = "fell" if before > after else "rose" if before < after else "went"
    return sentence(f"The loss {way} from {{old}} to {{now}}", old=old, now=now)
