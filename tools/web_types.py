"""The types of what Python and the browser say to each other, as TypeScript declarations made from Python's own.

`tsc --checkJs` reads them. Run: python -m tools.web_types, which writes mlpviz/web/shared/protocol.d.ts anew.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NotRequired, Required, Union, get_args, get_origin, get_type_hints, is_typeddict

from mlpviz.text.sentences import Sentence

FILE = Path(__file__).parents[1] / "mlpviz/web/shared/protocol.d.ts"
_HEAD = """\
// Made by `python -m tools.web_types` from the TypedDicts of Python; a test says when it is out of date.

/** Texts, and rounded numbers with all of their digits. */
export type Sentence = (string | [string, string])[];

"""
_PLAIN = {
    int: "number",
    float: "number",
    str: "string",
    bool: "boolean",
    type(None): "null",
    Any: "any",
    object: "unknown",
}
_LISTS = (list, Sequence)
_RECORDS = (dict, Mapping)


def _roots() -> list[type]:
    from mlpviz.app import protocol
    from mlpviz.check_page.page import CheckState
    from mlpviz.exploration.state import ExplorationState
    from mlpviz.lesson_page.state import LessonsState
    from mlpviz.practice_page.page import PracticeState
    from mlpviz.sheet_page.state import SheetState
    from mlpviz.train_page.state import TrainState

    return [
        protocol.Request,
        protocol.Answer,
        SheetState,
        TrainState,
        CheckState,
        PracticeState,
        LessonsState,
        ExplorationState,
    ]


class _Writer:
    """Writes interfaces, each after those that it names."""

    def __init__(self) -> None:
        self.interfaces: dict[str, tuple[type, str]] = {}

    def type_of(self, hint: Any) -> str:
        """The TypeScript of a type hint. Raises TypeError for one that JSON has no form for."""
        origin, arguments = get_origin(hint), get_args(hint)
        if is_typeddict(hint):
            return self.add(hint)
        if hint in _PLAIN:
            return _PLAIN[hint]
        if hint is Sentence:
            return "Sentence"
        if origin in (NotRequired, Required):
            return self.type_of(arguments[0])
        if origin is Literal:
            return " | ".join(f'"{value}"' if isinstance(value, str) else str(value).lower() for value in arguments)
        if origin in (Union, types.UnionType):
            return " | ".join(dict.fromkeys(self.type_of(one) for one in arguments))
        if origin in _LISTS or (origin is tuple and arguments[1:] == (...,)):
            inner = self.type_of(arguments[0])
            return f"({inner})[]" if " " in inner else f"{inner}[]"
        if origin is tuple:
            return f"[{', '.join(map(self.type_of, arguments))}]"
        if origin in _RECORDS:
            return f"Record<{self.type_of(arguments[0])}, {self.type_of(arguments[1])}>"
        raise TypeError(f"{hint!r} has no form in JSON that the browser could be told of")

    def add(self, definition: Any) -> str:
        """The interface of a TypedDict; its name. Raises TypeError if two of them have one name."""
        name: str = definition.__name__
        if name in self.interfaces:
            if self.interfaces[name][0] is not definition:
                raise TypeError(f"two TypedDicts are called {name}")
            return name
        self.interfaces[name] = (definition, "")
        hints = get_type_hints(definition, include_extras=True)
        # not from __required_keys__, which cannot look into annotations that are strings
        kept = {None, Required} if definition.__total__ else {Required}
        fields = [
            f"  {key}{'?' * (_requirement(hint) not in kept)}: {self.type_of(hint)};\n" for key, hint in hints.items()
        ]
        words = (inspect.getdoc(definition) or "").split("\n\n")[0].replace("\n", " ")
        del self.interfaces[name]
        self.interfaces[name] = (definition, f"/** {words} */\nexport interface {name} {{\n{''.join(fields)}}}\n")
        return name


def _requirement(hint: Any) -> Any:
    origin = get_origin(hint)
    return origin if origin in (NotRequired, Required) else None


def declarations(roots: list[type] | None = None) -> str:
    """The text of the file, for these TypedDicts and all that they name."""
    writer = _Writer()
    for root in _roots() if roots is None else roots:
        writer.add(root)
    return _HEAD + "\n".join(text for _, text in writer.interfaces.values())


if __name__ == "__main__":
    FILE.write_text(declarations(), encoding="utf-8")
