"""Random documents, and the seven-layer one as plain values: what several tests are given."""

from itertools import pairwise

from hypothesis import strategies as st

from mlpviz.engine import ACTIVATIONS, LOSSES, NORMS
from mlpviz.engine.optimizers import OPTIMIZERS, steps_tensors
from mlpviz.network import Document

small = st.integers(-5, 5).map(float) | st.floats(-3, 3).map(lambda value: round(value, 2))
numbers = small | st.floats(-1e300, 1e300, allow_nan=False)


def matrices(height, width, entries=numbers):
    row = st.lists(entries, min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


@st.composite
def plain_documents(draw, entries=numbers, losses=tuple(LOSSES)):
    """A document as JSON values."""
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=5))
    samples = draw(st.integers(1, 4))
    loss = LOSSES[draw(st.sampled_from(losses))]
    mode = draw(st.sampled_from(["training", "training", "evaluation"]))
    layers = [
        {
            "weight": draw(matrices(outputs, inputs, entries)),
            "bias": draw(st.none() | st.lists(entries, min_size=outputs, max_size=outputs)),
            "activation": draw(choices(ACTIVATIONS)),
        }
        for inputs, outputs in pairwise(widths)
    ]
    if loss.last_activations and draw(st.integers(0, 3)):  # behind any other activation it is computed too
        layers[-1]["activation"] = draw(st.sampled_from(loss.last_activations))
    bare = bool(loss.last_activations) and "identity" not in loss.last_activations
    for index, layer in enumerate(layers):
        is_last = index == len(layers) - 1
        layer |= draw(around(widths, index, samples, mode, entries, with_inner=not (is_last and bare)))
        layer |= draw(slopes_of(layer["activation"], widths[index + 1], samples, entries))
    ties = draw(tied(layers))
    document = {
        "version": 1,
        "name": draw(st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=80)),
        "layers": layers,
        "x": draw(matrices(samples, widths[0], entries)),
        "target": draw(targets(loss, samples, widths[-1], entries)),
        "loss": draw(choices(LOSSES, loss.key, outputs=widths[-1], samples=samples)),
        "learning_rate": draw(st.floats(0, 10)),
    }
    if ties:
        document["ties"] = ties
    if draw(st.booleans()):
        # single places that are tied are no matrix, which some optimizers step
        key = draw(st.sampled_from([key for key, entry in OPTIMIZERS.items() if not (ties and steps_tensors(entry))]))
        can_climb = any(each.name == "maximize" for each in OPTIMIZERS[key].hyperparameters)
        document["optimizer"] = draw(st.sampled_from([key, {"key": key, "maximize": True}])) if can_climb else key
    if mode == "evaluation" or draw(st.booleans()):
        document["mode"] = mode
    if draw(st.booleans()):
        document["pins"] = draw(pins(widths[1:], samples, entries))
    if draw(st.booleans()):
        document["view"] = draw(views)
    return document


@st.composite
def tied(draw, layers):
    """Ties the layers, which are changed so that it is true: weights, transposed or not, and biases. Single ties."""
    for index, layer in enumerate(layers):
        own = (len(layer["weight"]), len(layer["weight"][0]))
        for source, other in enumerate(layers[:index], start=1):
            shape = (len(other["weight"]), len(other["weight"][0]))
            transposed = shape != own or draw(st.booleans())
            if (shape[::-1] if transposed else shape) == own and draw(st.integers(0, 2)) == 0:
                weight = list(map(list, zip(*other["weight"], strict=True))) if transposed else other["weight"]
                layer |= {"weight": weight, "tied_to": source} | ({"transposed": True} if transposed else {})
                break
        if layer["bias"] is not None and draw(st.integers(0, 4)) == 0:
            layer |= {"bias": layer["bias"][:1] * len(layer["bias"]), "one_bias": True}
    first, last = layers[0], layers[-1]
    if len(layers) < 2 or any("tied_to" in layer for layer in layers) or draw(st.integers(0, 3)):
        return []
    last["weight"][0][0] = first["weight"][0][0]
    return [[[1, 1, 1], [len(layers), 1, 1]]]


@st.composite
def choices(draw, registry, key=None, outputs=2, samples=2):
    """A key alone, or an object with some hyperparameters: what a document has for activation, loss or norm."""
    key = key or draw(st.sampled_from(list(registry)))
    hyperparameters = {}
    for hyperparameter in getattr(registry[key], "hyperparameters", ()):
        if draw(st.integers(0, 3)) or hyperparameter.name in ("low", "high", "lower", "upper"):
            continue
        hyperparameters[hyperparameter.name] = draw(hyperparameter_values(hyperparameter, outputs, samples))
    return {"key": key} | hyperparameters if hyperparameters or draw(st.booleans()) else key


