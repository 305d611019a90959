"""The score sheet as a page: what an address opens, and the answer to a request."""

from __future__ import annotations

from contextlib import suppress

from mlpviz.app.address import Address, AddressChange
from mlpviz.app.page import HandOver, answer_of, aside, is_check
from mlpviz.app.protocol import Answer, Received
from mlpviz.examples.networks import PRESETS
from mlpviz.network import DOCUMENT_LIMITS, Document, DocumentError, parse_view
from mlpviz.network.recipe import Recipe
from mlpviz.network.trajectory import Trajectory
from mlpviz.schema.errors import echo
from mlpviz.sheet_page.events import EVENTS
from mlpviz.sheet_page.session import SheetSession, without_trajectory
from mlpviz.sheet_page.side_by_side import parse_comparison
from mlpviz.sheet_page.state import link_problem, state_of

FIRST = "seven_layers"
"""the preset that a visitor without a link sees, unless the server was started for another network"""


UNNAMED = "untitled"


class SheetPage:
    """The score sheet."""

    key = "sheet"
    path = "step_through"
    title = "Step through"
    purpose = "every number of one pass through a small neural network, and why it is what it is"
    reads = ""
    stays_in_address = True

    def __init__(self, first: Document | None = None) -> None:
        self.first = first or PRESETS[FIRST].document
        """what an address without a link opens"""

    def open(self, address: Address) -> SheetSession:
        """The session of the document `d` or the recipe `n`, with view `v`, comparison `c` and steps `w`."""
        session = _opened(address, self.first)
        view, comparison = address.get("v"), address.get("c")
        if session.said.error:
            return session
        if view and parse_view(view):
            session.view = view
        if comparison:
            try:
                session.comparison = parse_comparison(comparison)
            except DocumentError as error:
                session.said.error = f"The network to compare with could not be opened: {error}"
        return session

    def handle(self, session: SheetSession, request: Received) -> Answer:
        """Carry out the events, and show the document after them."""
        if is_check(request):
            session.prove()
            return aside(self.key, session)
        events = session.new_events(request)
        if events is not None:
            view = request.get("view")
            if isinstance(view, str) and parse_view(view):
                session.view = view
            session.question, session.is_reviewing = None, False
            EVENTS.carry_out(session, events)
        link = session.link
        recipe = None if link else session.making.recipe_of(session.document)
        session.tell_of_link(link_problem(link, recipe), "network_json")
        state = state_of(session, link, recipe)
        return answer_of(self.key, session, state, _address(session, link))

    def take(self, session: SheetSession, hand_over: HandOver) -> None:
        """Open what another page sends here."""
        session.take(hand_over)

    def document(self, session: SheetSession) -> Document:
        """The document on screen."""
        return session.document

    def address_elsewhere(self, session: SheetSession) -> AddressChange:
        """The document and the view."""
        return _document(session, session.link) | {"v": session.view}


SHEET = SheetPage()


def _opened(address: Address, first: Document) -> SheetSession:
    link, recipe, steps, name = (address.get(letter) for letter in "dnwf")
    if recipe and not link:
        return _made(recipe, first)
    if not link:
        session = SheetSession.of(*without_trajectory(first))
        if name and name != first.name:
            session.lost = name
            session.said.error = (
                f"The network {echo(name)} was too large for a link, so the address does not hold it: open its file. "
                "You see the first example instead."
            )
        return session
    try:
        document = Document.from_link(link)
    except DocumentError as error:
        return _unopened(first, error)
    session = SheetSession.of(*without_trajectory(document))
    if steps:
        # the steps may be of another network
        with suppress(DocumentError):
            session.trajectory = Trajectory.from_link(steps, session.document)
    return session


def _unopened(first: Document, error: DocumentError) -> SheetSession:
    session = SheetSession.of(*without_trajectory(first))
    session.said.error = f"The link could not be opened: {error}. You see the first example instead."
    return session


def _made(text: str, first: Document) -> SheetSession:
    """The network of a link that says how it was made."""
    try:
        recipe = Recipe.from_text(text)
        document = recipe.document()
    except DocumentError as error:
        return _unopened(first, error)
    session = SheetSession.of(document)
    session.making.begin(recipe, document)
    return session


def _address(session: SheetSession, link: str | None) -> AddressChange:
    """The browser writes the view by itself."""
    other = session.comparison.to_text() if session.comparison else None
    steps = None if link is None else _trajectory(session, link) or None
    return _document(session, link) | {"c": other, "w": steps}


def _document(session: SheetSession, link: str | None) -> AddressChange:
    """The document, or how it is made, or its name: an older document in the address would open in its place.

    A network that the address does not hold keeps its name there until something else is opened: it may be found yet.
    """
    if session.lost:
        return {"d": None, "n": None, "f": session.lost}
    recipe = None if link else session.making.recipe_of(session.document)
    name = None if link or recipe else session.document.name or UNNAMED
    return {"d": link, "n": recipe.to_text() if recipe else None, "f": name}


def _trajectory(session: SheetSession, link: str) -> str:
    """The steps taken, for the address; empty if the address has no room or they are of another network."""
    trajectory = session.trajectory
    has_room = len(link) + DOCUMENT_LIMITS.trajectory_link <= DOCUMENT_LIMITS.link
    return trajectory.link if trajectory.points and has_room and trajectory.fits(session.document) else ""
