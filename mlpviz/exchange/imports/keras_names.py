"""Which tensors of a file are those of a layer: layers in models inside may have the same names.

The path of a layer is its name behind those of the models that it is in: sequential/dense.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mlpviz.engine.parameters import Array
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

Tensors = dict[tuple[str, ...], dict[str, Array]]
"""The tensors of each group of a file, by kernel, bias and so on; a group by the names that lead to it."""


def path_of(above: str, name: Any) -> str:
    """The path of a layer in a model, whose own path is nothing for the whole model."""
    return f"{above}/{name}" if above else str(name)


def tensors_of(groups: Tensors, path: str) -> Mapping[str, Array]:
    """The tensors of the layer with this path. Raises DocumentError if they may be those of several layers."""
    parts = path.split("/")
    if len(parts) == 1:
        own = [group for group in groups if group[0] == path]
        if own:
            return {name: value for group in reversed(own) for name, value in groups[group].items()}
    # Keras leaves names out of these groups, or puts more between them
    fits: tuple[Callable[[Sequence[str]], bool], ...] = (
        lambda group: group[0] == parts[0] and _are_in(parts, group),
        lambda group: group[0] == parts[0],
        lambda group: True,
    )
    named = [group for group in groups if group[-1] == parts[-1]]
    for fit in fits:
        found = [group for group in named if fit(group)]
        if len(found) > 1:
            raise DocumentError(f"the weights of {echo(path)} may be those of several layers: give each its own name")
        if found:
            return groups[found[0]]
    return {}


def _are_in(parts: Sequence[str], group: Sequence[str]) -> bool:
    """Whether the parts stand in the group in this order, others perhaps between them."""
    rest = iter(group)
    return all(part in rest for part in parts)
