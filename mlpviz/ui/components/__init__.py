"""Streamlit v2 components: HTML, CSS and ES modules in files, joined when loaded."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

_IMPORT = re.compile(r'^import\s[^;]*?from\s+"(\.{1,2}/[\w./]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def read(folder: str, name: str) -> str:
    """A text file of a component's folder; an empty folder means the one of all components."""
    return files("mlpviz.ui.components").joinpath(*filter(None, (folder, name))).read_text(encoding="utf-8")


def joined_modules(folder: str, entry: str) -> str:
    """The entry module with the modules that it imports, as the one ES module that Streamlit takes.

    The files stay plain ES modules, for editors and browsers; here each is put before the first that imports it.
    All share one scope, so top-level names must differ.
    """
    done: list[str] = []
    parts: list[str] = []

    def add(path: str) -> None:
        if path in done:
            return
        done.append(path)
        own_folder, name = posixpath.split(path)
        source = read(own_folder, name)
        for imported in _IMPORT.findall(source):
            add(posixpath.normpath(posixpath.join(own_folder, imported)))
        parts.append(f"// --- {path}\n" + _EXPORT.sub("", _IMPORT.sub("", source)))

    add(posixpath.join(folder, entry))
    return "\n".join(parts)


@dataclass(frozen=True)
class Program:
    """What a component runs in the browser: one ES module that exports its main function and its `css`."""

    source: str

    @classmethod
    def of(cls, folder: str, entry: str, css: str) -> Program:
        """The joined modules of a folder, and its style sheet after the palette of all components."""
        style = json.dumps(read("", "palette.css") + read(folder.split("/", 1)[0], css))
        return cls(f"{joined_modules(folder, entry)}\nexport const css = {style};\n")

    def message(self, data: Mapping[str, Any], with_source: bool) -> bytes:
        """What the component's loader gets: the data, the program's name, and the program itself if it is asked for."""
        whole = {**data, "program": self.id}
        if with_source:
            whole["programSource"] = self.source
        # as bytes, because Streamlit asks every value of a dictionary whether it is a table
        return json.dumps(whole, allow_nan=False).encode()

    @cached_property
    def id(self) -> str:
        """The name under which the browser keeps it."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:16]
