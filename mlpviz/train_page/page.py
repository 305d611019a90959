"""The training page as a page: what an address opens, the answer to a request, and a session after a reload."""

from __future__ import annotations

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.page import HandOver, answer_of, aside, is_check
from mlpviz.app.protocol import Answer, Received
from mlpviz.config import TRAINING_LIMITS, TrainingConfig, suggested
from mlpviz.config.sources import SetSource
from mlpviz.network import DocumentError
from mlpviz.runs import RunError
from mlpviz.train_page.events import EVENTS
from mlpviz.train_page.result_actions import take_network
from mlpviz.train_page.session import TrainSession
from mlpviz.train_page.sheet_training import train_network
from mlpviz.train_page.state import TrainState, state_of

FIRST = suggested(SetSource.model_validate({"kind": "set", "set": "moons"}))
"""The config that a visitor without a link sees."""

_TOO_LARGE = (
    "This training is too large for a link, so a copied address begins with another one: save the run as a file."
)


class TrainPage:
    """The training page."""

    key = "train"
    path = "train"
    title = "Train"
    purpose = "watch a small neural network learn, stop at any moment and look inside"
    reads = ""
    stays_in_address = False

    def __init__(self, first: TrainingConfig = FIRST) -> None:
        self.first = first
        """what an address without a link opens"""

    def open(self, address: Address) -> TrainSession:
        """The session of the experiment `x`, or of the config `t`."""
        experiment, link = address.get("x"), address.get("t")
        if experiment:
            session = TrainSession.of(self.first)
            EVENTS.carry_out(session, [{"type": "experiment", "key": experiment}])
            return session
        if link:
            try:
                return TrainSession.of(TrainingConfig.from_link(link))
            except (DocumentError, RunError) as error:
                session = TrainSession.of(self.first)
                session.said.error = f"The link could not be opened: {error}. You see the first example instead."
                return session
        return TrainSession.of(self.first)

    def handle(self, session: TrainSession, request: Received) -> Answer:
        """Carry out the events, and show the run after them."""
        if is_check(request):
            session.prove()
            return aside(self.key, session)
        events = session.new_events(request)
        if events is not None:
            EVENTS.carry_out(session, events)
        state = state_of(session)
        if "settings" in state:
            session.tell_of_link("" if session.link else _TOO_LARGE, "checkpoint_safetensors")
        pause = session.wait if session.is_learning else None
        return answer_of(self.key, session, state, _address(session, state), pause)

    def take(self, session: TrainSession, hand_over: HandOver) -> None:
        """Learn on with the weights of the score sheet, or begin with its network and samples."""
        if hand_over.begins:
            train_network(session, hand_over.network)
        else:
            take_network(session, hand_over.network)

    def document(self, _: TrainSession) -> None:
        """None: a batch of the run goes to the sheet by an event."""

    def address_elsewhere(self, _: TrainSession) -> AddressChange:
        """Nothing: the session keeps the run."""
        return {}

    def is_at(self, session: TrainSession, address: Address) -> bool:
        """Whether an address has the config of this session, or none."""
        return address.get("t") in (None, session.link)

    def resumed(self, session: TrainSession) -> None:
        """Say at which epoch the run is."""
        session.forget_sent()
        if session.run.progress.newest:
            session.said.tell(f"Back at epoch {session.run.progress.newest:,}, with all that can be travelled to.")

    def lost(self, session: TrainSession, address: Address, epoch: object) -> None:
        """Say that the run is lost, for a tab that did not keep it, and offer to train it again where that can be."""
        session.forget_sent()
        session.once["lost"] = True
        if type(epoch) is not int or not 0 < epoch <= TRAINING_LIMITS.epochs:
            return
        if address.get("t") is None:
            session.said.tell(
                f"Your run of {epoch:,} epochs is lost: it is kept for a few minutes at most, and this "
                "tab has not kept it. Save large runs as a file."
            )
            return
        session.once["again"] = epoch
        session.said.tell(
            "The setup is back, the run is not: it is kept for a few minutes at most. "
            "Seed and steps reproduce it, with the settings as they are now."
        )


TRAIN = TrainPage()


def _address(session: TrainSession, state: TrainState) -> AddressChange:
    """The config and the experiment, when they are new for the browser."""
    change: AddressChange = {}
    if "settings" in state:
        change["t"] = session.link
    if "experiment" in state:
        change["x"] = None if session.experiment is None else session.experiment.key
    return change
