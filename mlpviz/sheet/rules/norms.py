"""The rules of a norm, between z and φ: mean, variance, ẑ, n, and their gradients."""

from __future__ import annotations

from mlpviz.engine import LayerSpec, NetworkSpec, Norm
from mlpviz.engine.expressions import Expression, Number, Symbol, sqrt
from mlpviz.engine.hyperparameters import tex
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.sheet.blocks import Shape
from mlpviz.sheet.rules.dense import through_activation
from mlpviz.sheet.rules.rule import Detail, Ref, Rule, expression_template, partial

_MU, _VAR = r"\mu", r"\sigma^2"

Z, MEAN, VARIANCE, EPSILON = Symbol("z", "z"), Symbol(_MU, "mean"), Symbol(_VAR, "var"), Symbol(r"\epsilon", "eps")
MOMENTUM, COUNT = Symbol("m", "momentum"), Symbol("N", "N")
RUNNING_MEAN = Symbol(r"\text{running }\mu", "running_mean")
RUNNING_VARIANCE = Symbol(r"\text{running }\sigma^2", "running_var")

DIFFERENCE = Z - MEAN
SCORE = DIFFERENCE / sqrt(VARIANCE + EPSILON)
MEAN_RATE = Number(-1) / sqrt(VARIANCE + EPSILON)
"""∂ẑ/∂μ."""
MEAN_SQUARE = Symbol(r"\text{RMS}^2", "mean_square")
RMS_SCORE = Z / sqrt(MEAN_SQUARE + EPSILON)
NEW_RUNNING_MEAN = (1 - MOMENTUM) * RUNNING_MEAN + MOMENTUM * MEAN
NEW_RUNNING_VARIANCE = (1 - MOMENTUM) * RUNNING_VARIANCE + MOMENTUM * VARIANCE * (COUNT / (COUNT - 1))


def _spread(norm: Norm) -> Symbol:
    """The statistic whose root divides: the variance, or in RMS norm the mean square."""
    return VARIANCE if norm.centred else MEAN_SQUARE


def _hat(n: int) -> str:
    return rf"\hat{{z}}^{{{n}}}_{{j}}"


def _normed(n: int, spec: NetworkSpec) -> tuple[LayerSpec, Norm]:
    layer = spec.layers[n - 1]
    if layer.norm is None:
        raise LookupError(f"layer {n} has no norm")
    return layer, layer.norm


def _along(n: int, spec: NetworkSpec, shape: Shape) -> tuple[int, str, str, str]:
    """How many numbers a mean is taken over, their index, the index of the mean, and the numbers in words."""
    layer, norm = _normed(n, spec)
    if norm.running:
        return shape.samples, "n", "j", "of this unit over the samples of the batch"
    return layer.outputs, "j", "n", "of this sample over the units of the layer"


def _size(letter: str) -> str:
    """The letter for the number of samples n, or of units j."""
    return "N" if letter == "n" else "O"


def _statistic(tensor: str, n: int, spec: NetworkSpec, shape: Shape) -> Ref:
    """The cell of the mean or the variance that a cell of z is normalised with."""
    _, norm = _normed(n, spec)
    if not norm.running:
        return (f"{tensor}.{n}", 0, "c")
    return (f"{tensor}.{n}" if shape.training else f"running_{tensor}.{n}", "r", 0)


def _each(block: str, n: int, spec: NetworkSpec) -> Ref:
    """The k-th number that goes into a mean or a variance."""
    return (f"{block}.{n}", "r", "k") if _normed(n, spec)[1].running else (f"{block}.{n}", "k", "c")


def _own(block: str, n: int, spec: NetworkSpec) -> Ref:
    """The statistic's own cell."""
    return (f"{block}.{n}", "r", 0) if _normed(n, spec)[1].running else (f"{block}.{n}", 0, "c")


