"""A number in a sentence has all of its digits: a format such as `{slope:g}` writes 0.1234567 as 0.123457."""

from __future__ import annotations

import ast

import pytest

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.hyperparameters import Hyperparameter, HyperparameterError, exact
from mlpviz.engine.losses import LOSSES
from tests.support.repository import ROOT

ROUNDED = {
    ("mlpviz/engine/hyperparameters.py", "tex"): "the typeset formula, which says that it has six digits",
    ("mlpviz/exchange/format.py", "__str__"): "the size of the largest file, a constant in MB",
}
"""Where a rounded number is meant, by module and function."""


def rounding_formats(tree: ast.Module) -> list[str]:
    """The functions with a number that is formatted by `g`; not one that is read back as a number at once."""
    read_back = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        for argument in node.args
    }
    return [
        function.name
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for text in ast.walk(function)
        if isinstance(text, ast.JoinedStr) and id(text) not in read_back
        for part in text.values
        if isinstance(part, ast.FormattedValue) and part.format_spec and ast.unparse(part.format_spec)[-2] == "g"
    ]


def test_no_sentence_rounds_a_number_without_saying_so() -> None:
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "mlpviz").rglob("*.py")
        for name in rounding_formats(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == ROUNDED.keys()


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1234567, "0.1234567"), (1234567, "1234567"), (0.01, "0.01"), (2.0, "2"), (-0.5, "-0.5"), (1e-8, "1e-08")],
)
def test_numbers_of_settings_stand_in_sentences_as_they_were_typed(number: float, text: str) -> None:
    assert exact(number) == text
    one = Hyperparameter("width", "width", 0.0, low=number, sentence="")
    assert one.allowed == f"a number from {text} up"
    with pytest.raises(HyperparameterError, match=f"expected a number from {text} up"):
        one.read(number - 1)


def test_activations_and_losses_say_their_settings_with_all_digits() -> None:
    assert "0.1234567 times" in ACTIVATIONS["leaky_relu"].configure(slope=0.1234567).sentence
    assert "distance of 1234567 and" in LOSSES["huber"].configure(delta=1234567).sentence
