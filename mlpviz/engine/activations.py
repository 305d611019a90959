"""Which activation functions exist: value and derivative side by side, one record each.

Refuses to know about layers. Derivatives at kinks are PyTorch's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpviz.engine.parameters import Array
from mlpviz.engine.registry import Registry


@dataclass(frozen=True)
class Activation:
    """One activation function a = φ(z), applied along the last axis.

    `value(z) -> a` and `vjp(z, a, grad_a) -> grad_z` take and give arrays (..., N, O); the vector-Jacobian
    product makes softmax no special case. `slope(z, a)` is φ'(z) and exists for elementwise functions only.
    `latex` writes φ with the letter z (softmax: unit j of O); `slope_latex` writes φ' with z and a.
    `kinks` are the z at which φ' jumps. `torch` names the twin: a function of z in `torch.nn.functional` or `torch`,
    or an entry of the table in `mlpviz/reference.py`; `torch_code` is the same as a line of PyTorch.
    """

    key: str
    label: str
    latex: str
    slope_latex: str
    sentence: str
    torch: str
    torch_code: str
    value: Callable[[Array], Array]
    vjp: Callable[[Array, Array, Array], Array]
    slope: Callable[[Array, Array], Array] | None
    kinks: tuple[float, ...] = ()
    numpy: str = ""
    numpy_grad: str = ""
    source: str = ""

    @property
    def elementwise(self) -> bool:
        """Whether each a depends on its own z alone."""
        return self.slope is not None


def _elementwise(
    key: str,
    *,
    label: str,
    latex: str,
    slope_latex: str,
    sentence: str,
    torch: str,
    torch_code: str,
    numpy: str,
    numpy_grad: str,
    value: Callable[[Array], Array],
    slope: Callable[[Array, Array], Array],
    kinks: tuple[float, ...] = (),
    source: str = "",
) -> Activation:
    return Activation(
        key=key,
        label=label,
        latex=latex,
        slope_latex=slope_latex,
        sentence=sentence,
        torch=torch,
        torch_code=torch_code,
        numpy=numpy,
        numpy_grad=numpy_grad,
        value=value,
        vjp=lambda z, a, grad_a: grad_a * slope(z, a),
        slope=slope,
        kinks=kinks,
        source=source,
    )


def sigmoid(z: Array) -> Array:
    """1 / (1 + e^-z), from e^-|z| so that no exponential overflows and no digit of a small value is lost."""
    small = np.exp(-np.abs(z))
    return np.where(z >= 0.0, 1.0, small) / (1.0 + small)


def log_softmax(z: Array) -> Array:
    """log(e^z_j / Σ_k e^z_k) over the last axis; the maximum is subtracted so that nothing overflows."""
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def softmax(z: Array) -> Array:
    """e^z_j / Σ_k e^z_k over the last axis; the maximum is subtracted so that nothing overflows."""
    exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
    return exponentials / exponentials.sum(axis=-1, keepdims=True)


ACTIVATIONS: Registry[Activation] = Registry(
    "activation",
    (
        Activation(
            key="identity",
            label="identity",
            latex="z",
            slope_latex="1",
            sentence="The identity passes z on unchanged; its slope is 1 everywhere.",
            torch="identity",
            torch_code="a = z",
            numpy="a = z",
            numpy_grad="grad_z = grad_a",
            value=lambda z: z,
            vjp=lambda z, a, grad_a: grad_a,
            slope=lambda z, a: np.ones_like(z),
        ),
        _elementwise(
            "relu",
            label="ReLU",
            latex=r"\max(0, z)",
            slope_latex=r"[z > 0]",
            sentence="ReLU lets positive z through and closes the gate (0) for the rest.",
            torch="relu",
            torch_code="a = F.relu(z)",
            numpy="a = np.maximum(z, 0)",
            numpy_grad="grad_z = grad_a * (z > 0)",
            value=lambda z: np.maximum(z, 0.0),
            slope=lambda z, a: z > 0.0,  # a Boolean multiplies as 0 or 1
            kinks=(0.0,),
            source="Nair and Hinton 2010; slope 0 at 0 as in PyTorch",
        ),
        _elementwise(
            "leaky_relu",
            label="leaky ReLU",
            latex=r"\max(z, 0.01 \cdot z)",
            slope_latex=r"[z > 0] + 0.01 \cdot [z \leq 0]",
            sentence="Leaky ReLU lets positive z through and keeps a hundredth of the rest.",
            torch="leaky_relu",
            torch_code="a = F.leaky_relu(z)",
            numpy="a = np.where(z > 0, z, 0.01 * z)",
            numpy_grad="grad_z = grad_a * np.where(z > 0, 1, 0.01)",
            value=lambda z: np.where(z > 0.0, z, 0.01 * z),
            slope=lambda z, a: np.where(z > 0.0, 1.0, 0.01),
            kinks=(0.0,),
            source="Maas et al. 2013; slope 0.01 at 0 as in PyTorch",
        ),
        _elementwise(
            "sigmoid",
            label="sigmoid",
            latex=r"\frac{1}{1 + e^{-z}}",
            slope_latex=r"a \cdot (1 - a)",
            sentence="The sigmoid squeezes z into 0 to 1; its slope is never above 1/4.",
            torch="sigmoid",
            torch_code="a = torch.sigmoid(z)",
            numpy="a = 1 / (1 + np.exp(-z))",
            numpy_grad="grad_z = grad_a * a * (1 - a)",
            value=sigmoid,
            slope=lambda z, a: a * (1.0 - a),
        ),
        _elementwise(
            "tanh",
            label="tanh",
            latex=r"\tanh(z)",
            slope_latex=r"1 - a^2",
            sentence="Tanh squeezes z into −1 to 1; its slope is 1 at 0 and falls to 0 on both sides.",
            torch="tanh",
            torch_code="a = torch.tanh(z)",
            numpy="a = np.tanh(z)",
            numpy_grad="grad_z = grad_a * (1 - a**2)",
            value=np.tanh,
            slope=lambda z, a: 1.0 - a * a,
        ),
        Activation(
            key="softmax",
            label="softmax",
            latex=r"\frac{e^{z_j}}{\sum_k e^{z_k}}",
            slope_latex=r"a_j \cdot ([j = k] - a_k)",
            sentence="Softmax turns the layer's z into probabilities that add up to 1; each depends on every z.",
            torch="softmax",
            torch_code="a = F.softmax(z, dim=-1)",
            numpy="a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)",
            numpy_grad="grad_z = a * (grad_a - (grad_a * a).sum(axis=1, keepdims=True))",
            value=softmax,
            # Jᵀg with J = diag(a) - a aᵀ, without building the O x O matrix
            vjp=lambda z, a, grad_a: a * (grad_a - (grad_a * a).sum(axis=-1, keepdims=True)),
            slope=None,
            source="over the units of one sample (dim=1)",
        ),
    ),
)
