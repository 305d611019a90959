"""The events of a page, in a registry like that of the edits, and how one is carried out.

An event is an untrusted JSON object {"type": ..., arguments}: the signature of its function is its schema.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from mlpviz.app.faults import attempt
from mlpviz.app.page import CHECK, RESEND, PageSession
from mlpviz.app.protocol import Event
from mlpviz.engine.registry import Registry
from mlpviz.network import DocumentError
from mlpviz.schema.arguments import arguments_of, values_of
from mlpviz.schema.number_errors import NumberTextError

S = TypeVar("S", bound=PageSession)

_ENVELOPE = ("type", "gesture")


class UnknownEventError(LookupError):
    """An event of a type that the page does not have."""


def not_done(_: PageSession, event: Event, error: Exception) -> str:
    """The sentence for an event that failed, of a page whose own errors say all there is to say."""
    known = isinstance(error, DocumentError | NumberTextError)
    reason = error if known else f"the page cannot do {event.get('type')!r} like this"
    return f"Not done: {reason}"


@dataclass(frozen=True)
class EventKind(Generic[S]):
    """One kind of event: its type, a label, and the function (session, **arguments).

    A quiet one is sent by the browser itself and leaves the shown error or notice. `perform` takes the whole event, for
    events that have a schema elsewhere.
    """

    key: str
    label: str
    function: Callable[..., object]
    is_quiet: bool = False
    perform: Callable[[S, Event], object] | None = None

    @cached_property
    def arguments(self) -> type[BaseModel]:
        """The schema of the arguments."""
        return arguments_of(self.key, self.function)

    def carry_out(self, session: S, event: Event) -> None:
        """Call the function. Raises ValidationError for wrong arguments, and what the function raises."""
        if self.perform is not None:
            self.perform(session, event)
            return
        given = {name: value for name, value in event.items() if name not in _ENVELOPE}
        self.function(session, **values_of(self.arguments.model_validate(given)))


def _send_all(session: PageSession) -> None:
    session.forget_sent()


OF_ITSELF: tuple[EventKind[Any], ...] = (
    EventKind(CHECK, "prove the numbers", PageSession.prove, is_quiet=True),
    EventKind(RESEND, "send all again", _send_all, is_quiet=True),
)
"""What the browser sends of itself to every page."""


@dataclass(frozen=True)
class Dispatcher(Generic[S]):
    """The events of a page, and its sentence for one that fails.

    Exceptions of the types in `refusals` become its sentence; any other is a fault of the program, and is caught too.
    """

    kinds: Registry[EventKind[S]]
    refusals: tuple[type[Exception], ...]
    """with UnknownEventError among them"""
    sentence: Callable[[S, Event, Exception], str]

    def carry_out(self, session: S, events: Sequence[Event]) -> None:
        """Carry out the events in their order. One that fails changes nothing, and the others are carried out."""
        if not all(self._is_quiet(event) for event in events):
            session.said.clear()
        for event in events:
            attempt("What you did", partial(self._carry_out, session, event), session.said.complain)

    def _carry_out(self, session: S, event: Event) -> None:
        try:
            self._kind_of(event).carry_out(session, event)
        except self.refusals as error:
            session.said.error = self.sentence(session, event, error)
            session.said.offer = getattr(error, "offer", None)

    def accept(self, session: S) -> None:
        """Do what was offered beside the last sentence. Raises DocumentError if nothing was."""
        offered = session.said.offered
        if offered is None:
            raise DocumentError("what was offered is gone; please do it again")
        self._kind_of(offered.event).carry_out(session, offered.event)

    def _kind_of(self, event: Event) -> EventKind[S]:
        key: Any = event.get("type")
        if not isinstance(key, str) or key not in self.kinds:
            raise UnknownEventError(key)
        return self.kinds[key]

    def _is_quiet(self, event: Event) -> bool:
        key = event.get("type")
        return isinstance(key, str) and key in self.kinds and self.kinds[key].is_quiet
