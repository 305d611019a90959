"""The proof of the document on screen: when it is made, and what the badge says of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from mlpviz.check import Report, check
from mlpviz.content.numbers import format_number
from mlpviz.ui.components.badge import badge
from mlpviz.ui.session import Session, current


def report_of(session: Session) -> Report:
    """The check of the current document; made once per version of it."""
    if session.report is None or session.report[0] != session.version:
        session.report = (session.version, check(session.document.trace()))
    return session.report[1]


@st.fragment
def proof_badge(keep_url: bool) -> None:
    """The badge as a fragment of its own: it runs after the sheet has painted and never before."""
    session = current()
    badge(_data(session, keep_url), on_ask=lambda: _make(session))


def _make(session: Session) -> None:
    report_of(session)


def _data(session: Session, keep_url: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "version": session.version,
        "keepUrl": keep_url,
        "link": session.link if keep_url else None,
        "view": session.view,
        "status": None,
    }
    if session.report is None or session.report[0] != session.version:
        return data
    report = session.report[1]
    parts, details = [report.summary], []
    for name, found in (("PyTorch", report.torch), ("central differences", report.differences)):
        if found is None:
            continue
        relative = "" if found.relative is None else f", relative {format_number(found.relative)}"
        details.append(f"largest difference from {name}: {format_number(found.absolute)}{relative}")
        if report.ok and name == "PyTorch":
            parts.append(f"max |Δ| {format_number(found.absolute)}{relative.replace('relative', 'rel')}")
    complete = report.torch_version is not None and report.not_finite is None
    data["status"] = ("ok" if complete else "partly") if report.ok else "wrong"
    data["text"], data["detail"] = " · ".join(parts), "; ".join(details)
    return data
