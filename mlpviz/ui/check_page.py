"""The Check page: one row per tensor, and a mistake to plant to see the proof turn red."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from mlpviz.check import Report, check
from mlpviz.comparison import Comparison
from mlpviz.content.mistakes import MISTAKES
from mlpviz.engine import again
from mlpviz.number_text import all_digits, format_number
from mlpviz.ui.proof import report_of
from mlpviz.ui.session import current


def check_page() -> None:
    """Draw the page."""
    session = current()
    document = session.document
    st.header("Is every number right?")
    st.markdown(
        "Each tensor of the network on the sheet, computed three times: by our NumPy engine, by PyTorch's autograd, "
        "and for the gradients by central differences, which only ever run the network forward. "
        "The new parameters are those of torch.optim, which gets the same gradient and the same memory."
    )
    spec = document.spec
    fitting = {key: mistake.label for key, mistake in MISTAKES.items() if mistake.fits(spec, document.training)}
    planted = st.selectbox(
        "Plant a mistake in the backward pass",
        ["", *fitting],
        format_func=lambda key: fitting.get(key, "none: the engine as it is"),
        help="The engine then computes with this mistake, and the check must find it. The sheet is not changed.",
    )
    if planted:
        trace = again(document.trace(), spec=MISTAKES[planted].plant(spec))
        st.info(MISTAKES[planted].sentence)
        report = check(trace)
    else:
        report = report_of(session)
    (st.success if report.ok else st.error)(report.summary)
    st.table(_rows(report, all_digits if st.toggle("All digits") else format_number))
    version = f"PyTorch {report.torch_version}" if report.torch_version else "PyTorch is not installed: not compared"
    st.caption(f"float64 throughout · {version} · central differences with a step near the cube root of the precision")


def _rows(report: Report, write: Callable[[float], str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "tensor": row.name,
                "shape": " × ".join(map(str, row.shape)) or "1",
                "PyTorch: max |Δ|": _absolute(row.torch, write),
                "relative": _relative(row.torch, write),
                "differences: max |Δ|": _absolute(row.differences, write),
                "relative ": _relative(row.differences, write),
                "verdict": "✓" if row.ok else "✗ disagrees",
                "note": row.note,
            }
            for row in report.rows
        ]
    ).set_index("tensor")


def _absolute(found: Comparison | None, write: Callable[[float], str]) -> str:
    return "–" if found is None else write(found.absolute)


def _relative(found: Comparison | None, write: Callable[[float], str]) -> str:
    return "–" if found is None or found.relative is None else write(found.relative)
