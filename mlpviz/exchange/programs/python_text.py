"""Lines of Python as data: other names in place of names, and long statements in several short ones."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping

from mlpviz.exchange.programs.arrays import WIDE, Numbers, call
from mlpviz.exchange.programs.program_line import ProgramLine, plain

_NUMBERS = re.compile(r"(j?np\.array|torch\.tensor)\(\[([^\]]*)\](?:, dtype=torch\.float64)?\)")
_EXPONENT = re.compile(r"(?<=\de)\+(?=\d)")


def renamed(code: str, names: Mapping[str, str]) -> str:
    """The code with other text in place of these variables; attributes and names of arguments stay."""
    lines = code.split("\n")
    found = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name) and node.id in names]
    for node in sorted(found, key=lambda each: (each.lineno, each.col_offset), reverse=True):
        # offsets count bytes, and the code has letters of ASCII only
        line = lines[node.lineno - 1]
        lines[node.lineno - 1] = line[: node.col_offset] + names[node.id] + line[node.col_offset + len(node.id) :]
    return "\n".join(lines)


def fitted(statement: str, wide: int = WIDE) -> list[str]:
    """The statement, where it is too long after others that give names to its largest parts."""
    statement = _with_brackets(_EXPONENT.sub("", statement).replace("**(", " ** ("))
    found: list[str] = []
    while len(statement) > wide and (array := _NUMBERS.search(statement)):
        name = f"{statement.partition(' = ')[0]}_numbers{len(found) + 1}"
        numbers: Numbers = list(array[2].split(", "))
        indent = " " * (WIDE - wide)
        laid_out = call(f"{name} = {array[1]}(", [numbers], "", indent=indent)
        found.append("\n".join(line.text[len(indent) :] for line in laid_out))
        statement = statement.replace(array[0], name)
    while len(statement) > wide:
        target = statement.partition(" = ")[0]
        name = f"{target}_part{len(found) + 1}"
        room = wide - len(name) - len(" = ")
        parts = [each for each in _parts(statement) if len(each) <= room]
        if not parts:
            break
        part = max(parts, key=len)
        found.append(f"{name} = {part}")
        statement = _put(statement, part, name)
    return [*found, statement]


def indented(statement: str, block: str = "", depth: int = 1) -> list[ProgramLine]:
    """The lines of the statement in the body of a function, or of one in a class."""
    indent = "    " * depth
    lines = [line for text in fitted(statement, WIDE - len(indent)) for line in text.split("\n")]
    return [line for text in lines for line in plain(f"{indent}{text}", block)]


def _with_brackets(statement: str) -> str:
    """Brackets around a power behind a minus, as the formatters have them."""
    for node in ast.walk(ast.parse(statement)):
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.BinOp):
            start, end = node.col_offset + 1, node.end_col_offset or 0
            if isinstance(node.operand.op, ast.Pow) and node.operand.col_offset == start:
                return _with_brackets(f"{statement[:start]}({statement[start:end]}){statement[end:]}")
    return statement


def _parts(statement: str) -> Iterator[str]:
    """The operands and arguments of the statement that are formulas themselves."""
    (tree,) = ast.parse(statement).body
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            if not isinstance(child, ast.BinOp | ast.Call | ast.UnaryOp | ast.Compare):
                continue
            if isinstance(node, ast.Assign | ast.IfExp) or (isinstance(child, ast.UnaryOp) and _is_number(child)):
                continue
            yield ast.get_source_segment(statement, child) or ""


def _is_number(node: ast.UnaryOp) -> bool:
    return isinstance(node.operand, ast.Constant)


def _put(statement: str, part: str, name: str) -> str:
    """The statement with a name in place of each of these parts, also in place of brackets around it alone."""
    for node in sorted(_nodes(statement, part), key=lambda each: each.col_offset, reverse=True):
        start, end = node.col_offset, node.end_col_offset or 0
        before, after = statement[:start], statement[end:]
        is_call = len(before) > 1 and (before[-2].isalnum() or before[-2] in "_])")
        if before.endswith("(") and after.startswith(")") and not is_call:
            before, after = before[:-1], after[1:]
        statement = f"{before}{name}{after}"
    return statement


def _nodes(statement: str, part: str) -> Iterator[ast.expr]:
    for node in ast.walk(ast.parse(statement)):
        if isinstance(node, ast.expr) and ast.get_source_segment(statement, node) == part:
            yield node
