"""The badge of the training page: the proof of the network that learns, at the moment on screen."""

from __future__ import annotations

import zlib
from typing import Any

import streamlit as st

from mlpviz.check import check
from mlpviz.runs.proving import trace_of
from mlpviz.ui import session as sheet
from mlpviz.ui.components.badge import badge
from mlpviz.ui.proof import said_of
from mlpviz.ui.train_session import TrainSession
from mlpviz.ui.train_visit import current

RUNNING = "running"
"""The version of a network that changes while one looks; the badge knows it."""


def proof_version(session: TrainSession) -> str:
    """Says which network is on screen, so that a proof counts for that one alone."""
    run = session.run
    if run.status == "running":
        return RUNNING
    moment = run.moment(run.focus)
    return f"{run.key} {run.focus} {moment.epoch} {moment.step} {zlib.crc32(moment.params.tobytes())}"


@st.fragment
def training_badge() -> None:
    """The badge as a fragment of its own: it runs when the browser has painted a network at rest."""
    session = current()
    badge(_data(session), on_ask=lambda: _prove(session))


def _prove(session: TrainSession) -> None:
    with session.lock:
        version = proof_version(session)
        if version == RUNNING or (session.proof and session.proof[0] == version):
            return
        epoch = session.run.moment(session.run.focus).epoch
        trace = trace_of(session.run)
    try:
        # without the lock: nobody waits for a check
        report = check(trace)
    except LookupError as error:  # no twin in PyTorch
        found = {"status": "partly", "text": f"not checked: {error.args[0]}", "detail": "The other checks go on."}
    else:
        found = said_of(report, f"epoch {epoch}: ")
        found["detail"] = f"One batch of the network on screen: {found['detail']}"
    session.proof = (version, found)


def _data(session: TrainSession) -> dict[str, Any]:
    with session.lock:
        version = proof_version(session)
    visitor = sheet.current()
    found = session.proof[1] if session.proof and session.proof[0] == version else {"status": None}
    # the score sheet's document stays in the URL, so that a reload loses nothing
    keep = {"keepUrl": True, "link": visitor.link, "view": visitor.view}
    return {"version": version, **keep, **found}
