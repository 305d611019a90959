"""The session of one visitor on the Check page: the network of the sheet, a planted mistake, and the report."""

from __future__ import annotations

from dataclasses import dataclass, field

from mlpviz.app.badge_text import badge_text
from mlpviz.app.numbering import first_number
from mlpviz.app.page import PageSession, Proving
from mlpviz.engine import rerun
from mlpviz.network import Document
from mlpviz.practice.mistakes import MISTAKES
from mlpviz.verify.report import Report, check


@dataclass(kw_only=True, slots=True)
class CheckSession(PageSession):
    """The network and the options of the check. `planted` is the key of a mistake in its backward pass, or empty."""

    document: Document
    planted: str = ""
    all_digits: bool = False
    version: int = field(default_factory=first_number)
    """counts the networks that were handed over"""
    made: tuple[Document, str, Report] | None = field(default=None, repr=False)
    """the last report, with the document and the mistake it is of"""

    @property
    def mistakes(self) -> dict[str, str]:
        """The mistakes that can be planted in this network: key and label."""
        document = self.document
        return {
            key: mistake.label for key, mistake in MISTAKES.items() if mistake.fits(document.spec, document.training)
        }

    @property
    def report(self) -> Report:
        """The check of the network, with the mistake that was planted; made once."""
        document, planted = self.document, self.planted
        if self.made is None or self.made[0] is not document or self.made[1] != planted:
            self.made = (document, planted, _checked(document, planted))
        return self.made[2]

    def take(self, document: Document) -> None:
        """Check this network from now on; a mistake that does not fit it is removed."""
        if document is not self.document:
            self.document, self.version = document, self.version + 1
        if self.planted not in self.mistakes:
            self.planted = ""

    def remember(self) -> None:
        """Nothing: the network is the sheet's."""

    def recover(self) -> None:
        """Without the planted mistake."""
        self.planted = ""

    def proof_version(self) -> str:
        """The number of the network and the mistake in it: the badge says what the table says."""
        return f"{self.version} {self.planted}".rstrip()

    def proving(self) -> Proving:
        """A check of the network with the mistake that was planted."""
        version, which = self.proof_version(), "With the planted mistake: " if self.planted else ""
        document, planted, made = self.document, self.planted, self.made
        if made is not None and made[0] is document and made[1] == planted:
            report = made[2]
            return Proving(version, lambda: badge_text(version, report, which))
        return Proving(version, lambda: badge_text(version, _checked(document, planted), which))


def _checked(document: Document, planted: str) -> Report:
    """The report of a network, with this mistake in its backward pass if there is one."""
    trace = document.trace()
    if planted:
        return check(rerun(trace, spec=MISTAKES[planted].plant(document.spec)))
    return check(trace, document.next_step)
