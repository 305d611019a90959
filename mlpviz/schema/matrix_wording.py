"""What stands around the numbers of a pasted matrix: prompts, comments, names, calls, endings, and "..." in between.

`unwrapped` takes it away, so that brackets or lines of numbers are left. Only words that change no number are known
here; any other, such as `zeros(2, 3)` or `log`, stays and is refused by the readers of brackets and lines.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mlpviz.schema.errors import DocumentError
from mlpviz.schema.matrix_doubts import refuse_no_break_thousands, refuse_sizes
from mlpviz.schema.matrix_programs import without_program
from mlpviz.schema.number_characters import without_calls, without_gaps

_INPUT = re.compile(
    r"\s{0,9}(?:>>>|In ?\[[0-9 ]{0,6}\] ?:?=?|julia>|octave(?::[0-9]{1,6})?>|>>|>|sage:|scala>|ghci>|\(%i[0-9]{1,5}\))"
    r"(?:\s|$)|\s{0,9}-->"
)
_CONTINUED = re.compile(r"\s{0,30}(?:\.\.\. |\.\.\.: ?|\.\.\.$)")
_OUTPUT = re.compile(
    r"\s{0,9}(?:Out ?\[[0-9 ]{0,6}\] ?(?:[:=]|//\w{1,20} ?=)(?:=?/{0,2}\w{0,20}=)? ?"
    r"|\(%o[0-9]{1,5}\)(?=\s*\w{0,20}[(\[]))"
)

_BLOCK_COMMENT = re.compile(r"/\*[^*]*\*/")
_COMMENT = re.compile(
    r"(?:(?:(?<=[\s;,\])}])|^)%(?=[^\n]*[A-Za-z])[^\n]*)|^[ \t]{0,200}%[^\n]*|#[^\n]*|(?:(?<=[\s;,\])}])|^)//[^\n]*",
    re.MULTILINE,
)
_SPACED_PERCENT = re.compile(r"(?<=[0-9]) %(?=[\s,;\])|&]|$)")

_TF_REPR = re.compile(r"<(?:tf\.)?(?:Tensor|Variable)\b[^\n\[]{0,200}?(?:numpy|value)=\s{0,9}")
_SPREADSHEET_ERROR = re.compile(
    r"#(?:N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|NV|WERT!|BEZUG!|#{2,20}(?=\t))|(?<=\t)#{3,20}"
)
_KEYWORD = re.compile(
    r",\s{0,200}(?:dtype|device|requires_grad|grad_fn|names|shape|weak_type|order|copy|layout|size|names|ndmin|subok|name|trainable)"
    r"\s{0,9}=\s{0,9}(?:<[^<>\n]{0,80}>|'[^'\n]{0,60}'|\"[^\"\n]{0,60}\"|\([0-9, ]{0,40}\)|\((?:'\w{0,20}',? ?){1,8}\)"
    r"|[\w.:]{1,40}(?:\(\[[0-9, ]{0,40}\]\))?)"
)
_SHAPE = re.compile(
    r",\s{0,200}shape\s{0,9}=\s{0,9}[(\[]\s{0,9}([0-9]{1,4})\s{0,9},\s{0,9}([0-9]{1,4})\s{0,9},?\s{0,9}[)\]]"
)
_POSITIONAL_DTYPE = re.compile(
    r",\s{0,9}(?:(?:np|numpy|torch|tf|jnp)\.(?:float|int|double|bfloat)\w{0,4})(?=\s{0,9}\))"
)

_ELEMENTS = re.compile(r"\s{0,9}[0-9]+(?:-element|[×x][0-9]+) [\w.:{}, ()×']{1,160}:[ \t]*(?:\n|$)")
_NAME = re.compile(
    r"\s*+[\"'$\\A-Za-zα-ωΑ-Ω∂](?:[\w.^{}$\\> *&'\"∂₀-₉ᵀ⁰-⁹-]|\[[\w, ]{0,12}\]|\([\w, ×]{0,12}\)){0,80}+"
    r"(?::=|=|:(?!:)|<-|←|<<)(?!=)\s*"
)
_DECLARED = re.compile(r"\s*[A-Za-z][\w:<>, *&;\[\]]{0,120}?[=]\s*(?=[\[{(])")
_PRINTED_COLUMNS = re.compile(r"\s*Columns? [0-9]")
_TITLE = re.compile(
    r"\s*(?:Tensor|Diagonal Matrix|Full MatrixFloat|Matrix"
    r"|[0-9]{1,4}[×x][0-9]{1,4} \w{0,10} ?(?:matrix|diagonal matrix|table)"
    r"|[0-9]{1,4} x [0-9]{1,4} Matrix of class \"\w{1,20}\")[ \t]*\n"
)
_CALL = re.compile(
    r"(?<![\w.])(?:new )?(?:[A-Za-z_]\w{0,30}(?:\.|::)){0,4}"
    r"(?:array|asarray|asanyarray|matrix|mat|tensor(?:[12]d)?|Tensor|as_tensor|FloatTensor|DoubleTensor|LongTensor|Parameter"
    r"|Variable|constant|convert_to_tensor|Array|ArrayImpl|DeviceArray|Matrix|MutableDenseMatrix|ImmutableDenseMatrix"
    r"|ImmutableMatrix|Param|single|double|list|tuple|vec|c|rbind|List|MatrixForm|SMatrix|float(?:16|32|64)|Float(?:32|64)(?:Array)?|Int(?:32|64)(?:Array)?"
    r"|vector)(?:<[^<>]{0,30}>|\{[^{}]{0,30}\})?!?\s{0,9}(?=[\[({])"
)
_FOLLOWING = re.compile(
    r"\.(?:float|double|half|long|int|requires_grad_|cuda|cpu|numpy|detach|clone|tolist|copy|contiguous|squeeze|evalf|to|astype|type)"
    r"\([\w.'\":, =]{0,40}\)\s*$"
)
_TRANSPOSED = re.compile(
    r"(?:\.T|\.t\(\)|\.mT|\.transpose\(\)|\.?'|ᵀ|\^T|\^\{?(?:T|\\top|\\intercal|\\math(?:sf|rm)\{T\})\}?)\s*$"
)
_RESHAPED = re.compile(
    r"\.(?:reshape|view|(in_columns))\(\s*[(\[]?\s*(-1|[0-9]{1,4})\s*,\s*(-1|[0-9]{1,4})\s*,?\s*[)\]]?\s*\)\s*$"
)
_COLUMN_ORDER = re.compile(r"\.reshape(\([()\[\]0-9, -]{3,30}?)\s*,\s*order\s*=\s*['\"]F['\"]\s*\)")
_FOOTER = re.compile(
    r"^[ \t]{0,40}(?:\[ ?\w{1,20}Type\{[0-9,]{1,20}\} ?\]"
    r"|\[torch\.\w{1,40} of size [0-9x]{1,20}(?: \([^()\n]{1,20}\))?\]"
    r"|(?:Name: [^\n]{0,80}, )?(?:Length: [0-9]{1,9}, )?dtype: \w{1,20}"
    r"|\[[0-9]{1,9} rows x [0-9]{1,9} columns\]|shape: \([0-9, ]{1,40}\)|Diagonal Matrix"
    r"|(?:torch\.Size\(\[[0-9, ]{0,40}\]\)|<NDArray [^\n>]{1,60}>))[ \t]{0,40}$",
    re.MULTILINE,
)
_SERIES = re.compile(r"\n(?:Name: [^\n]{0,80}, )?(?:Length: [0-9]{1,9}, )?dtype: \w{1,20}\s*\Z")
_INDEX = re.compile(r"^[ \t]{0,40}\S{1,80}[ \t]{1,80}(?=\S+[ \t]{0,40}$)", re.MULTILINE)
"""the first column of a series of pandas"""
_CONTINUATION = re.compile(r"\.\.\.[ \t]*(?:[^\n0-9\[\](){}.]{0,80})\n")
_BULLET = re.compile(r"^[ \t]{0,40}- (?=\[)", re.MULTILINE)  # before each row of a matrix in YAML
_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")
_FIRST_LINE = re.compile(r"\A[ \t]*(?:sep=[,;\t]|print\([\w.\[\]'\"]{1,60}\)|[0-9]{1,3}\.[a-z]\w{0,20})[ \t]*\n")
"""what Excel, a notebook and a state_dict write above"""
_BOX = str.maketrans({**dict.fromkeys("⎡⎤⎢⎥⎣⎦⎛⎞⎜⎟⎝⎠", " "), **dict.fromkeys("│┃║┆┊", "|")})
_STRUCTURE = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u3000", " "),
        **dict.fromkeys("\ufeff\u200b\u2060\u20d7", None),
        "\u2028": "\n",
        "［": "[", "］": "]", "（": "(", "）": ")", "｛": "{", "｝": "}", "，": ",", "；": ";", "｜": "|",
    }
)  # fmt: skip

_NO_BREAK_GAP = re.compile(r"(?<=[0-9])\u00a0(?=[0-9]{3}(?![0-9]))")

_MATLAB_SCALE = re.compile(r"^[ \t]{0,40}([0-9.]{1,20}e[+-][0-9]{1,3})[ \t]{0,9}\*[ \t]{0,40}$", re.MULTILINE)

_HOW_TO_PRINT_ALL = (
    ("tensor(", "torch.set_printoptions(profile='full')"),
    ("reached getOption", "options(max.print = 1e6)"),
    ("rows x", "print(frame.to_string())"),
    ("⋱", "show(stdout, \"text/plain\", W)"),
    ("⋮", "show(stdout, \"text/plain\", W)"),
)  # fmt: skip
_LEFT_OUT = re.compile(r"\.\.\.|…|⋯|⋮|⋱|<<[0-9]+>>|\\[cdlv]?dots\b|reached getOption")


class Unwrapped(NamedTuple):
    """The text of the numbers alone, and what was said beside it."""

    text: str
    is_transposed: bool = False
    shape: tuple[int, int] | None = None
    """of a `.reshape` or `shape=`; −1 is whatever is left"""
    is_by_columns: bool = False
    """whether the shape is filled column by column"""
    scale: str | None = None
    """what MATLAB prints once before all numbers: 1.0e+03"""


def unwrapped(text: str) -> Unwrapped:
    """The numbers in their brackets or lines. Raises DocumentError where parts of the matrix were left out in print."""
    if "\t" in text or ";" in text:
        text = _NO_BREAK_GAP.sub("", text)  # cells are apart by something else
    refuse_no_break_thousands(text)
    text = text.translate(_STRUCTURE).translate(_BOX).replace("\r\n", "\n").replace("\r", "\n")
    # the first line keeps its indent, which headings of pandas and R have
    text = _FIRST_LINE.sub("", _BLANK_LINES.sub("", text)).rstrip("\n ")
    if found := _SPREADSHEET_ERROR.search(text):
        raise DocumentError(f"the pasted matrix has {found.group()}, an error of the spreadsheet, expected a number")
    if text.startswith("$") and text.endswith("$"):
        text = text.strip("$")  # mathematics in the middle of a text
    text = _without_prompts(without_gaps(text))
    text = _SPACED_PERCENT.sub("%", _COMMENT.sub("", _BLOCK_COMMENT.sub(" ", text)))
    is_series = _SERIES.search(text) is not None and not any(sign in text for sign in "[({")
    text = _FOOTER.sub("", text)
    if is_series:
        text = _INDEX.sub("", text)
    if "[[" not in text and "([" not in text:
        text = _joined_lines(text)
    _refuse_left_out(text)
    refuse_sizes(text)
    text = _BULLET.sub("", text)
    text, shape = without_program(text)
    text, count = _TF_REPR.subn("", text)
    if count:
        text = text.replace(">", "")
    text = _COLUMN_ORDER.sub(r".in_columns\1)", without_calls(text))
    if found := _SHAPE.search(text):
        shape = shape or (int(found.group(1)), int(found.group(2)))
    text = _KEYWORD.sub("", _SHAPE.sub("", text))
    text = _POSITIONAL_DTYPE.sub("", text)
    text = _without_names(text)
    text, is_transposed, reshaped, is_by_columns = _without_following(text)
    text = _CALL.sub("", text)
    scale = None
    if found := _MATLAB_SCALE.search(text):
        scale = found.group(1)
        text = _MATLAB_SCALE.sub("", text)
    text = _BLANK_LINES.sub("", text).rstrip("\n ").removesuffix(";").rstrip()
    return Unwrapped(text, is_transposed, reshaped or shape, is_by_columns, scale)


def _without_prompts(text: str) -> str:
    """What was printed; or what was typed, where nothing was printed after it."""
    if not any(sign in text for sign in (">", "In", "Out", "sage:", "(%")):
        return text
    typed: list[str] = []
    printed: list[str] = []
    for line in text.split("\n"):
        if found := _INPUT.match(line):
            if not line[found.end() :].strip():
                continue  # nothing was typed yet: the prompt after the last answer
            typed.append(line[found.end() :])
            printed.clear()  # the last answer counts
        elif typed and not printed and (found := _CONTINUED.match(line)):
            typed.append(line[found.end() :])
        elif found := _OUTPUT.match(line):
            printed.append(line[found.end() :])
        else:
            printed.append(line)
    return "\n".join(printed if any(line.strip() for line in printed) else typed)


def _joined_lines(text: str) -> str:
    """MATLAB's `...` at the end of a line, which goes on in the next one."""
    if "..." not in text:
        return text

    def joined(found: re.Match[str]) -> str:
        line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
        # NumPy may break its lines there too, but only long ones
        is_continued = any(map(str.isdigit, line)) and (len(line) < 55 or "," in line or ";" in line)
        return " " if is_continued else found.group()

    return _CONTINUATION.sub(joined, text)


