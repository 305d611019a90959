"""What there is to practise: topics, and the exercises that are generated for them."""

from mlpviz.practice.topics.backwards import BACKWARDS
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.generator import EVERY_TOPIC, generate, with_own_topic

__all__ = ["BACKWARDS", "EVERY_TOPIC", "TOPICS", "generate", "with_own_topic"]
