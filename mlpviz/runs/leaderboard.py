"""The table of a comparison: the best loss of each member, when it was reached, and in how much time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from mlpviz.runs.curves import COLUMNS
from mlpviz.runs.run import Run
from mlpviz.text.spreadsheet_text import plain_text

if TYPE_CHECKING:
    import pandas as pd


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


def table_of(run: Run) -> pd.DataFrame:
    """One row per member, in their order: what differs, parameters, the best score, its epoch, epochs done, seconds."""
    import pandas as pd

    rows = []
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
    return pd.DataFrame(rows)


def to_csv(run: Run) -> str:
    """The table as CSV text, one line per lane under a line of headings; no text in it begins as a formula."""
    table = table_of(run)
    table.columns = [plain_text(name) for name in table.columns]
    return table.map(lambda cell: plain_text(cell) if isinstance(cell, str) else cell).to_csv(index=False)
