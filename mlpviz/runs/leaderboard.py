"""The table of a comparison: the best loss of each member, when it was reached, and in how much time."""

from __future__ import annotations

import csv
import io
from typing import NamedTuple

import numpy as np

from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.run import Run
from mlpviz.text.spreadsheet_text import plain_text


class MemberScore(NamedTuple):
    """The best loss of one member in its branch, its epoch, and the metric there; validation if there is one.

    NaN for what was not measured; epochs that the curve has dropped do not count. `seconds` is the time in the engine,
    an equal share of it where several members learned in one engine run.
    """

    best: float
    metric: float
    epoch: int
    seconds: float
    which: str


def score_of(run: Run, member: int) -> MemberScore:
    """The score of one member in the branch that grows."""
    state = run.state(member)
    rows = np.vstack([state.curve(run.branches.growing)[0], state.newest_row])
    column = {name: rows[:, place] for place, name in enumerate(COLUMNS)}
    which = next((name for name in ("validation", "train") if np.isfinite(column[f"{name}_loss"]).any()), "")
    loss = column[f"{which}_loss"] if which else column["loss"]
    if not np.isfinite(loss).any():
        return MemberScore(np.nan, np.nan, 0, state.seconds, which)
    at = int(np.nanargmin(np.where(np.isfinite(loss), loss, np.nan)))
    metric = column[f"{which}_metric"][at] if which else np.nan
    return MemberScore(float(loss[at]), float(metric), int(column["epoch"][at]), state.seconds, which)


def rows_of(run: Run) -> list[dict[str, str | float]]:
    """One row per member, in their order: what differs, parameters, the best score, its epoch, epochs done, seconds.

    Members may have other columns: the best loss is of training or of validation.
    """
    rows: list[dict[str, str | float]] = []
    for number, member in enumerate(run.members):
        score = score_of(run, number)
        status, _ = run.status_of(number)
        rows.append(
            {
                run.choice or "network": member.label,
                "parameters": member.spec.size,
                f"best {score.which} loss".replace("  ", " "): score.best,
                member.built.metric or "metric": score.metric,
                "best epoch": score.epoch,
                "epochs": run.state(number).epochs,
                "seconds": round(score.seconds, 3),
                "status": status,
            }
        )
    return rows


def to_csv(run: Run) -> str:
    """The table as CSV text, one line per lane under a line of headings; no text in it begins as a formula.

    A cell without a number is empty.
    """
    rows = rows_of(run)
    headings = [*dict.fromkeys(name for row in rows for name in row)]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(plain_text, headings))
    writer.writerows([_cell(row.get(name, "")) for name in headings] for row in rows)
    return text.getvalue()


def _cell(value: str | float) -> str | float:
    if isinstance(value, str):
        return plain_text(value)
    return "" if np.isnan(value) else value
