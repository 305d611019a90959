"""The networks that the sheet offers to start from: one record each, its document in `<key>.json` beside this file.

Every preset shows one thing; `question` is what a teacher would ask about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from mlpviz.engine.registry import Registry
from mlpviz.network import Document


@dataclass(frozen=True)
class Preset:
    """A named document; `description` is one line for the menu."""

    key: str
    label: str
    description: str
    question: str
    source: str = ""

    @cached_property
    def document(self) -> Document:
        """The document, read and checked at first use."""
        text = files("mlpviz.examples.networks").joinpath(f"{self.key}.json").read_text(encoding="utf-8")
        return Document.parse(text)


PRESETS: Registry[Preset] = Registry(
    "preset",
    (
        Preset(
            key="seven_layers",
            label="Seven layers, by hand",
            description="Seven layers without biases, two samples, every number a small integer.",
            question="In layer 5, ∂L/∂a of unit 1 is 0 for sample 2, though its gate is open: why?",
            source="weights and x: Tom Yeh, AI by Hand, as transcribed by Jeremy London",
        ),
        Preset(
            key="mazur",
            label="Mazur's 2-2-2 sigmoid",
            description="The step by step backpropagation example: one sample, ½ SSE, learning rate 0.5.",
            question="What is the loss after one update, and after ten?",
            source="Matt Mazur, A Step by Step Backpropagation Example",
        ),
        Preset(
            key="xor",
            label="XOR, solved by 2-2-1",
            description="Two ReLU units solve XOR exactly: the loss and every gradient are 0.",
            question="Change one weight by 0.1: which gradients wake up?",
            source="Goodfellow, Bengio and Courville, Deep Learning, section 6.1",
        ),
        Preset(
            key="perceptron",
            label="Perceptron, AND",
            description="Rosenblatt's rule: a sample on the wrong side of 0 adds t·x to the weights, one on the right "
            "side changes nothing.",
            question="Step with one sample after the other: after how many rounds is none of them wrong?",
            source="Rosenblatt 1958, as the hinge with margin 0",
        ),
        Preset(
            key="softmax",
            label="Softmax classifier, 3-4-3",
            description="Three classes, softmax and cross-entropy by hand, four samples.",
            question="Why is ∂L/∂z of the last layer just (a − t) / N?",
        ),
        Preset(
            key="vanishing",
            label="Ten sigmoid layers",
            description="Each sigmoid passes on at most a quarter: the gradient fades on its way back.",
            question="How much smaller is the gradient of layer 1 than that of layer 10?",
        ),
        Preset(
            key="dead_relu",
            label="A dead ReLU unit, 2-3-1",
            description="Unit 3 of layer 1 is closed for every sample, so no gradient ever reaches its weights.",
            question="Which single number brings the dead unit back to life?",
        ),
        Preset(
            key="batch_norm",
            label="Batch norm, 2-2-1",
            description="Three samples, normalised unit by unit before the ReLU: every number depends on every sample.",
            question="Drag an input of sample 1: why do the numbers of the other samples move as well?",
        ),
        Preset(
            key="residual",
            label="Three residual layers",
            description="Small weights, and a skip around each of three tanh layers.",
            question="Take the skips away: how much of the gradient of layer 1 is left?",
        ),
        Preset(
            key="dropout",
            label="Dropout, 2-4-2-1",
            description="Half of the hidden units are dropped, others for each sample; the mask is there to click.",
            question="Switch a unit on or off in the mask: which weights begin or stop to learn?",
        ),
        Preset(
            key="shared_weight",
            label="One weight, used twice",
            description="The question of many exams: the same w in both layers, so its gradient has two parts.",
            question="Which part of ∂L/∂w comes from which layer, and what does the update use?",
        ),
        Preset(
            key="tied_autoencoder",
            label="A tied autoencoder, 4-2-4",
            description="The decoder has the weight of the encoder, transposed: every number works twice.",
            question="Untie layer 2 in its menu: what of the gradient is gone from the update of layer 1?",
        ),
        Preset(
            key="iris",
            label="Iris, 4-30-10-3",
            description="Three real flowers, one of each species, and 493 parameters: too wide to read cell by cell.",
            question="Which flower does the untrained network get right?",
            source="Fisher 1936; weights drawn by He's rule and rounded",
        ),
    ),
)
