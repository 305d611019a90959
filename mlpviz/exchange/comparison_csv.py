"""The table of a comparison as CSV, for a spreadsheet."""

from __future__ import annotations

from mlpviz.exchange.format import Format, Saving
from mlpviz.exchange.subjects import COMPARISON
from mlpviz.runs.leaderboard import to_csv

FORMAT = Format(
    "comparison_csv",
    label="comparison as CSV",
    sentence="One row per network: what differs, its best loss and metric, when, and in how many seconds; no weights.",
    suffix=".csv",
    media_type="text/csv",
    saving=Saving(COMPARISON, lambda run: to_csv(run).encode(), lambda _: "comparison"),
)
