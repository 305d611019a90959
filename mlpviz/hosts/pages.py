"""All pages, in the order of the menu: what every host shows."""

from __future__ import annotations

from typing import Any

from mlpviz.app.page import Page
from mlpviz.bits_page.page import BITS
from mlpviz.check_page.page import CHECK
from mlpviz.engine.registry import Registry
from mlpviz.exploration.page import ExplorationPage
from mlpviz.functions_page.page import FUNCTIONS
from mlpviz.gradient_flow_page.page import GRADIENT_FLOW
from mlpviz.landscape_page.page import LANDSCAPE
from mlpviz.lesson_page.page import LESSON_PAGE
from mlpviz.practice_page.page import PRACTICE
from mlpviz.sheet_page.page import SHEET
from mlpviz.train_page.page import TRAIN

EXPLORATIONS: Registry[ExplorationPage] = Registry("page of pictures", (FUNCTIONS, GRADIENT_FLOW, LANDSCAPE, BITS))
"""The pages of pictures, which stand together in the menu."""

PAGES: Registry[Page[Any]] = Registry("page", (SHEET, LESSON_PAGE, PRACTICE, TRAIN, CHECK, *EXPLORATIONS.values()))
