"""The log of the warnings of one member: which rules hold, since which epoch, and which are over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mlpviz.runs.warning_rules import WARNINGS, WarningInputs, WarningRule
from mlpviz.text.sentences import Sentence


@dataclass
class LoggedWarning:
    """A warning in the log of one member; `over` when it holds no more."""

    key: str
    epoch: int
    sentence: Sentence | str
    over: bool = False


@dataclass
class WarningLog:
    """The warnings of one member in the order in which they came; one that comes back uses its old line."""

    lines: list[LoggedWarning] = field(default_factory=list)

    def check_warnings(self, evidence: WarningInputs, rules: Iterable[WarningRule] = tuple(WARNINGS.values())) -> None:
        """Bring the log up to date."""
        for rule in rules:
            found = rule.find(evidence)
            line = next((line for line in self.lines if line.key == rule.key), None)
            if found is None:
                if line is not None:
                    line.over = True
            elif line is None:
                self.lines.append(LoggedWarning(rule.key, found.epoch, found.sentence))
            else:
                line.epoch = found.epoch if line.over or rule.moves else line.epoch
                line.sentence, line.over = found.sentence, False
