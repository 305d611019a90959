"""`page`: a sheet as one HTML file, for a stick or a learning platform; it needs neither server nor Python."""

from __future__ import annotations

import argparse

from mlpviz.api.disk import check_writable, exists, one_line, open_network, read_file, write_file
from mlpviz.cli.commands import Commands
from mlpviz.network import DocumentError
from mlpviz.practice.exercise import LONGEST

_EXAMPLES = """examples:
  mlpviz page network.json --out sheet.html    a sheet that opens from a disk, with every step and explanation
  mlpviz page mazur --out mazur.html           an example of list presets
"""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "write the sheet of a network as one HTML file that needs neither server nor Python"
    command = commands.add_parser(
        "page",
        help=purpose,
        description=purpose,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="NETWORK", help="a network that the app or another tool saved, or an example")
    command.add_argument("--out", metavar="FILE", required=True, help="the HTML file to write")
    command.set_defaults(run=page)


def page(options: argparse.Namespace) -> int:
    """Write the file, and say how large it is."""
    from mlpviz.hosts.site.one_file import one_file  # no other command needs the pages

    if exists(options.file) and b'"asked"' in read_file(options.file, LONGEST):
        raise DocumentError(
            "an exercise is checked by Python, which is not in one file, and the answers would be in it: write a site "
            "and give the link of the exercise"
        )
    check_writable(options.out)
    content = one_file(open_network(options.file)).encode()
    write_file(options.out, content)
    print(f"{one_line(options.out)}: {len(content) / 1000:.0f} kB. It opens by a double click, also without a line.")
    return 0
