"""How far the steps of a view have come, so that no sentence tells a number that the sheet still hides."""

from __future__ import annotations

from mlpviz.network import Document, View
from mlpviz.sheet.blocks import shape_of
from mlpviz.sheet_page.structure import structure_of


def is_pass_computed(document: Document, view: View) -> bool:
    """Whether forward, loss and backward stand on the sheet: what is left is the update, if there is one."""
    structure = structure_of(document.trace().spec, shape_of(document))
    steps = structure.data["steps"].get(view.granularity)
    if steps is None:
        return False
    phases = [block["phase"] for block in structure.data["blocks"]]
    return view.step >= sum(phases[step[0]] != "update" for step in steps)
