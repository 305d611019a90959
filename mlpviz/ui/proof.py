"""The proof of the document on screen: when it is made, and what the badge says of it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from mlpviz.check import Report, check
from mlpviz.number_text import all_digits, format_number
from mlpviz.ui.components.badge import badge
from mlpviz.ui.session import Session, current


def report_of(session: Session) -> Report:
    """The check of the current document; made once per version of it."""
    return _reports_of(session)[0]


def _reports_of(session: Session) -> tuple[Report, ...]:
    """The check of every network on screen: the current document, and the one that it is compared with."""
    with session.lock:
        version, reports = session.version, session.reports
        documents = (session.document, *((session.comparing.document,) if session.comparing else ()))
    if reports is None or reports[0] != version:
        # without the lock: an edit does not wait for a check
        reports = (version, tuple(check(document.trace(), document.next_step) for document in documents))
        session.reports = reports
    return reports[1]


@st.fragment
def proof_badge(keep_url: bool) -> None:
    """The badge as a fragment of its own: it runs after the sheet has painted and never before."""
    session = current()
    badge(_data(session, keep_url), on_ask=lambda: _make(session))


def _make(session: Session) -> None:
    _reports_of(session)


def _data(session: Session, keep_url: bool) -> dict[str, Any]:
    with session.lock:
        version, reports = session.version, session.reports
    data: dict[str, Any] = {
        "version": version,
        "keepUrl": keep_url,
        "link": session.link if keep_url else None,
        "view": session.view,
        "status": None,
    }
    if reports is None or reports[0] != version:
        return data
    found = reports[1]
    # of two networks the one that disagrees is the one to speak of
    report = next((report for report in found if not report.ok), found[0])
    which = "" if len(found) == 1 else "both: " if report.ok else "right: " if report is not found[0] else "left: "
    return data | said_of(report, which)


def said_of(report: Report, which: str = "") -> dict[str, str]:
    """What the badge says of a check: `status`, `text`, which begins with `which`, and `detail` for whoever points."""
    parts, details = [which + report.summary], []
    for name, largest in (("PyTorch", report.torch), ("central differences", report.differences)):
        if largest is None:
            continue
        relative = "" if largest.relative is None else f", relative {format_number(largest.relative)}"
        whole = "" if largest.relative is None else f", relative {all_digits(largest.relative)}"
        details.append(f"largest difference from {name}: {all_digits(largest.absolute)}{whole}")
        if report.ok and name == "PyTorch":
            parts.append(f"max |Δ| {format_number(largest.absolute)}{relative.replace('relative', 'rel')}")
    complete = report.torch_version is not None and report.not_finite is None
    status = ("ok" if complete else "partly") if report.ok else "wrong"
    return {"status": status, "text": " · ".join(parts), "detail": "; ".join(details)}
