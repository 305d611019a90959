"""`convert IN OUT`: a network of another tool as a document, with what was understood and guessed on standard error."""

from __future__ import annotations

import argparse
import sys

from mlpviz.api.disk import check_writable, one_line, open_import, write_file
from mlpviz.cli.commands import Commands
from mlpviz.exchange.imports import IMPORTS, ImportedNetwork, import_suffixes
from mlpviz.network import Document, DocumentError

_EXAMPLES = """examples:
  mlpviz convert model.keras network.json
  mlpviz convert weights.pt network.json --set "activation after 0=tanh"
  mlpviz convert model.json network.json        # TensorFlow.js, its .bin files in the same folder
"""


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    purpose = "turn a network of another tool into a document"
    command = commands.add_parser(
        "convert",
        help=purpose,
        description=f"{purpose}: {', '.join(entry.label for entry in IMPORTS.values())}",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("file", metavar="IN", help=f"a file that ends in {', '.join(import_suffixes())}")
    command.add_argument("out", metavar="OUT", help="the document to write (.json), or - for standard output")
    command.add_argument(
        "--set", metavar="KEY=CHOICE", action="append", default=[], help="answer something that the file leaves open"
    )
    command.set_defaults(run=convert)


def convert(options: argparse.Namespace) -> int:
    """Write the document; what was understood, guessed and left out goes to standard error."""
    if options.out != "-":
        if not options.out.endswith(".json"):
            raise DocumentError(f"{options.out}: expected a name that ends in .json")
        check_writable(options.out)
    network = open_import(options.file, dict(_answer(text) for text in options.set))
    document = network if isinstance(network, Document) else network.document
    content = document.to_json(indent=1).encode()
    if options.out == "-":
        sys.stdout.write(content.decode() + "\n")
    else:
        write_file(options.out, content)
        print(f"{one_line(options.out)}: {'-'.join(map(str, document.widths))}, {len(document.layers)} layers")
    if isinstance(network, ImportedNetwork):
        print(report(network), file=sys.stderr)
    return 0


def report(network: ImportedNetwork) -> str:
    """What was understood, guessed and left out, in lines."""
    lines = [network.tool, *(f"  {sentence}" for sentence in network.understood)]
    for guess in network.guesses:
        others = ", ".join(choice for choice in guess.choices if choice != guess.chosen)
        lines.append(f"  guessed {guess.key}={guess.chosen} ({guess.question} Others: {others})")
    lines += [f"  not held: {sentence}" for sentence in network.left_out]
    return "\n".join(lines)


def _answer(text: str) -> tuple[str, str]:
    key, equals, choice = text.rpartition("=")
    if not equals:
        raise DocumentError(f"--set {text!r}: expected KEY=CHOICE")
    return key.strip(), choice.strip()
