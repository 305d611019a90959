"""The forward pass as blocks of formulas: [W | b] times the input with its row of ones, norm, φ, dropout, a."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from mlpviz.engine import Activation
from mlpviz.engine.activations.activation import ALPHA, SLOPES, A, Z
from mlpviz.engine.expressions import Expression, FormulaLine, Sum, Symbol, Where, row_sum
from mlpviz.engine.expressions.forms import computed_form
from mlpviz.engine.expressions.spreadsheet import (
    only_operators,
    spreadsheet,
    without_definitions,
)
from mlpviz.exchange.workbook.grid import Band, CellBlock, Value, column_of
from mlpviz.exchange.workbook.norms import add_norm
from mlpviz.exchange.workbook.plan import WorkbookPlan

SUMMAND = Symbol("", "summand")
"""What a sum of the line after it adds up."""
_SYMBOLS = {"gamma": "γ", "beta": "β", "alpha": "α"}


def add_input(plan: WorkbookPlan, band: Band) -> None:
    """x with a column per sample, and a row of ones where biases need it."""
    x = plan.document.x
    inputs, ones = len(x[0]), plan.meets_biases(0)
    band.blocks["a"] = CellBlock(
        "x", inputs + ones, len(x), lambda i, n: x[n][i] if i < inputs else 1, lambda i, n: i < inputs, "x", ones
    )


def add_layer(plan: WorkbookPlan, index: int, band: Band) -> None:
    """All blocks of one layer up to its a."""
    document, spec, number = plan.document, plan.spec.layers[index], index + 1
    layer, samples, blocks = document.layers[index], document.samples, band.blocks
    before, units = plan.a(index - 1), spec.outputs
    _add_parameters(plan, index, band)
    weight = blocks["weight"]
    blocks["z"] = CellBlock(
        f"z{number}", units, samples, lambda j, n: f"=SUM(MMULT({weight.row(j)},{before.column(n, weight.columns)}))"
    )  # fmt: skip
    if spec.norm is not None:
        add_norm(plan, spec.norm, index, blocks)
    activation = spec.activation.in_mode(document.training)
    if document.training and activation.alpha == "draw":
        slopes = layer.slopes_of(samples)
        blocks["slopes"] = CellBlock(f"slopes{number}", units, samples, lambda j, n: slopes[n][j], True)
    ones, pins = plan.meets_biases(number), plan.pins_of(index)
    extra = bool(pins) or bool(spec.skip) or (bool(spec.dropout) and document.training)
    key = "h" if extra else "a"
    add_activation(activation, blocks, key, f"{key}{number}", ones and not extra)
    if not extra:
        return
    h = blocks["h"]
    if spec.dropout and document.training:
        mask = layer.mask or ()
        blocks["mask"] = CellBlock(f"mask{number}", units, samples, lambda j, n: mask[n][j], True)
    source = plan.a(index - spec.skip) if spec.skip else None

    def output(j: int, n: int) -> Value:
        if j == units:
            return 1
        if (j, n) in pins:
            return pins[j, n]
        kept = f"={h.at(j, n)}{plan.dropping(index, j, n)}"
        return kept if source is None else f"{kept}+{source.at(j, n)}"

    held = (lambda j, n: (j, n) in pins) if pins else False
    blocks["a"] = CellBlock(f"a{number}", units + ones, samples, output, held, ones=ones)


def _add_parameters(plan: WorkbookPlan, index: int, band: Band) -> None:
    """[W | b], and γ, β, α in columns of their own."""
    layer, number = plan.document.layers[index], index + 1
    inputs, units = len(layer.weight[0]), len(layer.weight)
    there = [name for name in ("gamma", "beta", "alpha") if getattr(plan.places[index], name) is not None]

    def entry(j: int, i: int) -> Value:
        return plan.shared(index, j, i)

    title = f"W{number}" if layer.bias is None else f"[W{number} | b{number}]"
    band.blocks["weight"] = CellBlock(
        title, units, inputs + (layer.bias is not None), entry, lambda j, i: not isinstance(entry(j, i), str),
        name=f"layers.{index}.weight",
    )  # fmt: skip
    for name in there:
        title = f"{_SYMBOLS[name]}{number}"
        band.blocks[name] = column_of(title, layer.numbers_of(name), f"layers.{index}.{name}")


def add_activation(
    activation: Activation, blocks: dict[str, CellBlock], key: str, title: str, ones: bool = False, read: str = ""
) -> None:
    """The block `key` of φ, which reads the block `read`, by default n or z; before it those of its helping lines."""
    source = blocks[read or ("n" if "n" in blocks else "z")]
    units, samples = source.units, source.columns
    sources: dict[Symbol, CellBlock] = {Z: source}
    formula = Where(without_definitions(activation.formula)) if activation.elementwise else activation.formula
    for line in with_summands(formula.line(A).in_order()):
        last = line.symbol == A
        name = key if last else f"{line.symbol.name} {key}"
        template, known = template_of(line.formula, sources), dict(sources)

        def cell(j: int, n: int, template: str = template, known: dict[Symbol, CellBlock] = known) -> Value:
            return 1 if j == units else "=" + filled(template, known, j, n, blocks)

        own = ones and last
        blocks[name] = CellBlock(title if last else line.symbol.name, units + own, samples, cell, ones=own)
        sources[line.symbol] = blocks[name]


def with_summands(lines: Iterable[FormulaLine]) -> Iterator[FormulaLine]:
    """The lines, before each of them one for what it adds up, where a sum cannot have that in its formula."""
    for line in lines:
        summand, formula = SUMMAND, computed_form(line.formula)
        found = [part for part in formula.nodes() if isinstance(part, Sum) and not only_operators(part.body)]
        if found:
            yield FormulaLine(summand, found[0].body)
            formula = formula.replace(partial(_replaced, found[0], row_sum(summand)))
        yield FormulaLine(line.symbol, formula)


def _replaced(old: Expression, new: Expression, part: Expression) -> Expression | None:
    return new if part == old else None


def template_of(formula: Expression, sources: Iterable[Symbol]) -> str:
    """The formula with places for the addresses of these symbols, of one unit and of all."""
    cells = {symbol: f"{{{symbol.name}}}" for symbol in (*sources, ALPHA, SLOPES)}
    units = {symbol: f"{{{symbol.name}_units}}" for symbol in sources}
    return spreadsheet(formula, cells, units)


def filled(template: str, sources: dict[Symbol, CellBlock], j: int, n: int, blocks: dict[str, CellBlock]) -> str:
    """A template with the addresses for unit j of sample n."""
    places = {symbol.name: block.at(j, n) for symbol, block in sources.items()}
    places |= {f"{symbol.name}_units": block.column(n) for symbol, block in sources.items()}
    if "alpha" in blocks:
        alpha = blocks["alpha"]
        places[ALPHA.name] = alpha.at(j if alpha.rows > 1 else 0, 0)
    if "slopes" in blocks:
        places[SLOPES.name] = blocks["slopes"].at(j, n)
    return template.format_map(places)
