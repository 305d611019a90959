"""`worksheet`: exercises to hand out, as PDF with a key, and as questions for learning platforms."""

from __future__ import annotations

import argparse
import re

from mlpviz.api.disk import check_writable, exists, one_line, open_network, read_file, write_file
from mlpviz.cli.commands import Commands
from mlpviz.exchange import key_named, save_file, savings, words_of
from mlpviz.exchange.paper.links import app_address
from mlpviz.exchange.paper.papers import PAPERS
from mlpviz.exchange.subjects import EXERCISES, Handout
from mlpviz.network import DocumentError
from mlpviz.practice.blanks import blanks
from mlpviz.practice.exercise import LONGEST, Exercise
from mlpviz.practice.topics import generate, with_own_topic
from mlpviz.schema.errors import echo

MOST = 1_000
"""exercises of one command"""
_EXAMPLES = """examples:
  mlpviz worksheet --topic backward --level 2 --seeds 1..30 --out class.pdf --key key.pdf
  mlpviz worksheet network.json --ask backward --out own.pdf --paper letter
  mlpviz worksheet --topic forward --seeds 1..50 --moodle class.xml --qti class.zip
"""
_SPAN = re.compile(r"(\d{1,10})(?:\.\.(\d{1,10}))?", re.ASCII)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "write exercises to hand out: on paper with a key, and for learning platforms"
    command = commands.add_parser(
        "worksheet",
        help=purpose,
        description=purpose,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="FILE", nargs="?", help="a network, or what the command exercise printed")
    command.add_argument("--topic", metavar="T", help="what to practise: a key of list topics")
    command.add_argument("--level", metavar="L", type=int, default=1, help="from 1, easy, to 3")
    command.add_argument("--seeds", metavar="S", default="1", help="one exercise for each, such as 1..30 or 1,4,7")
    command.add_argument("--ask", metavar="PARTS", help="of a network, such as forward, backward.2 or z.1,a.1")
    command.add_argument("--question", metavar="TEXT", default="", help="what to say above the sheet of a network")
    command.add_argument("--paper", metavar="SIZE", default=next(iter(PAPERS)), help=" or ".join(PAPERS))
    command.add_argument("--address", metavar="URL", default="", help="of the app: each sheet has a code that opens it")
    for word in words_of(EXERCISES):
        names = ("--out", f"--{word}") if word == words_of(EXERCISES)[0] else (f"--{word}",)
        sentence = savings(EXERCISES)[key_named(EXERCISES, word)][0].sentence
        command.add_argument(*names, dest=f"to_{word}", metavar="FILE", help=sentence)
    command.set_defaults(run=worksheet)


def worksheet(options: argparse.Namespace) -> int:
    """Write the files."""
    if options.paper not in PAPERS:
        raise DocumentError(f"the paper is {echo(options.paper)}, expected {' or '.join(PAPERS)}")
    wanted = {word: name for word in words_of(EXERCISES) if (name := getattr(options, f"to_{word}"))}
    if not wanted:
        kinds = ", ".join(f"--{word} FILE" for word in words_of(EXERCISES)[1:])
        raise DocumentError(f"worksheet needs the files to write: --out FILE, {kinds}")
    for name in wanted.values():
        check_writable(name)
    handout = Handout(_exercises(options), app_address(options.address))
    for word, name in wanted.items():
        key = key_named(EXERCISES, word)
        if savings(EXERCISES)[key][0].choices:
            key = key_named(EXERCISES, f"{word} {options.paper}")
        write_file(name, save_file(EXERCISES, handout, key).content)
        print(f"{one_line(name)}: {savings(EXERCISES)[key][0].label}")
    return 0


def _exercises(options: argparse.Namespace) -> list[Exercise]:
    if (options.topic is None) == (options.file is None):
        raise DocumentError("worksheet needs either --topic T, a key of list topics, or the FILE of a network")
    if options.topic is not None:
        return [generate(options.topic, options.level, seed) for seed in seeds_in(options.seeds)]
    if exists(options.file) and b'"asked"' in (content := read_file(options.file, LONGEST)):
        if options.ask is not None:
            raise DocumentError("--ask is for a network: this file is an exercise, which says what it asks for")
        return [with_own_topic(Exercise.parse(content))]
    document = open_network(options.file)
    asked = blanks(document, (options.ask or "sheet").split(","))
    return [Exercise.parse({"question": options.question, "asked": asked, "document": document.to_json_value()})]


def seeds_in(text: str) -> list[int]:
    """The seeds in a text such as 1..30 or 1,4,7. Raises DocumentError: one sentence."""
    found: list[int] = []
    for part in text.split(","):
        span = _SPAN.fullmatch(part.strip())
        first, last = (int(span[1]), int(span[2] or span[1])) if span else (1, 0)
        if last < first:
            raise DocumentError(f"--seeds is {echo(text)}, expected numbers such as 1..30 or 1,4,7")
        if len(found) + last - first >= MOST:
            raise DocumentError(f"--seeds is {echo(text)}, expected at most {MOST:,} exercises")
        found += range(first, last + 1)
    return found
