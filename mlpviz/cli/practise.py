"""`exercise` prints something to compute, `grade` marks what was typed: both as JSON."""

from __future__ import annotations

import argparse
import json
import sys

from mlpviz.api.disk import check_writable, one_line, open_network, read_file, write_file
from mlpviz.cli.commands import Commands
from mlpviz.network import DocumentError
from mlpviz.practice.blanks import blanks
from mlpviz.practice.exercise import LONGEST, Exercise
from mlpviz.practice.grading import MarkedSubmission, mark, marks_table
from mlpviz.practice.submission import LONGEST as LONGEST_SUBMISSION
from mlpviz.practice.topics import generate
from mlpviz.schema.json_io import write_json

_EXAMPLES = """examples:
  mlpviz exercise --topic backward --level 2 --seed 7 > seven.json
  mlpviz exercise network.json --ask forward,backward.2 > own.json
  mlpviz grade seven.json anna.json ben.json --csv class.csv
"""


def add(commands: Commands) -> None:
    """Add the commands to the parser."""
    purpose = "print an exercise as JSON: a topic, level and seed, or a network and the parts of its sheet to ask for"
    command = commands.add_parser(
        "exercise",
        help=purpose,
        description=purpose,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="FILE", nargs="?", help="a network: a document, another tool's, an example")
    command.add_argument("--topic", metavar="T", help="what to practise: a key of list topics")
    command.add_argument("--level", metavar="L", type=int, default=1, help="from 1, easy, to 3")
    command.add_argument("--seed", metavar="S", type=int, default=1, help="another number, another exercise")
    command.add_argument("--ask", metavar="PARTS", default="sheet", help="such as forward, backward.2 or z.1,a.1")
    command.add_argument("--question", metavar="TEXT", default="", help="what to say above the sheet of a network")
    command.add_argument("--answers", action="store_true", help="with the right numbers")
    command.set_defaults(run=exercise)
    purpose = "mark submissions to an exercise, as JSON"
    command = commands.add_parser("grade", help=purpose, description=purpose)
    command.add_argument(
        "exercise", metavar="EXERCISE", help="what the command exercise printed, or - for standard input"
    )
    command.add_argument("submissions", metavar="SUBMISSION", nargs="+", help="what learners handed in (.json)")
    command.add_argument("--csv", metavar="FILE", help="write a table of the class here")
    command.set_defaults(run=grade)


def exercise(options: argparse.Namespace) -> int:
    """Print an exercise."""
    if (options.topic is None) == (options.file is None):
        raise DocumentError("exercise needs either --topic T, a key of list topics, or the FILE of a network")
    if options.file is None:
        found = generate(options.topic, options.level, options.seed)
    else:
        document = open_network(options.file)
        asked = blanks(document, options.ask.split(","))
        found = Exercise.parse({"question": options.question, "asked": asked, "document": document.to_json_value()})
    sys.stdout.write(write_json(found.to_json_value(with_answers=options.answers), 1, ("asked",)))
    return 0


def _marked(asked: Exercise, name: str) -> MarkedSubmission:
    """The mark of a file; one that is missing or too large does not keep a class from its marks."""
    try:
        return mark(asked, one_line(name), read_file(name, LONGEST_SUBMISSION))
    except DocumentError as error:
        problem = str(error).removeprefix(f"{one_line(name)}: ")
        return MarkedSubmission(one_line(name), len(asked.cells), problem=problem)


def grade(options: argparse.Namespace) -> int:
    """Print the marks; for a submission that cannot be marked a line on standard error, and exit code 1."""
    if options.csv is not None:
        check_writable(options.csv)
    asked = Exercise.parse(read_file(options.exercise, LONGEST))
    marks = []
    for name in options.submissions:
        marks.append(_marked(asked, name))
        if marks[-1].problem:
            print(f"mlpviz: {one_line(name)}: {marks[-1].problem}", file=sys.stderr)
    if options.csv is not None:
        write_file(options.csv, marks_table(marks).encode())
    found = {"exercise": asked.fingerprint, "submissions": [each.to_json_value() for each in marks]}
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 1 if any(each.problem for each in marks) else 0
