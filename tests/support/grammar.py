"""What is wrong with an English sentence, as far as patterns tell: number, articles, words twice, what was left in."""

import re

NOUNS = (
    "sample", "row", "column", "unit", "layer", "epoch", "step", "number", "feature", "weight", "output", "input",
    "network", "point", "update", "pin", "factor", "path", "parameter", "fold", "image", "digit", "bias", "class",
    "batch", "character", "entry", "text", "heading", "argument", "place", "cell", "file", "run", "training",
)  # fmt: skip
_PLURALS = {"bias": "biases", "class": "classes", "batch": "batches", "entry": "entries"}
_PLURAL = "|".join(_PLURALS.get(noun, f"{noun}s") for noun in NOUNS)
_SINGULAR = "|".join(NOUNS)

_COUNT = r"(?<![\w.,/−×=^\-–·])(?<!class )(?<!layer )(?<!sample )(?<!unit )(?<!output )"
"""where a number counts, and is no name, such as that of class 1"""

_WRONG = {
    "one of many": re.compile(rf"{_COUNT}1 (?:{_PLURAL})\b"),
    "many of one": re.compile(rf"{_COUNT}(?:[2-9]|[1-9][0-9,]*[0-9]|0) (?:{_SINGULAR})\b(?! (?:\d|of \d))"),
    "one more of many": re.compile(rf"{_COUNT}1 more (?:{_PLURAL})\b"),
    "there are 1": re.compile(r"\b[Tt]here are (?:now )?1 (?!of)"),
    "a before a vowel": re.compile(r"(?<![\w'’·=×+−/.])[Aa] "
                                   r"(?!is\b|of\b|in\b|at\b|are\b|a\b|uni|one\b|once\b|one-|use|usu|eur|eu\b)[aeiou][a-z]+\b"),
    "an before a consonant": re.compile(r"(?<![\w'’])[Aa]n "
                                        r"(?!hour|honest|heir|nn\b|[LRMNSFHX][\W²]|MLP|MSE|NLL|L[12]\b|x\b|SG|RM)"
                                        r"(?:[bcdfghjklmnpqrstvwxyz][a-z]+|uni|use|one)\b"),
    "a word twice": re.compile(r"\b(?!that\b|had\b)([a-z]{2,}) \1\b", re.IGNORECASE),
    "space before a sign": re.compile(r"[a-z0-9] [,.;:](?:\s|$)"),
    "two spaces": re.compile(r"[a-z,.] {2,}[a-zA-Z]"),
    "a placeholder": re.compile(r"\{[a-z_]+\}|(?<!=)\bNone\b(?! of)|(?<!=)\b(?:True|False)\b|\bnan\b|<[a-z]+ object"),
    "two full stops": re.compile(r"[a-z]\.\.(?!\.)(?:\s|$)|,,|;;"),
}  # fmt: skip


def mistakes(text):
    """Each kind of mistake with what shows it."""
    return [(kind, found.group()) for kind, pattern in _WRONG.items() if (found := pattern.search(text))]


CODE = {"block", "given", "parts"}
"""what a line of a program has: code is no English"""


def sentences_in(value):
    """Every text of several words in a JSON value; sentences that were sent as lists are put together."""
    if isinstance(value, str):
        if value.count(" ") >= 2 and not value.startswith(("<", "#", "{", "http")) and "\n" not in value:
            yield value
    elif isinstance(value, dict) and value.keys() != CODE:
        for each in value.values():
            yield from sentences_in(each)
    elif isinstance(value, list):
        if value and any(isinstance(part, str) and " " in part for part in value) and all(map(_is_part, value)):
            yield "".join(part if isinstance(part, str) else part[0] for part in value)
        else:
            for each in value:
                yield from sentences_in(each)


def _is_part(part):
    return isinstance(part, str) or (
        isinstance(part, list) and len(part) == 2 and all(isinstance(e, str) for e in part)
    )
