"""What one visitor has on the Check page: the network of the sheet, a mistake planted in it, and the report."""

from __future__ import annotations

from dataclasses import dataclass, field

from mlpviz.app.session import PageSession
from mlpviz.check import Report, check
from mlpviz.content.mistakes import MISTAKES
from mlpviz.document import Document
from mlpviz.engine import again


@dataclass(kw_only=True)
class CheckSession(PageSession):
    """The network, and what is asked of the check. `planted` is the key of a mistake in its backward pass, or empty."""

    document: Document
    planted: str = ""
    all_digits: bool = False
    made: tuple[Document, str, Report] | None = field(default=None, repr=False)
    """the report that was made last, and of what"""

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
            trace = document.trace()
            if planted:
                report = check(again(trace, spec=MISTAKES[planted].plant(document.spec)))
            else:
                report = check(trace, document.next_step)
            self.made = (document, planted, report)
        return self.made[2]

    def proof_version(self) -> str:
        """None: the badge speaks of the sheet's network, and the sheet proves it."""
        return ""

    def proving(self) -> None:
        """Nothing to prove but what the page says itself."""
