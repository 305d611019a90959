"""What in a pasted text can be read in two ways: sizes of an array, decimal commas, numbered lines, money."""

from __future__ import annotations

import re

from mlpviz.schema.errors import DocumentError, echo

_WHOLE = r"[0-9]{1,9}"
_SIZES = re.compile(
    rf"(?<!\w)(?:(?:Tensor|FloatTensor|DoubleTensor|LongTensor)\(\s*{_WHOLE}(?:\s*,\s*{_WHOLE})*\s*\)"
    rf"|(?:Array|(?:Float|Int)(?:32|64)?Array)\(\s*{_WHOLE}\s*\)(?! ?\[)"
    r"|(?:matrix|Matrix|array)\(\s*[0-9.]{1,20}(?:\s*,\s*[0-9]{1,9})+\s*\))"
)
_REPEATED = re.compile(
    r"(?:vec!\s*|^\s*(?:pub )?(?:let|const|static)\s[^=\n]{1,90}=\s*)(\[\s*([^\[\];,\n]{1,40});\s*([0-9]{1,9})\s*\])"
)
_GROUP_END = re.compile(r"[\[\](){}\n;|]")
_LOOSE_COMMA = re.compile(r",[ \t]+")
_TIGHT = re.compile(r"[+\-−–]?[0-9]+,[0-9]+")
_WHOLE_OR_TIGHT = re.compile(r"[+\-−–]?[0-9]+(?:,[0-9]+)?(?<!,[0-9]{3})")
"""1,000 is asked about elsewhere: it may be a thousand, too"""
_SURELY_DECIMAL = re.compile(r"(?<![0-9.,])(?:[\-−–]0,[0-9]+|[+\-−–]?[0-9]+,0[0-9]+)(?![0-9.,])")
_ZERO_FIRST = re.compile(r"[+\-−–]?0,")
_GERMAN_VECTOR = re.compile(r"(?<![\w)])\(([^()\[\]{}\n;]{3,60}+(?:;[^()\[\]{}\n;]{1,60}+){1,60}+)\)")

