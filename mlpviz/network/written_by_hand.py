"""What people write where a document says more: one target per sample, parameters beside the layers.

Runs before anything is checked, so that whatever it does not know is left as it was given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mlpviz.engine import LOSSES
from mlpviz.network.layer import Layer
from mlpviz.schema.errors import echo
from mlpviz.schema.spelling import field_of, key_of

_PARAMETER = re.compile(
    r"(?:[Ww]|[Bb]|weights?|bias(?:es)?|[Tt]heta)_?[0-9]+|.*\.(?:weight|bias)|(?:coefs|intercepts)_"
)


def refuse_without_layers(given: Any) -> None:
    """Raises ValueError for parameters that stand in the document itself, as in a state_dict."""
    if isinstance(given, Mapping) and "layers" not in given:
        for name in given:
            if isinstance(name, str) and _PARAMETER.fullmatch(name):
                raise ValueError(
                    f"has {echo(name)} and no layers, expected layers as a list of objects, each with weight, bias and "
                    "activation"
                )


def with_target_rows(given: Any) -> Any:
    """A target that is one number per sample as rows, where the network has one output and the loss no classes."""
    target = given.get("target") if isinstance(given, Mapping) else None
    if not isinstance(target, list) or not target or not all(type(each) in (int, float, str) for each in target):
        return given
    layers, loss = given.get("layers"), given.get("loss")
    last = layers[-1] if isinstance(layers, list | tuple) and layers else None
    names = {field_of(Layer, name): name for name in last} if isinstance(last, Mapping) else {}
    weight = last[names["weight"]] if isinstance(last, Mapping) and "weight" in names else None
    key = key_of(LOSSES, loss.get("key") if isinstance(loss, Mapping) else loss)
    if not isinstance(weight, list) or len(weight) != 1 or key is None or LOSSES[key].target == "classes":
        return given
    return {**given, "target": [[each] for each in target]}
