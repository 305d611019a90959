"""The value of a formula of ours: enough LaTeX for every template, slope and derivative in the registries."""

import math
import re

TOKENS = re.compile(r"\\text\{(ref\d+)\}|(\\[A-Za-z]+)|(\d+(?:\.\d+)?)|([A-Za-z])(?:_\{?([a-z])\}?)?|(\\\\|[^\s])")
FUNCTIONS = {
    r"\tanh": math.tanh,
    r"\ln": lambda x: math.log(x) if x else -math.inf,
    r"\log": lambda x: math.log(x) if x else -math.inf,
    r"\Phi": lambda x: 0.5 * math.erfc(-x / math.sqrt(2.0)),
    r"\sigma": lambda x: 1.0 / (1.0 + math.exp(-x)),
    "erf": math.erf,
    "sign": lambda x: float((x > 0) - (x < 0)),
}
RELATIONS = {
    "<": lambda x, y: x < y,
    ">": lambda x, y: x > y,
    "=": lambda x, y: x == y,
    r"\leq": lambda x, y: x <= y,
    r"\geq": lambda x, y: x >= y,
}


ENDS = ("+", "-", ")", "]", "}", "|", ",", "&", "\\\\", r"\end", *RELATIONS)
"""What ends a product."""


def value(latex, **names):
    """The number of a formula, its letters as given; `u, \\quad v = w` defines v first, `u = w` must hold."""
    formula, *definitions = re.split(r",\s*\\quad", latex)
    for definition in definitions:
        name, _, meaning = definition.partition("=")
        names[name.strip()] = value(meaning, **names)
    parser = _Parser(formula, names)
    result = parser.sum()
    while parser.take("="):
        assert math.isclose(parser.sum(), result, rel_tol=1e-9, abs_tol=1e-12), latex
    assert parser.next is None, f"{latex} stops at {parser.next}"
    return result


class _Parser:
    def __init__(self, latex, names):
        latex = latex.replace(r"\left", "").replace(r"\right", "").replace(r"\text{else}", r"\otherwise")
        self.tokens = []
        for ref, command, number, letter, index, other in TOKENS.findall(latex):
            self.tokens.append(ref or command or number or (f"{letter}_{index}" if index else letter) or other)
        self.names = names

    @property
    def next(self):
        return self.tokens[0] if self.tokens else None

    def take(self, token):
        if self.next == token:
            self.tokens.pop(0)
            return True
        return False

    def expect(self, token):
        assert self.take(token), f"{token} expected before {self.tokens}"

    def sum(self):
        sign = -1.0 if self.take("-") else 1.0
        result = sign * self.product()
        while self.next in ("+", "-"):
            sign = 1.0 if self.tokens.pop(0) == "+" else -1.0
            result += sign * self.product()
        return result

    def product(self):
        result = self.power()
        while self.next is not None:
            if self.take("/"):
                result /= self.power()
            elif self.take(r"\cdot") or self.next not in ENDS:
                factor = self.power()
                result = 0.0 if 0.0 in (result, factor) else result * factor  # 0 · log 0 is 0
            else:
                break
        return result

    def power(self):
        base = self.base()
        if not self.take("^"):
            return base
        try:
            return base ** self.group()
        except OverflowError:
            return math.inf  # as NumPy has it: a minimum or a factor of 0 may hide it

    def group(self):
        if not self.take("{"):
            return self.base()
        result = self.sum()
        self.expect("}")
        return result

    def base(self):
        sign = self.tokens.pop(0)
        if sign == "(":
            result = self.sum()
            self.expect(")")
        elif sign == "|":
            result = abs(self.sum())
            self.expect("|")
        elif sign == "[":
            result = self.truth("]")
        elif sign == r"\begin":
            result = self.cases()
        elif sign == r"\frac":
            result = self.group()
            result /= self.group()
        elif sign in (r"\max", r"\min"):
            self.expect("(")
            numbers = [self.sum()]
            while self.take(","):
                numbers.append(self.sum())
            self.expect(")")
            result = (max if sign == r"\max" else min)(numbers)
        elif sign == r"\operatorname":
            self.expect("{")
            name = ""
            while not self.take("}"):
                name += self.tokens.pop(0)
            result = FUNCTIONS[name](self.power())
        elif sign in FUNCTIONS:
            exponent = self.group() if self.take("^") else 1.0
            result = FUNCTIONS[sign](self.power()) ** exponent
        elif sign == r"\sqrt":
            result = math.sqrt(self.group())
        elif sign == r"\pi":
            result = math.pi
        elif sign == "e":
            result = math.e
        elif sign in self.names:
            result = self.names[sign]
        else:
            result = float(sign)
        return result

    def cases(self):
        for token in "{cases}":
            self.expect(token)
        result = None
        while not self.take(r"\end"):
            own = self.sum()
            self.expect("&")
            holds = self.take(r"\otherwise") or self.truth(r"\\")
            if holds and result is None:
                result = own
        for token in "{cases}":
            self.expect(token)
        return result

    def truth(self, end):
        left, holds = self.sum(), True
        while not self.take(end):
            relation = RELATIONS[self.tokens.pop(0)]
            right = self.sum()
            left, holds = right, holds and relation(left, right)
        return float(holds)