_NO_BREAK_THOUSANDS = re.compile(r"(?<![0-9\u00a0])[1-9][0-9]{0,2}(?:\u00a0[0-9]{3})+(?![0-9\u00a0])")
_POINT_THOUSANDS = re.compile(r"[+\-−–]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
_ACCOUNTING = re.compile(r"[$€£¥]?\([$€£¥]?[0-9][0-9.,]{0,30}\)")


def refuse_accounting(rows: list[list[str]]) -> None:
    """Raise DocumentError for (1.5), which is −1.5 in a spreadsheet of money, and 1.5 anywhere else."""
    if len(rows) * len(rows[0]) == 1:
        return  # what is left of a call, such as tensor(0.5)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row, start=1):
            if _ACCOUNTING.fullmatch(cell):
                inner = cell.strip("()$€£¥ ")
                raise DocumentError(
                    f"row {number} column {column} of the pasted matrix is {echo(cell)}, which could be {inner} or, as "
                    f"in a spreadsheet of money, -{inner}; write it without parentheses"
                )


def refuse_numbered(rows: list[list[str]]) -> None:
    """Raise DocumentError for lines that begin with 1. 2. 3. where no other number ends with a point."""
    first = [row[0] for row in rows]
    others = [cell for row in rows for cell in row[1:]]
    is_counted = len(rows) > 1 and first == [f"{number}." for number in range(1, len(rows) + 1)]
    if is_counted and others and not any(cell.endswith(".") for cell in others):
        raise DocumentError(
            "the lines of the pasted matrix could be numbered 1., 2., or begin with the numbers 1, 2; "
            "take the first numbers away, or write them without points"
        )


def refuse_no_break_thousands(text: str) -> None:
    """Raise DocumentError for one 1 000 with a space that does not break, as tables have between numbers, too."""
    if "\u00a0" not in text:
        return
    found = _NO_BREAK_THOUSANDS.search(text)
    if found and "\u00a0" not in _NO_BREAK_THOUSANDS.sub("", text):
        digits = found.group().split("\u00a0")
        numbers = " and ".join(part.lstrip("0") or "0" for part in digits)
        raise DocumentError(
            f"the pasted matrix has '{' '.join(digits)}', which could be {''.join(digits)} or the numbers {numbers}; "
            "write numbers without spaces"
        )


def refuse_points_between_thousands(lines: list[str]) -> None:
    """Raise DocumentError for lines like 1.234,56: one number as Germans write it, or two with a comma between."""
    numbers = [line.strip().removesuffix(",") for line in lines]
    if all(map(_POINT_THOUSANDS.fullmatch, numbers)):
        one, other = numbers[0].split(",")
        raise DocumentError(
            f"the pasted matrix has {echo(numbers[0])}, which could be {one.replace('.', '')}.{other} or the numbers "
            f"{one} and {other}; leave the point out of one number, write a space after the comma between two"
        )


def refuse_sizes(text: str) -> None:
    """Raise DocumentError for torch.Tensor(2, 3), which has 2 x 3 numbers, and for Rust's [0.5; 3], three of them."""
    if found := _SIZES.search(text):
        raise DocumentError(
            f"the pasted matrix has {echo(found.group())}, which could be numbers or a size; "
            "write numbers in brackets of their own"
        )
    if found := _REPEATED.search(text):
        whole, number, times = found.groups()
        raise DocumentError(
            f"the pasted matrix has {echo(whole)}, which is {times} times {number.strip()} in Rust; write its numbers"
        )


def refuse_decimal_commas(text: str) -> None:
    """Raise DocumentError for 1,5, 2,5 and for lines like 0,25: a comma inside of a number, or between two."""
    if "," not in text or "." in text:
        return
    for group in _GROUP_END.split(text):
        _refuse_decimals_among(_LOOSE_COMMA.split(group.strip().removesuffix(",")))
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if all(_TIGHT.fullmatch(line) and _WHOLE_OR_TIGHT.fullmatch(line) for line in lines):
        pairs = [line.split(",") for line in lines]
        are_zero = {first.lstrip("+") for first, _ in pairs} == {"0"}
        is_share = are_zero and any(second.lstrip("0") not in ("", "1") for _, second in pairs)
        found = next(filter(_SURELY_DECIMAL.fullmatch, lines), lines[0] if is_share else None)
        if found is not None:
            raise DocumentError(_either(found))


def refuse_vectors_of_decimals(text: str) -> None:
    """Raise DocumentError for (0,5; 1,5), a vector where people write decimal commas; mat(1,2; 3,4) is Typst."""
    if "." not in text and (found := _GERMAN_VECTOR.search(text)):
        _refuse_decimals_among([part.strip() for part in found.group(1).split(";")])


def refuse_pairs(words: list[str]) -> None:
    """Raise DocumentError for 1,2 3,4: two numbers with decimal commas, or two points as in a path of SVG."""
    are_tight = all(_TIGHT.fullmatch(word) and _WHOLE_OR_TIGHT.fullmatch(word) for word in words)
    if are_tight and not any(_ZERO_FIRST.match(word) or _SURELY_DECIMAL.match(word) for word in words):
        raise DocumentError(_either(words[0]))


def _refuse_decimals_among(parts: list[str]) -> None:
    if len(parts) > 1 and all(map(_WHOLE_OR_TIGHT.fullmatch, parts)):
        for part in filter(_TIGHT.fullmatch, parts):
            raise DocumentError(_either(part))


def _either(number: str) -> str:
    one, other = number.split(",")
    return (
        f"the pasted matrix has {echo(number)}, which could be {one}.{other} or the numbers {one} and "
        f"{other.lstrip('0') or '0'}; write a point in a number, or a space after a comma between numbers"
    )


def refuse_title_or_heading(name: str, first: list[str]) -> None:
    """Raise DocumentError for W over two columns whose first counts: a name of the matrix, or of the second column."""
    if first in ([str(number) for number in range(start, start + len(first))] for start in (0, 1)):
        raise DocumentError(
            f"the pasted matrix has {echo(name)} above, which could be its name, or the heading of one column beside "
            "numbered rows; take the name away, or the numbers of the rows"
        )
