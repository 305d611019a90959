"""The words of the pages as a module of the browser's program, and as the list in `docs/glossary.md`.

Run: python -m tools.web_words, which writes both anew.
"""

from __future__ import annotations

import json
from pathlib import Path

from mlpviz.hosts.pages import PAGES
from mlpviz.text.glossary import TERMS

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "mlpviz/web/shared/words.js"
GLOSSARY = ROOT / "docs/glossary.md"
_BEGIN, _END = "<!-- terms: made by python -m tools.web_words -->\n", "<!-- end of terms -->\n"


def words_module() -> str:
    """The source of `words.js`."""
    terms = {term.key: [term.label, term.sentence, list(term.words), term.example] for term in TERMS.values()}
    pages = {page.key: [page.title, page.purpose] for page in PAGES.values()}
    lines = ["// Made by `python -m tools.web_words`; a test says when it is out of date.", ""]
    for name, said, found in (
        ("TERMS", "key -> label, sentence, forms in running text, example", terms),
        ("PAGES", "key of a page -> title, purpose", pages),
    ):
        lines += [f"// {said}", "// biome-ignore format: as Python writes it", f"export const {name} = {{"]
        for key, parts in found.items():
            lines += [f"  {key}: [", *(f"    {json.dumps(part, ensure_ascii=False)}," for part in parts), "  ],"]
        lines += ["};", ""]
    return "\n".join(lines[:-1]) + "\n"


def glossary() -> str:
    """The text of `docs/glossary.md` with the list as it is now."""
    text = GLOSSARY.read_text(encoding="utf-8")
    before, rest = text.split(_BEGIN)
    after = rest.split(_END)[1]
    rows = [f"| **{_cell(term.label)}** | {_cell(term.sentence)} | {_cell(term.example)} |" for term in TERMS.values()]
    return (
        "\n".join(
            [before + _BEGIN, "| on screen | what the help says | for example |", "|---|---|---|", *rows, "", _END]
        )
        + after
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    WORDS.write_text(words_module(), encoding="utf-8")
    GLOSSARY.write_text(glossary(), encoding="utf-8")
