"""The backward pass as blocks of formulas: from ∂L/∂a of a layer to ∂L/∂z, its parameters, and ∂L/∂a before it."""

from __future__ import annotations

from mlpviz.engine.activations.activation import ALPHA, GRAD_A, SLOPES, A, Z
from mlpviz.engine.expressions.spreadsheet import without_definitions
from mlpviz.exchange.workbook.forward import filled, template_of
from mlpviz.exchange.workbook.grid import Band, CellBlock, Value
from mlpviz.exchange.workbook.norms import add_norm_gradients
from mlpviz.exchange.workbook.plan import WorkbookPlan


def add_gradient_of_input(plan: WorkbookPlan, index: int, band: Band, title: str) -> None:
    """∂L/∂a of what layer `index` reads: from its ∂L/∂z, and from every skip that adds this input again."""
    after = plan.bands[index].blocks
    weight, grad_z = after["weight"], after["grad_z"]
    units = plan.widths[index]
    layers = plan.spec.layers
    skips = [each for each, layer in enumerate(layers) if layer.skip and each - layer.skip + 1 == index]

    def cell(i: int, n: int) -> Value:
        parts = [f"SUMPRODUCT({weight.column(i)},{grad_z.column(n)})"]
        parts += [plan.bands[each].blocks["grad_a"].at(i, n) for each in skips if (i, n) not in plan.pins_of(each)]
        return f"={'+'.join(parts)}"

    band.blocks["grad_a"] = CellBlock(title, units, plan.document.samples, cell)


def add_gradients(plan: WorkbookPlan, index: int, band: Band) -> None:
    """From ∂L/∂a of a layer to ∂L/∂[W | b], and those of γ, β and α."""
    document, spec, number, blocks = plan.document, plan.spec.layers[index], index + 1, band.blocks
    units, samples, pins = spec.outputs, document.samples, plan.pins_of(index)
    grad = blocks["grad_a"]
    if pins or "mask" in blocks:
        arriving = grad

        def through(j: int, n: int) -> Value:
            return 0 if (j, n) in pins else f"={arriving.at(j, n)}{plan.dropping(index, j, n)}"

        blocks["grad_h"] = grad = CellBlock(f"∂L/∂h{number}", units, samples, through)
    activation = spec.activation.in_mode(document.training)
    read, output = blocks["n" if "n" in blocks else "z"], blocks["h" if "h" in blocks else "a"]
    sources = {Z: read, A: output, GRAD_A: grad}
    template = template_of(without_definitions(activation.gradient), [*sources, ALPHA, SLOPES])
    inner = "n" if spec.norm is not None else "z"
    blocks[f"grad_{inner}"] = CellBlock(
        f"∂L/∂{inner}{number}", units, samples, lambda j, n: "=" + filled(template, sources, j, n, blocks)
    )
    if "alpha" in blocks:
        _add_alpha(blocks, read, grad, number)
    if spec.norm is not None:
        add_norm_gradients(plan, spec.norm, number, blocks)
    before, weight, grad_z = plan.a(index - 1), blocks["weight"], blocks["grad_z"]
    blocks["grad_weight"] = CellBlock(
        f"∂L/∂{weight.title}", weight.rows, weight.columns,
        lambda j, i: f"=SUMPRODUCT({grad_z.row(j)},{before.row(i)})",
    )  # fmt: skip


def _add_alpha(blocks: dict[str, CellBlock], read: CellBlock, grad: CellBlock, number: int) -> None:
    alpha = blocks["alpha"]

    def cell(j: int, _: int) -> Value:
        own = (read.row(j), grad.row(j)) if alpha.rows > 1 else (read.whole, grad.whole)
        return "=SUMPRODUCT(({0}<=0)*{0}*{1})".format(*own)

    blocks["grad_alpha"] = CellBlock(f"∂L/∂α{number}", alpha.rows, 1, cell)
