"""A page as a widget: the visitor is in the kernel, and what browser and page say to each other are its messages.

A message of the browser (`web/hosts/notebook.js`) is {"visit": page}, {"keep": true} or {"request": a request of a
page}; an answer has its bytes (`app/message_bytes.py`) as its buffer. Several views of one
widget all get every answer, so they show the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from mlpviz.app.message_bytes import to_bytes
from mlpviz.app.page import Page
from mlpviz.app.visitor import Visitor, answer_json
from mlpviz.engine.registry import Registry
from mlpviz.hosts.notebook.checks import Checks
from mlpviz.hosts.program import packed_program
from mlpviz.practice_page.page import PRACTICE
from mlpviz.sheet_page.page import SheetPage
from mlpviz.train_page.page import TrainPage

_PROGRAM = packed_program("notebook", "sheet", "practice", "train")


class PageWidget(anywidget.AnyWidget):
    """One page of a visitor of its own, beside which the other pages can be opened in its place.

    `page` is the key of the page, `shown` its whole answer as it was last kept: what is seen without a kernel, as in a
    saved notebook.
    """

    _esm = _PROGRAM
    page = traitlets.Unicode().tag(sync=True)
    shown = traitlets.Bytes().tag(sync=True)

    def __init__(self, page: str, *, sheet: SheetPage | None = None, train: TrainPage | None = None) -> None:
        pages: Registry[Page[Any]] = Registry("page", (sheet or SheetPage(), PRACTICE, train or TrainPage()))
        self.visitor = Visitor(pages)
        self._checks = Checks(self._answer)
        super().__init__(page=page, shown=to_bytes(self.visitor.visit(page, {})))
        self.on_msg(self._receive)

    def _receive(self, _: Any, content: Any, __: Any) -> None:
        """Carry out one untrusted message of the browser."""
        if not isinstance(content, Mapping):
            return
        request = content.get("request")
        if content.get("visit") in self.visitor.pages:
            self._give(to_bytes(self.visitor.visit(content["visit"], {})))
        elif content.get("keep"):
            self._keep()
        elif isinstance(request, Mapping):
            if not self._checks.takes(request):
                self._answer(request)
            self._follow()

    def refresh(self) -> None:
        """Show the page as it is now, after Python has changed something in the session."""
        self._keep()
        self._give(self.shown)

    def _keep(self) -> None:
        self.shown = to_bytes(self.visitor.visit(self.page, {}))

    def _answer(self, request: Mapping[str, Any]) -> None:
        answer = answer_json(self.visitor, request)
        if answer is not None:
            self._give(answer)

    def _give(self, answer: bytes) -> None:
        self.send({"answer": True}, [answer])

    def _follow(self) -> None:
        """What a person did is done: take over what Python holds of it."""
