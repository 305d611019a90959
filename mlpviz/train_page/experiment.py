"""The experiment that is open on the training page: its run, its baseline, and the claim about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mlpviz.examples.experiments import EXPERIMENTS, Baseline, Claim, Experiment
from mlpviz.network import DocumentError
from mlpviz.runs import Run
from mlpviz.schema.json_arrays import nullable

MENU = [[each.key, each.label, each.question] for each in EXPERIMENTS.values()]
"""Key, label and question of every experiment."""


@dataclass
class OpenExperiment:
    """One experiment with its run. `claim` is there once run and baseline are done."""

    experiment: Experiment
    run: Run
    baseline: Baseline | None = None
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
        """Whether the baseline is to learn: it begins when the run is done."""
        return self.experiment.baseline is not None and self.run.status == "done" and self.claim is None

    def advance(self, seconds: float) -> None:
        """Let the baseline learn once the run is done; check the claim once both are."""
        if self.run.status != "done" or self.claim is not None:
            return
        if self.experiment.baseline is not None:
            if self.baseline is None:
                self.baseline = self.experiment.baseline(self.run)
            if self.baseline.advance(seconds):
                return
            self.claim = self.experiment.claim(self.run, self.baseline)
        else:
            self.claim = self.experiment.claim(self.run)

    def data(self) -> dict[str, Any]:
        """What the card of the experiment shows."""
        experiment, claim, baseline = self.experiment, self.claim, self.baseline
        return {
            "key": experiment.key,
            "label": experiment.label,
            "question": experiment.question,
            "look": experiment.look,
            "answer": experiment.answer,
            "source": experiment.source,
            "claim": None if claim is None else {"holds": bool(claim.holds), "sentence": claim.sentence},
            "rival": None if baseline is None else self._baseline_data(baseline),
        }

    def _baseline_data(self, baseline: Baseline) -> dict[str, Any]:
        found: dict[str, Any] = {"label": baseline.label, "parameters": baseline.parameters, "share": baseline.share}
        if self.claim is not None:
            table = baseline.table(self.run).reset_index()
            found |= {"columns": list(map(str, table.columns)), "rows": nullable(table.to_numpy())}
        return found
