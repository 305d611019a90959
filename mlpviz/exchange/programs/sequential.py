"""A program with nn.Sequential: PyTorch's own modules, loss, autograd and optimizer, asserting the sheet's numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from mlpviz.engine import LayerSpec
from mlpviz.engine.activations.activation import Activation, Z
from mlpviz.engine.expressions import number_code
from mlpviz.engine.losses.loss_code import loss_code
from mlpviz.engine.tensor_names import layer_tensors
from mlpviz.exchange.programs.arrays import Numbers, array_of, call
from mlpviz.exchange.programs.by_hand import ByHand
from mlpviz.exchange.programs.heads import HEADS
from mlpviz.exchange.programs.program_line import ProgramLine, comment, plain
from mlpviz.exchange.programs.python_text import fitted, renamed
from mlpviz.exchange.programs.update import NOT_WRITTEN
from mlpviz.network import Document, DocumentError
from mlpviz.sheet.optimizer_lines import torch_lines

_MODULES = {
    "z": "nn.Identity()",
    "F.relu(z)": "nn.ReLU()",
    "torch.sigmoid(z)": "nn.Sigmoid()",
    "torch.tanh(z)": "nn.Tanh()",
    "F.softmax(z, dim=-1)": "nn.Softmax(dim=-1)",
    "F.log_softmax(z, dim=-1)": "nn.LogSoftmax(dim=-1)",
    "F.gelu(z)": "nn.GELU()",
    "F.silu(z)": "nn.SiLU()",
    "F.mish(z)": "nn.Mish()",
    "F.selu(z)": "nn.SELU()",
    "F.relu6(z)": "nn.ReLU6()",
    "F.softsign(z)": "nn.Softsign()",
    "F.hardswish(z)": "nn.Hardswish()",
    "F.logsigmoid(z)": "nn.LogSigmoid()",
    "F.tanhshrink(z)": "nn.Tanhshrink()",
}
"""PyTorch's modules for what it computes; any other formula becomes a small module of its own."""


def module_code(activation: Activation, training: bool) -> str | None:
    """The code of PyTorch's module for an activation without numbers of its own; None if there is none."""
    return _MODULES.get(activation.in_mode(training).formula.body.torch({Z: "z"}))