def _refuse_left_out(text: str) -> None:
    found = _LEFT_OUT.search(text)
    if found is None:
        return
    how = next((how for sign, how in _HOW_TO_PRINT_ALL if sign in text), "np.set_printoptions(threshold=np.inf)")
    if found.group() == "..." and "[" in text and "[[" not in text and ";" in text:
        how = ""  # MATLAB never leaves numbers out
    raise DocumentError(
        f"the pasted matrix is shortened with '{found.group()}'; "
        + (f"print all of it with {how}" if how else "paste all of its numbers")
    )


def _without_names(text: str) -> str:
    for _ in range(4):
        found = _ELEMENTS.match(text) or _TITLE.match(text) or _NAME.match(text)
        if found is None or not text[found.end() :].strip() or _PRINTED_COLUMNS.match(text):
            break
        text = text[found.end() :]
    if (found := _DECLARED.match(text)) and not any(map(str.isdigit, found.group().split("[")[0].split("<")[0][:1])):
        text = text[found.end() :]
    return text


def _without_following(text: str) -> tuple[str, bool, tuple[int, int] | None, bool]:
    is_transposed, shape, is_by_columns = False, None, False
    text = text.rstrip("\n ;")
    for _ in range(4):
        if found := _FOLLOWING.search(text, max(0, len(text) - 80)):
            pass
        elif shape is None and (found := _TRANSPOSED.search(text, max(0, len(text) - 80))):
            if found.start() == 0 or text[found.start() - 1] not in "])}":
                break
            is_transposed = not is_transposed
        elif shape is None and (found := _RESHAPED.search(text, max(0, len(text) - 80))):
            shape, is_by_columns = (int(found.group(2)), int(found.group(3))), found.group(1) is not None
        else:
            break
        text = text[: found.start()].rstrip("\n ;")
    return text, is_transposed, shape, is_by_columns
