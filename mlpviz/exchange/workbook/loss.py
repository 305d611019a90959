"""The loss as blocks of formulas: targets, probabilities, the term of each output, L and ∂L/∂a of the last layer."""

from __future__ import annotations

from mlpviz.engine import ACTIVATIONS
from mlpviz.engine.activations.softmax import LOG_SOFTMAX
from mlpviz.engine.expressions import Expression, Number, Symbol, log, sigmoid, softplus
from mlpviz.engine.expressions.spreadsheet import spreadsheet
from mlpviz.engine.losses.reduction import COUNTED, WEIGHT_SUM
from mlpviz.engine.losses.symbols import A_K, COUNTS, T_K, A, N, O, P, S, T
from mlpviz.exchange.workbook.forward import SUMMAND, add_activation, template_of, with_summands
from mlpviz.exchange.workbook.grid import Band, CellBlock, column_of, row_of
from mlpviz.exchange.workbook.plan import WorkbookPlan

_LOG_P = Symbol(r"\log p", "log_p")
_ONES = Symbol("1", "np.ones_like(y)")


def add_loss(plan: WorkbookPlan, band: Band) -> None:
    """Target, terms and L."""
    loss, blocks = plan.spec.loss, band.blocks
    blocks["z"] = y = plan.a(len(plan.bands) - 1)
    _add_target(plan, blocks, y.units)
    for each in loss.weights:
        make = column_of if each.per == "output" else row_of
        blocks[each.symbol.name] = make("weights", each.numbers)
    if loss.probabilities is not None:
        add_activation(ACTIVATIONS[loss.probabilities], blocks, "p", "p")
        if not ACTIVATIONS[loss.probabilities].elementwise:
            add_activation(LOG_SOFTMAX, blocks, "log p", "log p")
    del blocks["z"]
    _add_row_numbers(plan, blocks, y.units)
    blocks["terms"] = _block(plan, blocks, "terms", loss.term, y.units)
    terms = blocks["terms"]
    blocks["loss"] = CellBlock("L", 1, 1, lambda _, __: f"=SUM({terms.whole})/{divisor(plan, blocks)}")


def gradient(plan: WorkbookPlan, title: str) -> CellBlock:
    """∂L/∂a of the last layer, number by number."""
    return _block(plan, plan.loss_band.blocks, title, plan.spec.loss.grad_formula(), plan.spec.outputs)


def divisor(plan: WorkbookPlan, blocks: dict[str, CellBlock]) -> str:
    """What the sum of the terms is divided by, in brackets where it is no single number."""
    loss = plan.spec.loss
    if loss.by.divisor is None:
        return "1"
    texts = {N: str(plan.document.samples), O: str(plan.spec.outputs)}
    if loss.mean_over == "weights":
        t, ignored = blocks["t"], loss.ignored
        rows = [row for row in range(t.units) if row != ignored]
        counted = "+".join(f"SUM({t.row(row)})" for row in rows) or "0"
        weights = blocks["w"] if loss.weight else None
        total = "+".join(f"{weights.at(row, 0)}*SUM({t.row(row)})" for row in rows) if weights else counted
        texts[WEIGHT_SUM] = texts[COUNTED] = f"IF({counted}=0,1,{total or '1'})"
    return f"({spreadsheet(loss.by.divisor, texts)})"


def _add_row_numbers(plan: WorkbookPlan, blocks: dict[str, CellBlock], units: int) -> None:
    """The numbers of a whole row that a loss has, each after what it adds up."""
    summand: CellBlock | None = None
    for line in with_summands(plan.spec.loss.row_numbers):
        if line.symbol == SUMMAND:
            summand = _block(plan, blocks, SUMMAND.name, line.formula, units)
            blocks[f"{SUMMAND.name} {len(blocks)}"] = summand
        else:
            blocks[line.symbol.name] = _block(plan, blocks, line.symbol.name, line.formula, 1, summand)
            summand = None


def _block(
    plan: WorkbookPlan,
    blocks: dict[str, CellBlock],
    title: str,
    formula: Expression,
    rows: int,
    summand: CellBlock | None = None,
) -> CellBlock:
    """The formula in `rows` cells of every sample; `summand` is what its sum adds up."""
    loss = plan.spec.loss
    y = plan.a(len(plan.document.layers) - 1)
    sources: dict[Symbol, CellBlock] = {A: y, A_K: y}
    there = [(T, "t"), (T_K, "t"), (P, "p"), (_LOG_P, "log p")]
    there += [(each.symbol, each.symbol.name) for each in loss.weights]
    there += [(line.symbol, line.symbol.name) for line in loss.row_numbers]
    sources |= {symbol: blocks[key] for symbol, key in there if key in blocks}
    if summand is not None:
        sources[SUMMAND] = summand
    # names in code may have brackets, which a template cannot have
    plain: dict[Expression, Symbol] = {
        symbol: Symbol(symbol.letter, f"x{number}") for number, symbol in enumerate(sources)
    }
    others: dict[Expression, Expression] = {
        S: Symbol("s", "target_sum"), COUNTS: Symbol("c", "counts"), N: Number(plan.document.samples),
        O: Number(plan.spec.outputs), _ONES: Number(1), WEIGHT_SUM: Symbol("d", "divisor"),
        COUNTED: Symbol("d", "divisor"),
    }  # fmt: skip
    stable = formula.replace((_OF_A_ROW if "log p" in blocks else _OF_EACH).get).replace({**others, **plain}.get)
    own = [*plain.values(), *(each for each in others.values() if isinstance(each, Symbol))]
    template = template_of(stable, own)
    found = {plain[symbol]: block for symbol, block in sources.items()}

    def cell(j: int, n: int) -> str:
        over = divisor(plan, blocks) if loss.mean_over == "weights" else ""
        places: dict[str, str] = {"divisor": over, "divisor_units": over}
        for symbol, block in found.items():
            # weights are one per output, in a column, or one per sample, in a row, as numbers of a whole row are
            row, column = min(j, block.rows - 1), min(n, block.columns - 1)
            places |= {symbol.name: block.at(row, column), f"{symbol.name}_units": block.column(column)}
        if "t" in blocks:
            t = blocks["t"]
            places["target_sum"] = places["target_sum_units"] = f"SUM({t.column(n)})"
            ignored = loss.ignored
            counts = "1" if ignored is None or ignored >= t.units else f"(1-{t.at(ignored, n)})"
            places["counts"] = places["counts_units"] = counts
        return "=" + template.format_map(places)

    return CellBlock(title, rows, y.columns, cell)


_OF_A_ROW: dict[Expression, Expression] = {log(P): _LOG_P}
_OF_EACH: dict[Expression, Expression] = {log(P): -softplus(-A), log(1 - P): -softplus(A), 1 - P: sigmoid(-A)}
"""Logarithms of probabilities, and 1 - p, from the outputs: so they keep their digits and do not overflow."""


def _add_target(plan: WorkbookPlan, blocks: dict[str, CellBlock], units: int) -> None:
    document = plan.document
    target = document.target
    if target is None:
        return
    if not document.has_class_numbers:
        blocks["t"] = CellBlock("target", units, len(target), lambda j, n: target[n][j], True, "target")  # type: ignore[index]
        return
    blocks["class"] = CellBlock("class", 1, len(target), lambda _, n: target[n], True, "target")  # type: ignore[arg-type,return-value]
    classes = blocks["class"]
    blocks["t"] = CellBlock("one-hot", units, len(target), lambda j, n: f"=IF({classes.at(0, n)}={j},1,0)")
