"""The norm of a layer as blocks of formulas, forward from z to n and backward from ∂L/∂n to ∂L/∂z.

A norm over the samples has its statistics in a column, one over the units in a row.
"""

from __future__ import annotations

from mlpviz.engine import Norm
from mlpviz.engine.expressions.spreadsheet import number_text
from mlpviz.exchange.workbook.grid import CellBlock, Value, column_of
from mlpviz.exchange.workbook.plan import WorkbookPlan

_STATISTICS = {"mean": "=AVERAGE({})", "var": "=VARP({})", "mean_square": "=SUMSQ({0})/COUNT({0})"}
_SYMBOLS = {"mean": "μ", "var": "σ²", "mean_square": "RMS²", "running_mean": "running μ", "running_var": "running σ²"}


def add_norm(plan: WorkbookPlan, norm: Norm, index: int, blocks: dict[str, CellBlock]) -> None:
    """Statistics, ẑ and n; in training with batch norm the new running statistics too."""
    z, number = blocks["z"], index + 1
    per_unit, running = norm.axis == -2, norm.running and not plan.document.training
    shape = (z.rows, 1) if per_unit else (1, z.columns)
    for name in ("running_mean", "running_var") if norm.running else ():
        numbers = plan.document.layers[index].numbers_of(name)
        blocks[name] = column_of(f"{_SYMBOLS[name]} {number}", numbers, f"layers.{index}.{name}")
    if not running:
        for name in ("mean",) * norm.centred + (norm.spread,):
            blocks[name] = _statistic(name, z, per_unit, number)
    spread = blocks["running_var" if running else norm.spread]
    eps = number_text(norm.eps)[0]
    blocks["scale"] = scale = CellBlock(f"1/√ {number}", *shape, lambda j, n: f"=1/SQRT({spread.at(j, n)}+{eps})")

    def normalised(j: int, n: int) -> Value:
        at = (j, 0) if per_unit else (0, n)
        mean = f"-{blocks['running_mean' if running else 'mean'].at(*at)}" if norm.centred else ""
        return f"=({z.at(j, n)}{mean})*{scale.at(*at)}"

    blocks["normalised"] = result = CellBlock(f"ẑ{number}", z.rows, z.columns, normalised)

    def shifted(j: int, n: int) -> Value:
        gamma = f"*{blocks['gamma'].at(j, 0)}" if "gamma" in blocks else ""
        beta = f"+{blocks['beta'].at(j, 0)}" if "beta" in blocks else ""
        return f"={result.at(j, n)}{gamma}{beta}"

    blocks["n"] = CellBlock(f"n{number}", z.rows, z.columns, shifted)
    if norm.running and not running:
        unbiased = f"*{z.columns}/{z.columns - 1}"
        for name, newest, factor in (("running_mean", "mean", ""), ("running_var", "var", unbiased)):
            blocks[f"new_{name}"] = _averaged(blocks[name], blocks[newest], factor, norm.momentum)


def _statistic(name: str, z: CellBlock, per_unit: bool, number: int) -> CellBlock:
    def cell(j: int, n: int) -> Value:
        return _STATISTICS[name].format(z.row(j) if per_unit else z.column(n))

    return CellBlock(f"{_SYMBOLS[name]} {number}", *((z.rows, 1) if per_unit else (1, z.columns)), cell)


def _averaged(old: CellBlock, newest: CellBlock, factor: str, share: float) -> CellBlock:
    """The running statistic after this batch."""
    kept, added = number_text(1.0 - share)[0], number_text(share)[0]
    kept = f"({kept})"  # it may be a sum

    def cell(j: int, _: int) -> Value:
        return f"={kept}*{old.at(j, 0)}+({added})*{newest.at(j, 0)}{factor}"

    return CellBlock(f"new {old.title}", old.rows, 1, cell)


def add_norm_gradients(plan: WorkbookPlan, norm: Norm, number: int, blocks: dict[str, CellBlock]) -> None:
    """∂L/∂γ, ∂L/∂β and ∂L/∂z: with statistics of z itself, every z has a part in every n beside it."""
    grad_n, normalised, scale = blocks["grad_n"], blocks["normalised"], blocks["scale"]
    per_unit, shape = norm.axis == -2, (grad_n.rows, grad_n.columns)
    if "gamma" in blocks:
        blocks["grad_gamma"] = CellBlock(
            f"∂L/∂γ{number}", grad_n.rows, 1, lambda j, _: f"=SUMPRODUCT({grad_n.row(j)},{normalised.row(j)})"
        )
    if "beta" in blocks:
        blocks["grad_beta"] = CellBlock(f"∂L/∂β{number}", grad_n.rows, 1, lambda j, _: f"=SUM({grad_n.row(j)})")
    grad = grad_n
    if "gamma" in blocks:
        gamma = blocks["gamma"]
        blocks["grad_normalised"] = grad = CellBlock(
            f"∂L/∂ẑ{number}", *shape, lambda j, n: f"={grad_n.at(j, n)}*{gamma.at(j, 0)}"
        )

    def of_z(j: int, n: int) -> Value:
        factor, own = scale.at(*((j, 0) if per_unit else (0, n))), grad.at(j, n)
        if norm.running and not plan.document.training:
            return f"={factor}*{own}"
        line = (grad.row(j), normalised.row(j)) if per_unit else (grad.column(n), normalised.column(n))
        along = f"{normalised.at(j, n)}*SUMPRODUCT({line[0]},{line[1]})"
        total = f"SUM({line[0]})+{along}" if norm.centred else along
        return f"={factor}*({own}-({total})/COUNT({line[0]}))"

    blocks["grad_z"] = CellBlock(f"∂L/∂z{number}", *shape, of_z)