def hyperparameter_values(hyperparameter, outputs, samples):
    match hyperparameter.kind:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from(hyperparameter.choices)
        case "floats":
            count = samples if hyperparameter.name == "sample_weight" else outputs
            return st.lists(st.floats(0.1, 2), min_size=count, max_size=count)
    low = max(hyperparameter.low, -2) + (0.001 if hyperparameter.open_low else 0)
    high = min(hyperparameter.high, 3) - (0.001 if hyperparameter.open_high else 0)
    if hyperparameter.kind == "int":
        return st.integers(int(low), int(high)).filter(hyperparameter.holds)
    return st.floats(low, high).map(lambda value: round(value, 3)).filter(hyperparameter.holds)


@st.composite
def slopes_of(draw, activation, width, samples, entries):
    """The slopes that an activation has learned or drawn, or none: then it has the first ones."""
    chosen = ACTIVATIONS[activation if isinstance(activation, str) else activation["key"]]
    if not isinstance(activation, str):
        chosen = chosen.configure(**{name: value for name, value in activation.items() if name != "key"})
    if not chosen.alpha or draw(st.booleans()):
        return {}
    if chosen.alpha == "draw":
        return {"slopes": draw(matrices(samples, width, entries))}
    count = chosen.alphas(width)
    return {"alpha": draw(st.lists(entries, min_size=count, max_size=count))}


@st.composite
def around(draw, widths, index, samples, mode, entries, with_inner):
    """What a layer may have around its activation: norm, dropout with a mask, a skip."""
    outputs, found = widths[index + 1], {}
    if draw(st.integers(0, 3)) == 0:
        norms = [key for key, norm in NORMS.items() if not (norm.running and mode == "training" and samples < 2)]
        found["norm"] = norm = draw(st.sampled_from(norms).flatmap(lambda key: choices(NORMS, key)))
        key, affine = (norm, True) if isinstance(norm, str) else (norm["key"], norm.get("affine", True))
        names = [*NORMS[key].parameters] * affine + ["running_mean"] * NORMS[key].running
        for name in draw(st.sets(st.sampled_from(names))) if names else ():
            found[name] = draw(st.lists(entries, min_size=outputs, max_size=outputs))
        if NORMS[key].running and draw(st.booleans()):
            found["running_var"] = draw(st.lists(st.floats(0, 4), min_size=outputs, max_size=outputs))
    if with_inner and draw(st.integers(0, 3)) == 0:
        found["dropout"] = draw(st.sampled_from([0.1, 0.5, 0.9, 1.0]))
        found["mask"] = draw(matrices(samples, outputs, st.integers(0, int(found["dropout"] < 1))))
    skips = [skip for skip in range(1, index + 2) if widths[index + 1 - skip] == outputs]
    if with_inner and skips and draw(st.integers(0, 2)) == 0:
        found["skip"] = draw(st.sampled_from(skips))
    return found


def targets(loss, samples, outputs, entries=numbers):
    if loss.target == "none":
        return st.none()
    if loss.target in ("values", "gradients"):
        return matrices(samples, outputs, entries)
    if loss.target == "signs":
        return matrices(samples, outputs, st.floats(-1, 1))
    probabilities = matrices(samples, outputs, st.floats(0, 1))
    if loss.target == "probabilities":
        return probabilities
    classes = st.lists(st.integers(0, outputs - 1), min_size=samples, max_size=samples)
    return probabilities | classes if loss.takes_rows else classes


def pins(widths, samples, entries=numbers):
    places = [
        (i, n, j) for i, width in enumerate(widths, 1) for n in range(1, samples + 1) for j in range(1, width + 1)
    ]
    chosen = st.lists(st.tuples(st.sampled_from(places), entries), max_size=3, unique_by=lambda pin: pin[0])
    return chosen.map(
        lambda found: [
            dict(zip(("layer", "sample", "unit", "value"), (*at, value), strict=True)) for at, value in found
        ]
    )


views = st.fixed_dictionaries(
    {},
    optional={
        "step": st.integers(0, 500),
        "sample": st.integers(1, 4),
        "granularity": st.sampled_from(["layer", "unit", "product"]),
        "selection": st.sampled_from(["grad_a 5 1 2", "weight 1 1 1", "x 0 1 1", "loss"]),
        "numbers": st.sampled_from(["2", "f"]),
        "second": st.sampled_from(["weight 2 1 1", "running_mean 32 1024 1"]),
    },
)


def documents(entries=numbers, losses=tuple(LOSSES)):
    return plain_documents(entries, losses).map(Document.parse)
