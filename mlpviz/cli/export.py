"""`export FILE --as KIND`: a network in another format, such as a program that asserts every number of the sheet."""

from __future__ import annotations

import argparse
import sys

from mlpviz.api.disk import check_writable, one_line, open_network, write_file
from mlpviz.cli.commands import Commands
from mlpviz.exchange import key_named, key_of_file, save_file, savings, words_of
from mlpviz.exchange.subjects import NETWORK
from mlpviz.network import DocumentError

_EXAMPLES = """examples:
  mlpviz export network.json --as pytorch > network.py
  mlpviz export network.json --out sheet.svg                  # or --as drawing, map
  mlpviz export network.json --as solution-latex-3 --out solution.tex
  mlpviz export model.keras --out network.xlsx
"""
_KIND = "the format, by any of its words; of several the first of list formats; left out it is that of the name of OUT"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "write a network in another format"
    command = commands.add_parser(
        "export",
        help=purpose,
        description=f"{purpose}: {', '.join(words_of(NETWORK))}; mlpviz list formats tells each",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="FILE", help="a document, a network of another tool, or - for standard input")
    command.add_argument("--as", metavar="KIND", dest="kind", help=_KIND)
    command.add_argument("--out", metavar="OUT", help="the file to write; left out, or -, standard output")
    command.set_defaults(run=export)


def export(options: argparse.Namespace) -> int:
    """Write the file."""
    to_file = options.out is not None and options.out != "-"
    if options.kind is None and not to_file:
        raise DocumentError(f"export needs --as KIND or --out FILE; kinds are {', '.join(words_of(NETWORK))}")
    key = key_of_file(NETWORK, options.out) if options.kind is None else key_named(NETWORK, options.kind)
    if to_file:
        check_writable(options.out)
    saved = save_file(NETWORK, open_network(options.file), key)
    if to_file:
        write_file(options.out, saved.content)
        print(f"{one_line(options.out)}: {savings(NETWORK)[key][0].label}")
    elif sys.stdout.isatty() and b"\0" in saved.content:
        raise DocumentError(f"{saved.name} is no text for a terminal: say where to write it with --out")
    else:
        sys.stdout.buffer.write(saved.content)
    return 0
