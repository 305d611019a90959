"""How many digits the numbers of an exercise have on paper and in platforms."""

from __future__ import annotations

from mlpviz.explain.solution.solve import number_style
from mlpviz.practice.exercise import Exercise
from mlpviz.practice.topics import TOPICS
from mlpviz.practice.topics.changed import CHANGED
from mlpviz.text.numbers import STYLES, NumberStyle, format_number


def style_of(exercise: Exercise) -> NumberStyle:
    """As the document says; the numbers of a topic come to an end, and have all of their digits."""
    topic = TOPICS.get(exercise.topic) or CHANGED.get(exercise.topic)
    if topic and not any(level.bounds.free for level in topic.levels):
        return STYLES["6"][1]
    return number_style(exercise.document)


def number_text(number: float, style: NumberStyle) -> str:
    """A number on paper: −1 also where float arithmetic has made −0.9999999999999998 of it."""
    return format_number(float(f"{number:.12g}"), style)
