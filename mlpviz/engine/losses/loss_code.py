"""A loss and its gradient as lines of NumPy and PyTorch, from y, t and p."""

from __future__ import annotations

from typing import Literal

from mlpviz.engine.expressions import Expression, Symbol, Vector, number_code
from mlpviz.engine.losses.loss import Loss
from mlpviz.engine.losses.reduction import COUNTED, SUM_OF_ALL, WEIGHT_SUM
from mlpviz.engine.losses.symbols import COUNTS, SAMPLE_WEIGHT, T_K, TERM_WEIGHT, S, T

Language = Literal["numpy", "torch"]


def loss_code(loss: Loss, language: Language) -> str:
    """L as a line of NumPy, by its formula, or of PyTorch, by its function; t has class numbers if the loss reads them.

    `p` are the probabilities of a loss on logits.
    """
    return _torch_call(loss) if language == "torch" else _line(loss, "loss", loss.formula, language)


def gradient_code(loss: Loss, language: Language, sums_to_one: bool = False) -> str:
    """∂L/∂y by hand, as a line; without the sums of target rows if they are known to be 1."""
    return _line(loss, "grad_a", loss.grad_formula(sums_to_one), language)


def _line(loss: Loss, name: str, formula: Expression, language: Language) -> str:
    names = _names(loss, language)
    one_hot = {"numpy": "np.eye(y.shape[-1])[t]", "torch": "F.one_hot(t, y.shape[-1]).to(y.dtype)"}[language]
    lines = [f"one_hot = {one_hot}"] if loss.reads_numbers else []
    lines += [each for line in loss.lines_in(formula) for each in line.code(language, names)]
    return "; ".join([*lines, f"{name} = {_text(formula, language, names)}"])


def _text(formula: Expression, language: Language, names: dict[Symbol, str]) -> str:
    return formula.numpy(names) if language == "numpy" else formula.torch(names)


def _names(loss: Loss, language: Language) -> dict[Symbol, str]:
    names = {each.symbol: each.code(language) for each in loss.weights}
    if loss.reads_numbers:
        names |= {T: "one_hot", T_K: "one_hot", S: S.name.replace("t.", "one_hot.")}
    if loss.ignored is not None:
        is_counted = f"(t != {loss.ignored})"
        # not Python's max, which asks for a number: the program for Keras traces its lines
        most = {"numpy": f"np.maximum(1, {is_counted}.sum())", "torch": f"{is_counted}.sum().clamp(min=1)"}
        names |= {COUNTS: f"{is_counted}[:, None]", COUNTED: most[language]}
    if loss.mean_over == "weights" and loss.weight:
        found = f"(one_hot @ {_vector(loss, language)})"
        # a product, not the rows that count: how many these are is not known while Keras traces the lines
        names[WEIGHT_SUM] = f"{found if loss.ignored is None else f'((t != {loss.ignored}) * {found})'}.sum()"
    return names


def _vector(loss: Loss, language: Language) -> str:
    weights = Vector(loss.weight, "w")
    return weights.numpy() if language == "numpy" else weights.torch()


def _torch_call(loss: Loss) -> str:
    is_call, by = "{}" in loss.torch_call, loss.by
    if is_call and not loss.is_scaled:
        if by.torch is not None:
            return f"loss = {loss.torch_call.format(by.torch)}"
        return f"loss = {loss.torch_call.format(SUM_OF_ALL.torch)}{by.code.removeprefix('.sum()')}"
    terms = loss.torch_call.format(', reduction="none"')
    after = by.code
    if loss.mean_over == "weights":
        counted = "t" if loss.ignored is None else f"t[t != {loss.ignored}]"
        weights = f"{_vector(loss, 'torch')}[{counted}]" if loss.weight else f"(t != {loss.ignored})"
        after = f".sum() / {weights}.sum()"
    factors = _torch_factors(loss)
    if factors and not is_call and not terms.isidentifier():
        terms = f"({terms})"
    product = " * ".join([*factors, terms])
    return f"loss = {product if product.isidentifier() else f'({product})'}{after}"


def _torch_factors(loss: Loss) -> list[str]:
    found = [] if loss.scale == 1.0 else [number_code(loss.scale, "torch")]
    for each in loss.weights:
        if each.symbol in (TERM_WEIGHT, SAMPLE_WEIGHT):
            code = each.code("torch")
            found.append(code.removesuffix("[:, None]") if loss.per_sample else code)
    return found
