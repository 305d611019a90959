"""The rules of the loss: its terms, its probabilities, L, and the gradient of the last layer's output."""

from __future__ import annotations

from mlpviz.engine import ACTIVATIONS, Loss, NetworkSpec
from mlpviz.engine.activations.activation import Z
from mlpviz.engine.expressions import Expression, Sum, Symbol, written_out
from mlpviz.engine.losses.loss_code import gradient_code, loss_code
from mlpviz.engine.losses.reduction import COUNTED, WEIGHT_SUM
from mlpviz.engine.losses.symbols import A_K, COUNTS, T_K, A, N, O, P, S, T
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.rule import Detail, Ref, Rule, activation_template, expression_template, partial


def loss_term(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """ℓ, what one output adds."""
    template, refs = expression_template(spec.loss.term, _refs(n, spec.loss))
    details = _row_numbers(n, spec, spec.loss.term)
    return Rule(rf"\ell = {spec.loss.term.latex()}", template=template, refs=refs, details=details)


_WANTED_SUM = Symbol("s", "s")


def _refs(n: int, found: Loss) -> dict[Symbol, Ref]:
    cell = ("r", "c")
    return {
        A: (f"a.{n}", *cell),
        T: (f"one_hot.{n}", *cell),
        P: (f"probabilities.{n}", *cell),
        S: ("target_sum.0", 0, "c"),
        _WANTED_SUM: ("wanted_sum.0", 0, "c"),
        N: ("samples.0", 0, 0),
        O: ("outputs.0", 0, 0),
        WEIGHT_SUM: ("divisor.0", 0, 0),
        COUNTED: ("divisor.0", 0, 0),
        COUNTS: ("counts.0", 0, "c"),
        **{
            each.symbol: (f"{each.symbol.name}.0", 0, "c")
            if each.per == "sample"
            else (f"{each.symbol.name}.0", "r", 0)
            for each in found.weights
        },
        **{line.symbol: (f"{line.symbol.name}.0", 0, "c") for line in found.row_numbers},
    }


def _row_numbers(n: int, spec: NetworkSpec, formula: Expression) -> tuple[Detail, ...]:
    """The lines of the numbers of a whole row that a formula has, with the numbers of every output of the row."""
    found, outputs = spec.loss, range(spec.outputs)
    copies: dict[Symbol, list[Symbol]] = {}
    refs = _refs(n, found)
    rows: dict[Symbol, Ref] = {A_K: (f"a.{n}", "r", "c"), T_K: (f"one_hot.{n}", "r", "c")}
    rows |= {each.symbol: refs[each.symbol] for each in found.weights if each.per == "output"}
    for symbol, (block, _, column) in rows.items():
        copies[symbol] = [Symbol(f"{symbol.letter}_{k}", f"{symbol.name}_{k}") for k in outputs]
        refs |= {copy: (block, k, column) for k, copy in enumerate(copies[symbol])}
    lines = []
    for line in found.lines_in(formula):
        template, used = expression_template(written_out(line.formula, copies), refs)
        sources = tuple(ref for ref in used if ref[0] == f"a.{n}")
        lines.append(Detail(line.latex, template, used, refs[line.symbol], sources))
    return tuple(lines)


def loss(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """L, the sum of the terms over its divisor."""
    found = spec.loss
    plain = found.suits(spec.activations[-1].key)
    return Rule(
        found.latex if plain else found.latex.replace("(z)", "(a)"),
        count=spec.outputs * shape.samples,
        factors=((f"loss_term.{n}", "k/N", "k%N"),),
        divisor=None if found.mean_over == "nothing" else ("divisor.0", 0, 0),
        sentence=found.sentence,
        numpy=loss_code(found, "numpy"),
        torch=loss_code(found, "torch"),
    )


def probabilities(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """p of a loss on logits."""
    phi = ACTIVATIONS[spec.loss.probabilities or ""]
    formula = f"p_{{j}} = {phi.name_latex}"
    if phi.elementwise:
        formula += f" = {phi.formula.latex({Z: 'z_{j}'})}"
    template, refs = activation_template(phi, f"a.{n}", spec.outputs)
    return Rule(formula, template=template, refs=refs)


def grad_output(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂a of the last layer."""
    formula = spec.loss.grad_formula(shape.target_sums_to_one)
    template, refs = expression_template(formula.replace(_summed), _refs(n, spec.loss))
    return Rule(
        rf"{partial(f'a^{{{n}}}_{{j}}')} = {formula.latex()}",
        template=template,
        refs=refs,
        details=_row_numbers(n, spec, formula),
        sentence="The loss itself says how much it changes with this output.",
        numpy=gradient_code(spec.loss, "numpy", shape.target_sums_to_one),
    )


def _summed(part: Expression) -> Expression | None:
    """The number of a sum over the targets of a sample in place of the sum."""
    return _WANTED_SUM if isinstance(part, Sum) else None
