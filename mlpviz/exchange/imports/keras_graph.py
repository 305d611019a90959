"""Which layer of a Keras model reads which: one after another, or a graph with sums and concatenations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mlpviz.exchange.imports.findings import Reading
from mlpviz.exchange.imports.keras_names import path_of
from mlpviz.exchange.imports.operations import Operation
from mlpviz.exchange.imports.past_layers import Value, added, side_by_side
from mlpviz.network import DocumentError
from mlpviz.schema.errors import echo

OperationsOf = Callable[[str, Mapping[str, Any]], Sequence[Operation]]
"""what a layer does, from its kind and its configuration"""

_MODELS = ("Sequential", "Functional", "Model")
_JOINS = {"Add": added, "Concatenate": side_by_side}


def value_of(model: Any, operations_of: OperationsOf, reading: Reading, before: Value = (), above: str = "") -> Value:
    """What the model gives for the value before, as operations. Raises DocumentError for what is no such model.

    `above` is the path of the model, if it is inside of another one; layers get their paths as names.
    """
    if not isinstance(model, Mapping) or not isinstance(model.get("config"), Mapping | list):
        raise DocumentError("the file describes no Keras model")
    config, kind = model["config"], model.get("class_name")
    layers = config if isinstance(config, list) else config.get("layers")
    if not isinstance(layers, list) or not layers or not all(isinstance(each, Mapping) for each in layers):
        raise DocumentError(f"the file describes a {echo(kind)}, expected a Sequential or Functional model")

    def passed(layer: Mapping[str, Any], value: Value) -> Value:
        inner = layer.get("config")
        if layer.get("class_name") in _MODELS:
            return value_of(layer, operations_of, reading, value, path_of(above, _name(layer)))
        if not isinstance(inner, Mapping):
            raise DocumentError("a layer in the file has no configuration")
        return (*value, *operations_of(str(layer.get("class_name")), {**inner, "name": path_of(above, _name(layer))}))

    if kind in ("Sequential", None):
        for layer in layers:
            before = passed(layer, before)
        return before
    return _of_graph(layers, config, passed, reading, before)


def _name(layer: Mapping[str, Any]) -> str:
    config = layer.get("config")
    name = layer.get("name") or (config.get("name") if isinstance(config, Mapping) else None)
    return str(name or layer.get("class_name"))


def _of_graph(
    layers: Sequence[Mapping[str, Any]],
    config: Any,
    passed: Callable[[Mapping[str, Any], Value], Value],
    reading: Reading,
    before: Value,
) -> Value:
    waiting = {_name(layer): layer for layer in layers}
    sources = {name: list(_sources(layer.get("inbound_nodes"))) for name, layer in waiting.items()}
    starts = [name for name, read in sources.items() if not read]
    if len(starts) != 1:
        raise DocumentError(f"the model has {len(starts)} inputs, expected one")
    values: dict[str, Value] = {}
    while waiting:
        ready = next((name for name in waiting if all(each in values for each in sources[name])), None)
        if ready is None:
            name = next(iter(waiting))
            raise DocumentError(
                f"layer {echo(name)} is used more than once, which is not held here, or reads what the model has not"
            )
        layer, read = waiting.pop(ready), [values[each] for each in sources[ready]]
        join = _JOINS.get(str(layer.get("class_name")))
        if join is not None and len(read) < 2:
            raise DocumentError(f"layer {echo(ready)} joins a value with a number, which is not held here")
        if join is not None:
            _check_axis(layer, ready)
            values[ready] = join(read, reading, f"layer {echo(ready)}")
        elif len(read) > 1:
            raise DocumentError(
                f"layer {echo(ready)} ({layer.get('class_name')}) reads {len(read)} values, or is used as often: held "
                "are sums (Add) and Concatenate of an earlier value and a later one"
            )
        else:
            values[ready] = passed(layer, read[0] if read else before)
    return values[_end(config, values, sources, reading)]


def _check_axis(layer: Mapping[str, Any], name: str) -> None:
    config = layer.get("config")
    axis = config.get("axis", -1) if isinstance(config, Mapping) else -1
    if axis not in (-1, 1):
        raise DocumentError(f"layer {echo(name)} joins values along axis {echo(axis)}, expected the last")


def _end(config: Any, values: Mapping[str, Value], sources: Mapping[str, list[str]], reading: Reading) -> str:
    """The layer whose value the model gives; asked, where there are several."""
    given = config.get("output_layers") if isinstance(config, Mapping) else None
    ends = [name for name in dict.fromkeys(_history(given)) if name in values]
    if not ends:
        ends = [name for name in values if not any(name in read for read in sources.values())]
    if len(ends) == 1:
        return ends[0]
    question = f"The model has {len(ends)} outputs. Which one is shown?"
    return reading.guess("output", question, {name: name for name in ends}, ends[-1])


def _history(given: Any) -> Iterator[str]:
    """Names of layers in [name, node, tensor], or in a list or dictionary of these."""
    if isinstance(given, list) and given and isinstance(given[0], str) and all(isinstance(n, int) for n in given[1:3]):
        yield given[0]
    elif isinstance(given, list | Mapping):
        for each in given.values() if isinstance(given, Mapping) else given:
            yield from _history(each)


def _sources(nodes: Any) -> Iterator[str]:
    """The layers that are read, in order."""
    if isinstance(nodes, Mapping):
        history = (
            (nodes.get("config") or {}).get("keras_history") if nodes.get("class_name") == "__keras_tensor__" else None
        )
        if isinstance(history, list) and history:
            yield str(history[0])
        else:
            for value in nodes.values():
                yield from _sources(value)
    elif isinstance(nodes, list):
        if (
            len(nodes) >= 3 and isinstance(nodes[0], str) and isinstance(nodes[1], int)
        ):  # Keras 2: [name, node, tensor, …]
            yield nodes[0]
        else:
            for value in nodes:
                yield from _sources(value)
