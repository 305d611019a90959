"""A visitor of the Practise page, as the browser is one."""

import numpy as np

from mlpviz.app.visitor import Visitor
from mlpviz.hosts.pages import PAGES
from mlpviz.practice.exercise import Exercise
from mlpviz.text.numbers import MINUS, all_digits, number_pair


class Learner:
    """What somebody types and clicks on the page, and what it shows then."""

    def __init__(self, **address):
        self.visitor = Visitor(PAGES)
        self.sequence = 0
        self.answer = self.visitor.visit("practice", address)
        self._structure = self.answer["state"]["structure_data"]

    def __call__(self, kind, **arguments):
        self.sequence += 1
        event = {"type": kind, **arguments}
        self.answer = self.visitor.handle({"page": "practice", "sequence": self.sequence, "events": [event]})
        self._structure = self.state["structure_data"] or self._structure
        return self.state

    @property
    def state(self):
        return self.answer["state"]

    @property
    def structure(self):
        """The structure of the sheet on the page, which came with this answer or with one before."""
        assert self._structure["id"] == self.state["scene"]["structure"]
        return self._structure

    @property
    def numbers(self):
        """Every number that the browser has, by the name of its block; NaN for those that are hidden."""
        scene = self.state["scene"]
        sizes = {each["key"]: (each["rows"], each["columns"]) for each in self.structure["blocks"]}
        sizes |= {key: (rows, columns) for key, rows, columns in scene["hidden"]}
        flat = scene["v"].copy()
        for first, behind in scene["unseen"].reshape(-1, 2):
            assert not flat[first:behind].any()
            flat[first:behind] = np.nan
        ends = np.cumsum([rows * columns for rows, columns in sizes.values()])
        assert ends[-1] == len(flat)
        return {
            key: part.reshape(size) for (key, size), part in zip(sizes.items(), np.split(flat, ends[:-1]), strict=True)
        }

    @property
    def blocks(self):
        """The blocks in which something is seen or asked for: numbers as shown, None where hidden, names of fields."""
        numbers, found = self.numbers, {}
        for each in self.structure["blocks"]:
            own = numbers[each["key"]]
            names = [["" for _ in row] for row in own]
            for row, column, name, _ in self.structure["fields"].get(each["key"], ()):
                names[row][column] = name
            shown = [[None if np.isnan(one) else number_pair(float(one)) for one in row] for row in own]
            if any(map(any, names)) or any(map(any, shown)):
                found[each["key"]] = {**each, "numbers": shown, "fields": names}
        return found

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
