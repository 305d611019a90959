"""The whole network as bands of blocks: settings, x, the layers with both passes and the update, and the loss."""

from __future__ import annotations

from mlpviz.engine.expressions.spreadsheet import NotInSpreadsheetsError
from mlpviz.exchange.workbook.backward import add_gradient_of_input, add_gradients
from mlpviz.exchange.workbook.forward import add_input, add_layer
from mlpviz.exchange.workbook.grid import CellBlock
from mlpviz.exchange.workbook.loss import add_loss, gradient
from mlpviz.exchange.workbook.plan import WorkbookPlan
from mlpviz.exchange.workbook.update import add_update
from mlpviz.network import Document, DocumentError

MOST = 60_000
"""cells of the sheet that computes"""


def planned(document: Document) -> WorkbookPlan:
    """All blocks of a document, each in its place. Raises DocumentError for what no workbook can hold."""
    if document.spec.size > MOST // 3:
        raise _too_large(3 * document.spec.size)
    plan = WorkbookPlan(document)
    try:
        _fill(plan)
    except NotInSpreadsheetsError as error:
        raise DocumentError(f"the workbook cannot hold this network: {error}") from None
    cells = sum(block.rows * block.columns for block in plan.blocks)
    if cells > MOST:
        raise _too_large(cells)
    plan.place()
    return plan


def _too_large(cells: int) -> DocumentError:
    return DocumentError(
        f"the network makes at least {cells:,} cells, a workbook that still recomputes at once at most {MOST:,}"
    )


def _fill(plan: WorkbookPlan) -> None:
    rate = plan.document.rate
    plan.settings.blocks["eta"] = CellBlock("learning rate η", 1, 1, lambda _, __: rate, True)
    add_input(plan, plan.input)
    for index, band in enumerate(plan.bands):
        add_layer(plan, index, band)
        plan.keep_places(index)
    add_loss(plan, plan.loss_band)
    last = len(plan.bands) - 1
    plan.bands[last].blocks["grad_a"] = gradient(plan, f"∂L/∂a{last + 1}")
    for index in range(last, -1, -1):
        add_gradients(plan, index, plan.bands[index])
        before, title = (plan.bands[index - 1], f"∂L/∂a{index}") if index else (plan.input, "∂L/∂x")
        add_gradient_of_input(plan, index, before, title)
    for index, band in enumerate(plan.bands):
        add_update(plan, index, band)
