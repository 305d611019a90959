"""What the server counts of itself, for Prometheus: how many tabs and sockets, how long answers take, what waits.

Nothing of a visitor is in it. Without the setting nothing is counted, and the library is not imported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mlpviz.hosts.streamlit.base_path import below_base
from mlpviz.network import DocumentError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0)
"""seconds; with them Prometheus computes its quantiles"""


class Counters:
    """Counts answers by their kind. `now` has gauges: a name and its help, and what gives the number."""

    def __init__(self, now: Mapping[tuple[str, str], Callable[[], float]]) -> None:
        try:
            from prometheus_client import CollectorRegistry, Gauge, Histogram, ProcessCollector
        except ImportError:
            raise DocumentError("MLPVIZ_METRICS needs a library: pip install mlpviz[metrics]") from None
        self._registry: CollectorRegistry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        for (name, meaning), number in now.items():
            Gauge(name, meaning, registry=self._registry).set_function(number)
        self._seconds = Histogram(
            "mlpviz_answer_seconds",
            "from the arrival of a message to its answer",
            ["kind"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._waiting = Gauge(
            "mlpviz_answers_under_way", "messages that have no answer yet", ["kind"], registry=self._registry
        )

    @contextmanager
    def answer(self, kind: str) -> Iterator[None]:
        """An answer that is made in this block."""
        begun = time.perf_counter()
        with self._waiting.labels(kind).track_inprogress():
            yield
        self._seconds.labels(kind).observe(time.perf_counter() - begun)

    def route(self) -> Route:
        """Where they can be read, in Prometheus' text form."""
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        def read(_: Request) -> Response:
            return Response(generate_latest(self._registry), headers={"Content-Type": CONTENT_TYPE_LATEST})

        return Route(below_base("metrics"), read)


def counted(counters: Counters | None, kind: str) -> AbstractContextManager[None]:
    """A block in which an answer is made."""
    return nullcontext() if counters is None else counters.answer(kind)
