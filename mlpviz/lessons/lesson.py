"""What a lesson is: networks, and steps that show parts of their sheets, tell something, and may ask a question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BaseModel, Field, model_validator

from mlpviz.examples.networks import PRESETS
from mlpviz.lessons.asking import Asking
from mlpviz.lessons.cell_names import LessonPlace, read_place
from mlpviz.lessons.numbers_in_text import cells_named, told_with_numbers
from mlpviz.lessons.step import LessonStep, Said
from mlpviz.network import Document
from mlpviz.network.edits.optimizer import apply_update
from mlpviz.practice.asked import AskedCell
from mlpviz.practice.blanks import blanks
from mlpviz.practice.rules import WorkedSheet
from mlpviz.practice.topics.catalogue import TOPICS
from mlpviz.practice.topics.topic import LEVELS
from mlpviz.practice.workings import Place
from mlpviz.schema.errors import DocumentError, echo
from mlpviz.schema.fields import STRICT, Count, Name, Seed, whole_number
from mlpviz.schema.spelling import likely, question
from mlpviz.text.sentences import Sentence

STEPS = 60
"""that a lesson may have"""
LONGEST = 200_000
"""characters of a lesson as TOML"""


class ThenPractise(BaseModel):
    """The exercise at the end of a lesson."""

    model_config = STRICT

    topic: Name
    level: Annotated[int, whole_number(1, LEVELS)] = 1
    seed: Seed = 1

    @model_validator(mode="after")
    def _is_there(self) -> Self:
        if self.topic not in TOPICS:
            meant = str(question(likely(self.topic, TOPICS), "name")) or f", expected one of {', '.join(TOPICS)}"
            raise DocumentError.at(("topic",), f"is {echo(self.topic)}{meant}")
        return self

    @property
    def name(self) -> str:
        """Topic, level and seed as in the address of the Practise page."""
        return f"{self.topic}.{self.level}.{self.seed}"


class LessonNetwork(BaseModel):
    """A network of a lesson: an `example` by its key, another network of the lesson that it is `like`, or fields.

    All other fields are those of a document, and take the place of those of the network that it is like. `updates` are
    steps of its optimizer that are made first.
    """

    model_config = {**STRICT, "extra": "allow"}

    example: Name = ""
    like: Name = ""
    updates: Annotated[int, whole_number(0, 100)] = 0


class Lesson(BaseModel):
    """A lesson as in its file; `key` is the name of the file. Made by `read_lesson`, which raises DocumentError."""

    model_config = STRICT

    key: Name
    title: Name
    about: Said
    practise: ThenPractise
    networks: Annotated[dict[Name, LessonNetwork], Field(min_length=1, max_length=20)]
    steps: Annotated[tuple[LessonStep, ...], Field(min_length=1, max_length=STEPS)]
    version: Count = 1

    @property
    def label(self) -> str:
        """The title, as registries call it."""
        return self.title

    @property
    def sentence(self) -> str:
        """What it is about."""
        return self.about

    @cached_property
    def _sheets(self) -> dict[str, WorkedSheet]:
        return {}

    def sheet(self, network: str) -> WorkedSheet:
        """The numbers of a network, worked out once. Raises DocumentError for a name that is none."""
        if network not in self.networks:
            raise DocumentError(f"there is no network {echo(network)}, expected one of {', '.join(self.networks)}")
        if network not in self._sheets:
            self._sheets[network] = WorkedSheet(self._document(network, ()))
        return self._sheets[network]

    def _document(self, name: str, seen: tuple[str, ...]) -> Document:
        if name in seen or name not in self.networks:
            raise DocumentError(f"networks.{seen[-1]}.like is {echo(name)}, expected another network of the lesson")
        given = self.networks[name]
        own: Mapping[str, Any] = given.model_extra or {}
        if given.example and given.example not in PRESETS:
            raise DocumentError(
                f"networks.{name}.example is {echo(given.example)}, expected one of {', '.join(PRESETS)}"
            )
        try:
            if given.example:
                found = PRESETS[given.example].document.replace(**own)
            elif given.like:
                found = self._document(given.like, (*seen, name)).replace(**own)
            else:
                found = Document.parse({"name": self.title, **own})
            return apply_update(found, given.updates).document if given.updates else found
        except DocumentError as error:
            raise DocumentError(f"networks.{name}: {error}") from None

    @cached_property
    def shown(self) -> tuple[StepSheet, ...]:
        """What each step shows and asks. Raises DocumentError for a step that does not fit its network."""
        found: list[StepSheet] = []
        network, show = next(iter(self.networks)), tuple[str, ...]()
        for number, step in enumerate(self.steps, start=1):
            network, show = step.network or network, show if step.show is None else step.show
            try:
                found.append(StepSheet(self, step, network, show))
            except DocumentError as error:
                raise DocumentError(f"step {number}: {error}") from None
        ahead: set[tuple[str, AskedCell]] = set()
        for number, one in reversed(list(enumerate(found, start=1))):
            one.ahead = frozenset(ahead)
            try:
                one.tells_nothing_ahead()
            except DocumentError as error:
                raise DocumentError(f"step {number}: {error}") from None
            ahead |= one.hidden_cells
        return tuple(found)


class StepSheet:
    """A step on its network: which blocks are seen, what is pointed at, and the question. Raises DocumentError."""

    def __init__(self, lesson: Lesson, step: LessonStep, network: str, show: tuple[str, ...]) -> None:
        self.lesson, self.step, self.network = lesson, step, network
        self.sheet = lesson.sheet(network)
        document = self.sheet.document
        self.places = [Place(each["tensor"], each["layer"]) for each in blanks(document, show)] if show else []
        self.points = tuple(self.place(name) for name in step.point)
        self.asking = Asking.of(step, self.place, self.sheet)
        self.ahead: frozenset[tuple[str, AskedCell]] = frozenset()
        """the cells that later steps ask for, with their networks: they are not seen here"""
        if (self.asking is None) != (not step.ask):
            raise DocumentError("a question needs both ask, and one of cells, sign, compare, largest, zeros, ratio")
        for name, text in (("say", step.say), ("ask", step.ask), ("help", step.help), ("then", step.then)):
            try:
                told_with_numbers(text, self.place)
                if name != "then":
                    self._tells_nothing(text)
            except DocumentError as error:
                raise DocumentError(f"{name}: {error}") from None

    def _tells_nothing(self, text: str) -> None:
        """Raises DocumentError for a text with a number that is asked for, or that is computed after one."""
        asked = () if self.asking is None else self.asking.hidden
        for told in map(self.place, cells_named(text)):
            order = self.lesson.sheet(told.network).order
            hidden = [order.index(one.place) for one in asked if one.network == told.network and one.place in order]
            if hidden and told.place in order and order.index(told.place) >= min(hidden):
                raise DocumentError(f"{told.words} is told before the question about it is answered")

    @property
    def hidden_cells(self) -> set[tuple[str, AskedCell]]:
        """The cells that are not seen before the question is answered, with their networks."""
        hidden = () if self.asking is None else self.asking.hidden
        return {(one.network, cell) for one in hidden for cell in one.cells}

    def tells_nothing_ahead(self) -> None:
        """Raises DocumentError for a text with a number that a later step asks for."""
        step = self.step
        for told in map(self.place, cells_named(f"{step.say}{step.ask}{step.help}{step.then}")):
            if (told.network, told.cell) in self.ahead:
                raise DocumentError(f"{told.words} is told, and a later step asks for it")

    @property
    def document(self) -> Document:
        """The network of the step."""
        return self.sheet.document

    def place(self, name: str) -> LessonPlace:
        """A block or a cell by its name, of this network or of another one: "after: loss 2 1 1"."""
        return read_place(name, self.lesson.sheet, self.network)

    def text_of(self, text: str) -> Sentence:
        """A text with its numbers."""
        return told_with_numbers(text, self.place)
