"""Every word and symbol that the pages use without a formula beside it, each in one plain sentence.

The help on the pages and the list in `docs/glossary.md` are made from this table by `python -m tools.web_words`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One term: `label` as it is written, `sentence` what it means to somebody who meets it for the first time.

    `words` are the forms of it in running text that are explained where they stand first.
    """

    key: str
    label: str
    sentence: str
    words: tuple[str, ...] = ()


_ALL = (
    # the columns of the sheet, by the keys of its quantities
    Term("x", "x", "The inputs: the numbers that the network is given, one column for each sample."),
    Term("weight", "W", "The weights: by how much each number that comes in is multiplied; these are learned."),
    Term("bias", "b", "The bias: a number that a unit adds whatever comes in; it is learned too."),
    Term("z", "z", "What a unit adds up: every number that comes in, times its weight, plus the bias if there is one."),
    Term("a", "a", "The activation: what a unit passes on; φ of its layer makes it of z, or of n behind a norm."),
    Term("target", "t", "The target: what the output should be for this sample."),
    Term("probabilities", "p", "The probability that the loss makes of an output."),
    Term("loss_term", "ℓ", "What one output of one sample adds to the loss."),
    Term("loss", "L", "The loss: one number for how wrong the outputs are; learning makes it smaller."),
    Term("grad_a", "∂L/∂a", "By how much the loss grows when a grows a little: what passing on more would cost."),
    Term("grad_h", "∂L/∂h", "By how much the loss grows when h, the activation before dropout, grows a little."),
    Term("grad_z", "∂L/∂z", "By how much the loss grows when z grows a little."),
    Term("grad_x", "∂L/∂x", "By how much the loss grows when an input grows a little."),
    Term("grad_weight", "∂L/∂W",
         "By how much the loss grows when a weight grows a little; the update goes the other way."),
    Term("grad_bias", "∂L/∂b",
         "By how much the loss grows when a bias grows a little; the update goes the other way."),
    Term("new_weight", "new W",
         "What each weight would be after one update: a small step that is to make the loss fall."),
    Term("new_bias", "new b", "What each bias would be after one update."),
    Term("mean", "μ", "The mean: the average that a norm subtracts."),
    Term("var", "σ²", "The variance: how far numbers spread around their mean; a norm divides by its root."),
    Term("normalised", "ẑ", "z with its spread made 1; but for RMS norm its mean is taken away too."),
    Term("gamma", "γ", "The scale of a norm: what ẑ is multiplied by; it is learned."),
    Term("beta", "β", "The shift of a norm: what is added to the scaled ẑ; it is learned."),
    Term("mask", "mask", "Which units dropout keeps: 1 keeps a unit for this sample, 0 drops it."),
    # the four parts of a pass
    Term("forward", "forward", "Forward: from the inputs to the outputs, layer by layer.", ("forward pass",)),
    Term("backward", "backward",
         "Backward: from the loss back to every weight, to find what each has to do with it.",
         ("backward pass",)),
    Term("update", "update", "Update: every weight takes a small step that is to make the loss fall."),
    # tools
    Term("eta", "η", "The learning rate: how far one update goes; too large overshoots, too small takes long.",
         ("learning rate",)),
    Term("optimizer", "optimizer",
         "The rule that turns gradients into updates; SGD goes straight against the gradient."),
    Term("steps_taken", "t", "How many updates the optimizer has made and remembers."),
    Term("sizes", "sizes", "One colour scale for all layers, and how large each block is as a whole."),
    Term("sample", "sample", "One example: its inputs and its target. The drawing shows the chosen one."),
    Term("norm", "‖·‖", "The size of a whole block: the root of the sum of all its squares.", ("gradient norm",)),
    # what happens in a network
    Term("gradient", "gradient",
         "By how much the loss grows when a number grows a little; 0 says that it has no effect.",
         ("gradient", "gradients")),
    Term("slope", "slope",
         "How fast a function rises at a place: what a small change is multiplied by.", ("slope",)),
    Term("closed", "closed",
         "A closed gate: what ReLU reads is not above 0, so it gives 0 and lets no gradient back (struck through).",
         ("closed", "closes")),
    Term("dead", "dead", "Dead: closed for every sample, so no update can reach it and it never learns again.",
         ("dead",)),
    Term("saturated", "saturated",
         "Saturated: so far out that the curve is flat, so that hardly any gradient comes back.",
         ("saturated", "saturates")),
    Term("logits", "logits",
         "Logits: the raw outputs before they become probabilities; any numbers, also negative.",
         ("logits",)),
    Term("curvature", "curvature",
         "Curvature: how fast the slope itself changes; where it is large only small steps are safe.",
         ("curvature", "curved")),
    Term("pinned", "pinned", "Pinned: held at a number that you chose; no gradient flows through it.", ("pinned",)),
    Term("frozen", "frozen", "Frozen: no update changes it.", ("frozen",)),
    Term("dropout", "dropout", "Dropout switches some units off at random while the network learns.", ("dropout",)),
    Term("penalty", "penalty", "What is added to the loss so that the weights stay small.", ("penalty",)),
    # learning
    Term("epoch", "epoch", "Once through all training samples.", ("epoch", "epochs")),
    Term("batch", "batch", "The samples that one update is made from.", ("batch",)),
    Term("train_loss", "train loss", "The loss on the samples that the network learns from."),
    Term("validation_loss", "validation loss",
         "The loss on samples that it does not learn from: whether it has understood or memorised.",
         ("validation loss",)),
    Term("accuracy", "accuracy", "How many of 100 samples get the right class."),
    Term("gradient_norm", "gradient norm",
         "How large all gradients of a layer are together: near 0 it hardly learns."),
    Term("dead_units", "dead units", "How many units give 0 for every sample and never learn again."),
    Term("overfitting", "overfitting", "Learning the training samples by heart: better there, worse on new ones.",
         ("overfitting",)),
    Term("stratified", "stratified", "Every part gets the same share of each class."),
    Term("k_fold", "k-fold", "Train k times, each time with another part held back to validate."),
    Term("seed", "seed", "The number from which chance starts: the same seed draws the same numbers."),
    Term("scaling", "scaling", "Brings all inputs to a similar size, which makes learning easier."),
    Term("discretize", "discretize", "Colours the map by the class alone, without how sure the network is."),
    # checking
    Term("autograd", "autograd",
         "PyTorch's own way to compute gradients: it records every operation and goes back.",
         ("autograd",)),
    Term("central_differences", "central differences",
         "The gradient measured: the loss a little to the right minus a little to the left, over the distance.",
         ("central differences", "finite differences")),
    Term("tensor", "tensor", "A block of numbers: a row, a matrix, or more dimensions.", ("tensor",)),
    Term("max_difference", "max |Δ|", "The largest difference between two ways of computing the same block."),
    Term("relative", "relative", "The largest difference, as a share of the size of the numbers."),
)  # fmt: skip

TERMS: dict[str, Term] = {term.key: term for term in _ALL}
"""All of them by their keys."""
