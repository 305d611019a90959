"""The experiment that a visitor of the training page has open: its run, what learns beside it, and what they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mlpviz.content.experiments import EXPERIMENTS, Claim, Experiment, Rival
from mlpviz.document import DocumentError
from mlpviz.figures.plain import nullable
from mlpviz.runs import Run

MENU = [[each.key, each.label, each.question] for each in EXPERIMENTS.values()]
"""Key, label and question of every experiment."""


@dataclass
class OpenExperiment:
    """One experiment with its run. `claim` is there once run and rival are done."""

    experiment: Experiment
    run: Run
    rival: Rival | None = None
    claim: Claim | None = None

    @classmethod
    def of(cls, key: str) -> OpenExperiment:
        """The experiment of this key, and its run.

        Raises DocumentError where there is none, and when something has to be fetched first.
        """
        if key not in EXPERIMENTS:
            raise DocumentError(f"there is no experiment “{key[:40]}”: choose one from the menu")
        experiment = EXPERIMENTS[key]
        if missing := experiment.missing():
            raise DocumentError(missing)
        return cls(experiment, experiment.run())

    @property
    def key(self) -> str:
        """The key of the experiment."""
        return self.experiment.key

    @property
    def busy(self) -> bool:
        """Whether what learns beside the run has something to do: after the run itself."""
        return self.experiment.rival is not None and self.run.status == "done" and self.claim is None

    def advance(self, seconds: float) -> None:
        """Let the rival learn, and judge once all is done."""
        if self.run.status != "done" or self.claim is not None:
            return
        if self.experiment.rival is not None:
            if self.rival is None:
                self.rival = self.experiment.rival(self.run)
            if self.rival.advance(seconds):
                return
            self.claim = self.experiment.claim(self.run, self.rival)
        else:
            self.claim = self.experiment.claim(self.run)

    def data(self) -> dict[str, Any]:
        """What the card of the experiment shows."""
        told, claim, rival = self.experiment, self.claim, self.rival
        return {
            "key": told.key,
            "label": told.label,
            "question": told.question,
            "look": told.look,
            "answer": told.answer,
            "source": told.source,
            "claim": None if claim is None else {"holds": bool(claim.holds), "sentence": claim.sentence},
            "rival": None if rival is None else self._beside(rival),
        }

    def _beside(self, rival: Rival) -> dict[str, Any]:
        found: dict[str, Any] = {"label": rival.label, "parameters": rival.parameters, "share": rival.share}
        if self.claim is not None:
            table = rival.table(self.run).reset_index()
            found |= {"columns": list(map(str, table.columns)), "rows": nullable(table.to_numpy())}
        return found