@dataclass(frozen=True)
class Sequential:
    """The program of a document.

    Raises DocumentError for what nn.Sequential cannot hold, and where nothing could be asserted.
    """

    document: Document

    def __post_init__(self) -> None:
        layers, training = self.document.spec.layers, self.document.training
        held = {
            "skips": any(layer.skip for layer in layers),
            "dropout masks of its own": training and any(layer.dropout for layer in layers),
            "drawn slopes": training and any(layer.activation.alpha == "draw" for layer in layers),
            "pinned activations": bool(self.document.pins),
            "tied numbers": self.document.spec.sharing is not None,
            # PyTorch refuses it in training
            "batch norm with an ε of 0": training
            and any(layer.norm is not None and layer.norm.running and layer.norm.eps == 0.0 for layer in layers),
        }
        found = [name for name, is_there in held.items() if is_there]
        if found:
            raise DocumentError(
                f"nn.Sequential cannot hold the {' and the '.join(found)} of this network: "
                "save it as the program for PyTorch, which can"
            )

    @cached_property
    def _by_hand(self) -> ByHand:
        return ByHand(self.document, "torch")

    def lines(self) -> list[ProgramLine]:
        """All lines of the file."""
        body = [*self._model(), *self._numbers(), *self._forward(), *self._loss(), *self._backward(), *self._update()]
        widths = "-".join(map(str, self.document.widths))
        head = plain(f'"""A {widths} network with nn.Sequential in PyTorch, with the numbers of its sheet."""\n')
        if self.document.name.strip():
            head += plain(comment("Name", self.document.name) + "\n")
        code = "\n".join(line.text for line in [*self._own_modules(), *body])
        imports = HEADS["torch"].rstrip("\n").replace("import torch.nn.functional as F\n", "")
        functional = "import torch.nn.functional as F\n" if "F." in code else ""
        imports = imports.replace("import torch\n", f"import torch\n{functional}from torch import nn\n", 1)
        head += plain(imports if "math." in code else imports.removeprefix("import math\n\n"))
        return [*head, *self._own_modules(), *body, *self._by_hand.end()]

    def _formula(self, layer: LayerSpec) -> str:
        return layer.activation.in_mode(self.document.training).formula.body.torch({Z: "z"})

    def _module(self, number: int, layer: LayerSpec) -> str:
        if layer.activation.learns:
            return f"nn.PReLU({layer.activation.alphas(layer.outputs)})"
        return module_code(layer.activation, self.document.training) or f"Activation{number}()"

    def _own_modules(self) -> list[ProgramLine]:
        """A class for each activation that PyTorch has no module for."""
        lines: list[ProgramLine] = []
        for number, layer in enumerate(self.document.spec.layers, start=1):
            if not self._module(number, layer).startswith("Activation"):
                continue
            body = fitted(f"a = {self._formula(layer)}", 92)
            says = f'"""{layer.activation.label}."""'
            lines += plain(f"\n\nclass Activation{number}(nn.Module):\n    {says}\n\n    def forward(self, z):")
            lines += [line for text in body for line in plain(f"        {text}".replace("\n", "\n        "))]
            lines += plain("        return a")
        return [*lines, *plain("\n")] if lines else plain("\n")

    def _model(self) -> list[ProgramLine]:
        lines = plain("model = nn.Sequential(")
        for number, layer in enumerate(self.document.spec.layers, start=1):
            bias = "" if layer.bias else ", bias=False"
            lines += plain(f"    nn.Linear({layer.inputs}, {layer.outputs}{bias}),", f"z.{number}")
            if layer.norm is not None:
                kind = "BatchNorm1d" if layer.norm.running else "LayerNorm" if layer.norm.centred else "RMSNorm"
                affine = "" if layer.norm.affine else f", {'' if layer.norm.running else 'elementwise_'}affine=False"
                momentum = f", momentum={number_code(layer.norm.momentum)}" if layer.norm.running else ""
                settings = f"{layer.outputs}, eps={number_code(layer.norm.eps)}{momentum}{affine}"
                lines += plain(f"    nn.{kind}({settings}),", f"n.{number}")
            lines += plain(f"    {self._module(number, layer)},", f"a.{number}")
        return lines + plain(")" if self.document.training else ")\nmodel.eval()")

    @cached_property
    def _places(self) -> list[tuple[int, int, int]]:
        """For each layer the indices of its linear module, its norm (or that before) and its activation."""
        found, at = [], 0
        for layer in self.document.spec.layers:
            norm = at + (layer.norm is not None)
            found.append((at, norm, norm + 1))
            at = norm + 2
        return found

    def _attribute(self, tensor: str, number: int) -> str:
        """Where a tensor of a layer is in the model."""
        linear, norm, activation = self._places[number - 1]
        if tensor in ("weight", "bias"):
            return f"model[{linear}].{tensor}"
        if tensor == "alpha":
            return f"model[{activation}].weight"
        return f"model[{norm}].{ {'gamma': 'weight', 'beta': 'bias'}.get(tensor, tensor) }"

    def _numbers(self) -> list[ProgramLine]:
        """x, the target, and the parameters in the places of the model."""
        by_hand = self._by_hand
        lines = plain("\n# the samples, a row each")
        lines += by_hand.array("x.0")
        if (target := f"target.{len(self.document.layers)}") in by_hand.blocks:
            lines += by_hand.array(target)
        lines += plain("\n# the parameters\nwith torch.no_grad():")
        for key, block in by_hand.blocks.items():
            if block.quantity.phase == "given" and block.layer and block.quantity.key != "target":
                head = f"{self._attribute(block.quantity.key, block.layer)}[:] = torch.tensor("
                numbers: Numbers = array_of(block.quantity, by_hand.values[key], exact=True)
                lines += call(head, [numbers], key, given=True, indent="    ")
        return lines

    def _forward(self) -> list[ProgramLine]:
        lines = plain("\n# Forward, module by module\noutputs = []\nfor module in model:")
        lines += plain("    outputs.append(module(outputs[-1] if outputs else x))")
        for number, layer in enumerate(self.document.spec.layers, start=1):
            linear, norm, activation = self._places[number - 1]
            lines += self._same(f"z.{number}", f"outputs[{linear}]")
            if layer_tensors(layer, self.document.training).normed:
                lines += self._same(f"n.{number}", f"outputs[{norm}]")
            lines += self._same(f"a.{number}", f"outputs[{activation}]")
        return lines

    def _same(self, key: str, found: str) -> list[ProgramLine]:
        return self._by_hand.check(self._by_hand.blocks[key], found)

    def _loss(self) -> list[ProgramLine]:
        loss, block = self.document.spec.loss, f"loss.{len(self.document.layers)}"
        lines = plain(f"\n# Loss: {loss.label}\ny = outputs[-1]")
        for text in fitted(loss_code(loss, "torch")):
            lines += plain(text, block)
        return lines + self._same(block, "loss")

    @property
    def _parameters(self) -> list[tuple[str, int]]:
        return [(name, number) for number, slot in enumerate(self.document.spec.slots, start=1) for name in slot.names]

    def _backward(self) -> list[ProgramLine]:
        lines = plain("\n# Backward, by autograd\nloss.backward()")
        for name, number in self._parameters:
            lines += self._same(f"grad_{name}.{number}", f"{self._attribute(name, number)}.grad")
        return lines + self._same("grad_x.0", "x.grad")

    def _update(self) -> list[ProgramLine]:
        step = self.document.next_step
        label = step.optimizer.label
        is_plain_step = self.document.optimizer_state is None and step.groups is None and step.penalty is None
        if not (step.optimizer.is_torchs and is_plain_step and self._by_hand.update_is_written):
            return plain(
                f"\n{NOT_WRITTEN} {label} as it is set here\n"
                "# takes more than a fresh optimizer of PyTorch. The program for PyTorch has it."
            )
        names = {"optim": "torch.optim", "params": "model.parameters()"}
        names["learning_rate"] = number_code(step.learning_rate)
        lines = plain(f"\n# Update: {label}")
        for text in renamed(torch_lines(step.optimizer), names).split("\n"):
            lines += [line for each in fitted(text) for line in plain(each)]
        for name, number in self._parameters:
            lines += self._same(f"new_{name}.{number}", self._attribute(name, number))
        return lines
