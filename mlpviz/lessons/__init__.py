"""Lessons: files that say what to show, to tell and to ask; every number in them is computed by the engine."""

from mlpviz.lessons.lesson_files import LESSONS

__all__ = ["LESSONS"]
