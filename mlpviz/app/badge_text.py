"""The text of the badge after a check."""

from __future__ import annotations

from collections.abc import Sequence

from mlpviz.app.protocol import ProofMessage, ProofStatus
from mlpviz.text.numbers import all_digits, format_number
from mlpviz.verify.report import Report


def badge_text(version: str, report: Report, which: str = "") -> ProofMessage:
    """The status, a text that begins with `which`, and the detail that is shown on hovering."""
    parts, details = [which + report.summary], []
    for name, largest in (("PyTorch", report.torch), ("central differences", report.differences)):
        if largest is None:
            continue
        relative = "" if largest.relative is None else f", relative {format_number(largest.relative)}"
        whole = "" if largest.relative is None else f", relative {all_digits(largest.relative)}"
        details.append(f"largest difference from {name}: {all_digits(largest.absolute)}{whole}")
        if report.ok and name == "PyTorch" and not report.sampled:  # there is no room for both
            parts.append(f"max |Δ| {format_number(largest.absolute)}{relative.replace('relative', 'rel')}")
    complete = report.torch_version is not None and report.not_finite is None
    status: ProofStatus = ("ok" if complete else "partly") if report.ok else "wrong"
    return {"version": version, "status": status, "text": " · ".join(parts), "detail": "; ".join(details)}


def side_by_side_text(version: str, reports: Sequence[Report]) -> ProofMessage:
    """The badge for one network, or for two side by side: then for the first whose check failed, if one did."""
    report = next((report for report in reports if not report.ok), reports[0])
    which = "" if len(reports) == 1 else "Both: " if report.ok else "Right: " if report is not reports[0] else "Left: "
    return badge_text(version, report, which)
