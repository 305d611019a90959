"""`site`: the pages as a folder of static files, which any web space can serve; Python runs in the browser."""

from __future__ import annotations

import argparse
from pathlib import Path

from mlpviz.api.disk import one_line
from mlpviz.cli.commands import Commands

_EXAMPLES = """examples:
  mlpviz site public                           a folder to put on any web space, under any path
  mlpviz site public --pyodide ./pyodide       the same from a copy of Pyodide's distribution
"""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "write the pages as static files for any web space: Python then runs in the browser"
    command = commands.add_parser(
        "site",
        help=purpose,
        description=purpose,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("out", metavar="OUT", help="the folder: an empty one, or one with a site")
    command.add_argument(
        "--pyodide",
        metavar="PLACE",
        help="a folder or address with Pyodide's distribution; left out: its own address, kept after the first time",
    )
    command.set_defaults(run=site)


def site(options: argparse.Namespace) -> int:
    """Write the site, and say what it is made of."""
    from mlpviz.hosts.site.build import build  # no other command needs the pages
    from mlpviz.hosts.site.pyodide_files import OFFICIAL

    made = build(Path(options.out), options.pyodide or OFFICIAL)
    for each in made.ingredients:
        size = f"{each.size / 1e6:.2f} MB" if each.size else "in it"
        print(f"{each.name} {each.version} ({each.licence}): {each.file}, {size} {each.sha256[:16]}".rstrip())
    if not made.is_compiled:
        print("Not compiled, because Node is not installed: with it the pages are ready in half the time.")
    print(f"{one_line(options.out)}: {made.size / 1e6:.1f} MB in all. Put it on any web space, under any path.")
    return 0
