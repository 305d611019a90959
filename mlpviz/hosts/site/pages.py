"""The pages of a site: all but the pages of pictures, which need Plotly."""

from __future__ import annotations

from typing import Any

from mlpviz.app.page import Page
from mlpviz.check_page.page import CHECK
from mlpviz.engine.registry import Registry
from mlpviz.lesson_page.page import LESSON_PAGE
from mlpviz.practice_page.page import PRACTICE
from mlpviz.sheet_page.page import SHEET
from mlpviz.train_page.page import TRAIN

SITE_PAGES: Registry[Page[Any]] = Registry("page", (SHEET, LESSON_PAGE, PRACTICE, TRAIN, CHECK))
"""In the order of the menu; the first is at the address of the site itself."""
