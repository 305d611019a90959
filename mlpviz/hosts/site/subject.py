"""What one file is about, a network or an exercise, and the pages that it opens.

The file begins with the first page, which shows the subject to whoever comes without an address.
"""

from __future__ import annotations

from typing import Any

from mlpviz.app.page import Page
from mlpviz.check_page.page import CHECK
from mlpviz.engine.registry import Registry
from mlpviz.network import Document
from mlpviz.practice.exercise import Exercise, is_exercise
from mlpviz.practice_page.page import PRACTICE, PracticePage
from mlpviz.sheet_page.page import SHEET, SheetPage
from mlpviz.train_page.page import TRAIN

Subject = Document | Exercise


def pages_of(subject: Subject) -> Registry[Page[Any]]:
    """The pages of a file about this."""
    if isinstance(subject, Document):
        return Registry("page", (SheetPage(subject), PRACTICE, TRAIN, CHECK))
    return Registry("page", (PracticePage(subject), SHEET, TRAIN, CHECK))


def read_subject(text: str) -> Subject:
    """The subject of a file, as `live_file` wrote it. Raises DocumentError."""
    return Exercise.parse(text) if is_exercise(text) else Document.parse(text)
