"""A visitor of the Practise page, as the browser is one."""

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.practice.exercise import Exercise
from mlpviz.text.numbers import MINUS, all_digits


class Learner:
    """What somebody types and clicks on the page, and what it shows then."""

    def __init__(self, **address):
        self.visitor = Visitor(PAGES)
        self.sequence = 0
        self.answer = self.visitor.visit("practice", address)

    def __call__(self, kind, **arguments):
        self.sequence += 1
        event = {"type": kind, **arguments}
        self.answer = self.visitor.handle({"page": "practice", "sequence": self.sequence, "events": [event]})
        return self.state

    @property
    def state(self):
        return self.answer["state"]

    @property
    def exercise(self) -> Exercise:
        return self.visitor.sessions["practice"].exercise

    def right(self, name):
        number = self.exercise.right_number(self.exercise.cells[name])
        return all_digits(number).replace(MINUS, "-")

    def said(self, name):
        if self.state["answers"][name]["state"]:
            self("at", cell=name)
        found = self.state["answers"][name]
        return found["state"], str(found["said"])
