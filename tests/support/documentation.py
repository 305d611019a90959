"""README.md and docs as a reader has them: blocks of code, names in backticks, tables."""

import re
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from tests.support.repository import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


class Block(NamedTuple):
    """A block of code, its language as far as it is named, and where it begins."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def place(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks() -> list[Block]:
    """Every block of code, fenced or indented."""
    return [block for page in PAGES for block in _blocks_of(page)]


def _blocks_of(page):
    number, kept = 0, []
    lines = page.read_text(encoding="utf-8").splitlines()
    while number < len(lines):
        if lines[number].startswith("```"):
            end = next(n for n in range(number + 1, len(lines)) if lines[n].startswith("```"))
            yield Block(page, number + 2, lines[number][3:].strip(), "\n".join(lines[number + 1 : end]))
            number = end
        elif lines[number].startswith("    ") and not (number and lines[number - 1].strip()):
            kept = []
            while number < len(lines) and (lines[number].startswith("    ") or not lines[number].strip()):
                kept.append(lines[number][4:])
                number += 1
            text = "\n".join(kept)
            yield Block(page, number - len(kept) + 1, "", text.rstrip())
            continue
        number += 1


def quoted(page: Path) -> list[str]:
    """What stands in backticks in the running text."""
    text = re.sub(r"^(?:    |```).*$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.findall(r"`([^`\n]+)`", text)


def tables(page: Path) -> dict[str, list[tuple[str, ...]]]:
    """The rows of the tables of a page by the heading above them, without the heads of their columns."""
    found, heading = {}, ""
    lines = page.read_text(encoding="utf-8").splitlines()
    for is_row, group in groupby(lines, key=lambda line: line.startswith("|")):
        if is_row:
            rows = [tuple(cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]) for line in group]
            found.setdefault(heading, []).extend(rows[2:])
        else:
            heading = next((line.lstrip("#").strip() for line in reversed([*group]) if line.startswith("#")), heading)
    return found
