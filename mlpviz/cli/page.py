"""`page`: a sheet or an exercise as one HTML file, for a stick or a learning platform; it needs no server."""

from __future__ import annotations

import argparse

from mlpviz.api.disk import check_writable, exists, one_line, open_network, read_file, write_file
from mlpviz.cli.commands import Commands
from mlpviz.network import Document, DocumentError
from mlpviz.practice.exercise import LONGEST, Exercise, is_exercise

_EXAMPLES = """examples:
  mlpviz page network.json --out sheet.html            a sheet that opens from a disk, with every step and explanation
  mlpviz page mazur --out mazur.html --live            the same with Python in the file, so that it can be edited
  mlpviz page exercise.json --out task.html --live     an exercise, as Practise and the command exercise save it
"""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "write a sheet or an exercise as one HTML file that needs no server"
    command = commands.add_parser(
        "page",
        help=purpose,
        description=purpose,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument(
        "file", metavar="FILE", help="a network that the app or another tool saved, an example, or an exercise"
    )
    command.add_argument("--out", metavar="FILE", required=True, help="the HTML file to write")
    command.add_argument(
        "--live", action="store_true", help="with Python in the file (about 20 MB): for edits, training and exercises"
    )
    command.add_argument(
        "--pyodide",
        metavar="PLACE",
        help="with --live: a folder or address with Pyodide's distribution; left out: its own address",
    )
    command.set_defaults(run=page)


def page(options: argparse.Namespace) -> int:
    """Write the file, and say how large it is."""
    from mlpviz.hosts.site.browser_python import browser_python  # no other command needs the pages
    from mlpviz.hosts.site.one_file import live_file, one_file
    from mlpviz.hosts.site.pyodide_files import OFFICIAL

    subject = _subject(options.file)
    if options.pyodide and not options.live:
        raise DocumentError("--pyodide says where Python comes from, which is in the file with --live alone")
    check_writable(options.out)
    if options.live:
        python = browser_python(options.pyodide or OFFICIAL)
        content = live_file(subject, python.files).encode()
        if not python.is_compiled:
            print("Not compiled, because Node is not installed: with it the page is ready in half the time.")
    elif isinstance(subject, Document):
        content = one_file(subject).encode()
    else:
        raise DocumentError(
            "an exercise is checked by Python, and without it the answers would have to be in the file: use --live"
        )
    write_file(options.out, content)
    size = f"{len(content) / 1e6:.1f} MB" if len(content) > 1e6 else f"{len(content) / 1000:.0f} kB"
    print(f"{one_line(options.out)}: {size}. It opens by a double click, also without a line.")
    return 0


def _subject(name: str) -> Document | Exercise:
    if exists(name) and is_exercise(content := read_file(name, LONGEST)):
        return Exercise.parse(content)
    return open_network(name)
