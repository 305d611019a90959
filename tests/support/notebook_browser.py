"""The browser of a widget, for tests without one: what it is sent, and what it sends."""

import threading

from tests.support.messages import read_message


class Browser:
    """The other side of a widget: keeps its answers, and sends as `web/hosts/notebook_line.js` does."""

    def __init__(self, widget):
        self.widget, self.answers, self.sequence = widget, [], 0
        self.came = threading.Event()
        widget.send = self._take

    def _take(self, content, buffers):
        assert content == {"answer": True}
        self.answers.append(read_message(buffers[0]))
        self.came.set()

    def does(self, **event):
        self.sequence += 1
        request = {"page": self.widget.page, "sequence": self.sequence, "events": [event]}
        self.widget._handle_custom_msg({"request": request}, [])
        return self.answers[-1]