def mean(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """μ of the batch or of the sample."""
    count, letter, own, words = _along(n, spec, shape)
    return Rule(
        rf"\mu^{{{n}}}_{{{own}}} = \frac{{1}}{{{_size(letter)}}} \sum_{{{letter}}} z^{{{n}}}",
        count=count,
        factors=(_each("z", n, spec),),
        divisor=(f"count.{n}", 0, 0),
        sentence=f"The mean of z {words}.",
        numpy=f"mean = z.mean(axis={_normed(n, spec)[1].axis + 2}, keepdims=True)",
        torch=f"mean = z.mean({_normed(n, spec)[1].axis + 2}, keepdim=True)",
    )


def var(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """σ², the mean squared distance from μ."""
    count, letter, own, words = _along(n, spec, shape)
    axis, centred = _normed(n, spec)[1].axis + 2, _each("centred", n, spec)
    return Rule(
        rf"(\sigma^2)^{{{n}}}_{{{own}}} = \frac{{1}}{{{_size(letter)}}} \sum_{{{letter}}} (z^{{{n}}} - \mu)^2",
        count=count,
        factors=(centred, centred),
        divisor=(f"count.{n}", 0, 0),
        details=(_difference(n, spec, count),),
        sentence=f"The variance of z {words}: the mean of the squared distances from μ.",
        numpy=f"var = z.var(axis={axis}, keepdims=True)",
        torch=f"var = z.var({axis}, correction=0, keepdim=True)",
    )


def mean_square(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """RMS², the mean square of z over the units of a sample."""
    count, letter, own, words = _along(n, spec, shape)
    axis, each = _normed(n, spec)[1].axis + 2, _each("z", n, spec)
    return Rule(
        rf"(\text{{RMS}}^2)^{{{n}}}_{{{own}}} = \frac{{1}}{{{_size(letter)}}} \sum_{{{letter}}} (z^{{{n}}})^2",
        count=count,
        factors=(each, each),
        divisor=(f"count.{n}", 0, 0),
        sentence=f"The mean of z² {words}. Its root is the root mean square, RMS.",
        numpy=f"mean_square = (z**2).mean(axis={axis}, keepdims=True)",
        torch=f"mean_square = z.square().mean({axis}, keepdim=True)",
    )


def _difference(n: int, spec: NetworkSpec, count: int) -> Detail:
    template, refs = expression_template(DIFFERENCE, {Z: _each("z", n, spec), MEAN: _own("mean", n, spec)})
    return Detail(DIFFERENCE.latex(), template, refs, value=_each("centred", n, spec), sources=refs, count=count)


def _score(n: int, spec: NetworkSpec, shape: Shape) -> tuple[str, str, tuple[Ref, ...]]:
    """ẑ in letters, and its template with references."""
    norm = _normed(n, spec)[1]
    refs: dict[Symbol, Ref] = {
        Z: (f"z.{n}", "r", "c"),
        MEAN: _statistic("mean", n, spec, shape),
        _spread(norm): _statistic(norm.spread, n, spec, shape),
    }
    formula, texts = _score_formula(norm), {EPSILON: tex(norm.eps)}
    return formula.latex({Z: f"z^{{{n}}}_{{j}}"}), *expression_template(formula, refs, texts)


def _score_formula(norm: Norm) -> Expression:
    return SCORE if norm.centred else RMS_SCORE


def normalised(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """ẑ, before γ and β."""
    formula, template, refs = _score(n, spec, shape)
    written = rf"\hat{{z}}^{{{n}}}_{{j}} = {formula}"
    if _normed(n, spec)[1].centred:
        return Rule(written, template=template, refs=refs)
    return Rule(
        written,
        template=template,
        refs=refs,
        sentence="z with mean square 1 over the units of its sample: how many root mean squares it is.",
        numpy=f"normalised = {RMS_SCORE.numpy()}",
        torch=RMS_SCORE.torch(),
    )


def n(number: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """n, the input of φ."""
    _, norm = _normed(number, spec)
    place = rf"^{{{number}}}_{{j}}"
    sentence = norm.sentence
    if norm.running and not shape.training:
        sentence = "In evaluation batch norm uses the running statistics: each sample is on its own."
    if not norm.affine:
        formula, template, refs = _score(number, spec, shape)
        return Rule(
            rf"n^{{{number}}}_{{j}} = {formula}",
            template=template,
            refs=refs,
            sentence=sentence,
            numpy=f"n = {_score_formula(norm).numpy()}",
            torch=norm.torch_code.format(affine="None, None" if norm.centred else "None"),
        )
    shifts = "beta" in norm.parameters
    return Rule(
        rf"n{place} = \gamma{place} \cdot \hat{{z}}{place}" + (rf" + \beta{place}" if shifts else ""),
        count=1,
        factors=((f"gamma.{number}", "r", 0), (f"normalised.{number}", "r", "c")),
        plus=((f"beta.{number}", "r", 0),) if shifts else (),
        sentence=sentence,
        numpy="n = gamma * normalised" + " + beta" * shifts,
        torch=norm.torch_code.format(affine=", ".join(norm.parameters)),
    )


def grad_normalised(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂ẑ, before γ."""
    return Rule(
        rf"{partial(_hat(n))} = {partial(f'n^{{{n}}}_{{j}}')} \cdot \gamma^{{{n}}}_{{j}}",
        count=1,
        factors=((f"grad_n.{n}", "r", "c"), (f"gamma.{n}", "r", 0)),
    )


def _upstream(n: int, spec: NetworkSpec) -> tuple[str, str]:
    """Block and symbol of the gradient of ẑ: that of n where the norm has no γ and β."""
    affine = _normed(n, spec)[1].affine
    return ("grad_normalised", rf"\hat{{z}}^{{{n}}}") if affine else ("grad_n", f"n^{{{n}}}")


def grad_spread(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂σ²: ẑ falls with it, by ẑ / (2 (σ² + ε)). ∂L/∂RMS² in the same way."""
    count, letter, _, _ = _along(n, spec, shape)
    (block, symbol), norm = _upstream(n, spec), _normed(n, spec)[1]
    score, rate = "normalised" if norm.affine else "n", Number(-1) / (2 * (_spread(norm) + EPSILON))
    latex = partial(_spread(norm).latex())
    return Rule(
        rf"{latex} = \sum_{{{letter}}} {partial(symbol)} \cdot \hat{{z}} \cdot {rate.latex()}",
        count=count,
        factors=(_each(block, n, spec), _each(score, n, spec), _own(f"{norm.spread}_rate", n, spec)),
        details=(_rate(rate, f"{norm.spread}_rate", n, spec),),
    )


def _rate(formula: Expression, value: str, n: int, spec: NetworkSpec) -> Detail:
    """A derivative of ẑ that has no cell of its own."""
    norm = _normed(n, spec)[1]
    template, refs = expression_template(formula, {_spread(norm): _own(norm.spread, n, spec)}, {EPSILON: tex(norm.eps)})
    return Detail(formula.latex(), template, refs, value=_own(value, n, spec), sources=refs)


def grad_mean(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂μ, z and σ² held: ẑ falls with it, by 1 / √(σ² + ε)."""
    count, letter, _, _ = _along(n, spec, shape)
    block, symbol = _upstream(n, spec)
    return Rule(
        rf"{partial(_MU)} = \sum_{{{letter}}} {partial(symbol)} \cdot {MEAN_RATE.latex()}",
        count=count,
        factors=(_each(block, n, spec), _own("mean_rate", n, spec)),
        details=(_rate(MEAN_RATE, "mean_rate", n, spec),),
    )


def grad_z(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂z: from ∂L/∂ẑ through the norm, or without a norm through φ alone."""
    layer = spec.layers[n - 1]
    norm, parts = layer.norm, layer_tensors(layer, shape.training)
    if norm is None:
        return through_activation(n, spec, shape)
    block, symbol = _upstream(n, spec)
    upstream, count = partial(f"{symbol}_{{j}}"), "N" if norm.running else "O"
    rate = _own("rate", n, spec)
    refs: tuple[Ref, ...] = ((f"{block}.{n}", "r", "c"), rate)
    root = (Number(1) / sqrt(_spread(norm) + EPSILON)).latex()
    formula = rf"{partial(f'z^{{{n}}}_{{j}}')} = {root} \cdot {upstream}"
    template = r"\text{ref1} \cdot \text{ref0}"
    sentence = "The running statistics are given numbers: each z reaches its own ẑ only."
    numpy = f"grad_z = {block} / np.sqrt({norm.spread} + eps)"
    if not norm.centred:
        formula += rf" + \frac{{2 z}}{{O}} \cdot {partial(MEAN_SQUARE.latex())}"
        template += r" + \frac{2 \cdot \text{ref4}}{\text{ref2}} \cdot \text{ref3}"
        refs += ((f"count.{n}", 0, 0), _own("grad_mean_square", n, spec), (f"z.{n}", "r", "c"))
        sentence = (
            "z goes two ways: straight to its own ẑ, and through RMS² to the ẑ of all units of its sample: so the "
            "units are no longer on their own."
        )
        numpy += " + grad_mean_square * 2 * z / z.shape[1]"
    elif parts.statistics:
        formula += (
            rf" + \frac{{1}}{{{count}}} \cdot {partial(_MU)} + \frac{{2 (z - \mu)}}{{{count}}} \cdot {partial(_VAR)}"
        )
        template += r" + \frac{\text{ref2}}{\text{ref3}} + \frac{2 \cdot \text{ref5}}{\text{ref3}} \cdot \text{ref4}"
        refs += (
            _own("grad_mean", n, spec), (f"count.{n}", 0, 0), _own("grad_var", n, spec), (f"centred.{n}", "r", "c")
        )  # fmt: skip
        others = "samples" if norm.running else "units"
        sentence = (
            "z goes three ways: straight to its own ẑ, and through μ and σ² to the ẑ of all other "
            f"{others}: so the {others} are no longer on their own."
        )
        size = "len(z)" if norm.running else "z.shape[1]"
        numpy += f" + grad_mean / {size} + grad_var * 2 * (z - mean) / {size}"
    return Rule(formula, template=template, refs=refs, sentence=sentence, numpy=numpy)


def grad_gamma(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂γ, added up over the samples."""
    samples, gamma = r"\sum_{n} " if shape.samples > 1 else "", rf"\gamma^{{{n}}}_{{j}}"
    return Rule(
        rf"{partial(gamma)} = {samples}{partial(f'n^{{{n}}}_{{j}}')} \cdot {_hat(n)}",
        count=shape.samples,
        factors=((f"grad_n.{n}", "r", "k"), (f"normalised.{n}", "r", "k")),
    )


def grad_beta(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """∂L/∂β, added up over the samples."""
    samples, beta = r"\sum_{n} " if shape.samples > 1 else "", rf"\beta^{{{n}}}_{{j}}"
    return Rule(
        rf"{partial(beta)} = {samples}{partial(f'n^{{{n}}}_{{j}}')}",
        count=shape.samples,
        factors=((f"grad_n.{n}", "r", "k"),),
    )


def new_running_mean(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """The running mean after this batch."""
    share = tex(_normed(n, spec)[1].momentum)
    refs: dict[Symbol, Ref] = {RUNNING_MEAN: (f"running_mean.{n}", "r", 0), MEAN: (f"mean.{n}", "r", 0)}
    template, found = expression_template(NEW_RUNNING_MEAN, refs, {MOMENTUM: share})
    return Rule(
        rf"\text{{new running }}\mu = {NEW_RUNNING_MEAN.latex()}, \quad m = {share}", template=template, refs=found
    )


def new_running_var(n: int, spec: NetworkSpec, shape: Shape) -> Rule:
    """The running variance after this batch, unbiased."""
    share = tex(_normed(n, spec)[1].momentum)
    refs: dict[Symbol, Ref] = {
        RUNNING_VARIANCE: (f"running_var.{n}", "r", 0),
        VARIANCE: (f"var.{n}", "r", 0),
        COUNT: (f"count.{n}", 0, 0),
    }
    template, found = expression_template(NEW_RUNNING_VARIANCE, refs, {MOMENTUM: share})
    return Rule(
        rf"\text{{new running }}\sigma^2 = {NEW_RUNNING_VARIANCE.latex()}, \quad m = {share}",
        template=template,
        refs=found,
    )
