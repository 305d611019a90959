// Made by `python -m tools.web_words`; a test says when it is out of date.

// key -> label, sentence, forms in running text
// biome-ignore format: as Python writes it
export const TERMS = {
  x: [
    "x",
    "The inputs: the numbers that the network is given, one column for each sample.",
    [],
  ],
  weight: [
    "W",
    "The weights: by how much each number that comes in is multiplied; these are learned.",
    [],
  ],
  bias: [
    "b",
    "The bias: a number that a unit adds whatever comes in; it is learned too.",
    [],
  ],
  z: [
    "z",
    "What a unit adds up: every number that comes in, times its weight, plus the bias if there is one.",
    [],
  ],
  a: [
    "a",
    "The activation: what a unit passes on; φ of its layer makes it of z, or of n behind a norm.",
    [],
  ],
  target: [
    "t",
    "The target: what the output should be for this sample.",
    [],
  ],
  probabilities: [
    "p",
    "The probability that the loss makes of an output.",
    [],
  ],
  loss_term: [
    "ℓ",
    "What one output of one sample adds to the loss.",
    [],
  ],
  loss: [
    "L",
    "The loss: one number for how wrong the outputs are; learning makes it smaller.",
    [],
  ],
  grad_a: [
    "∂L/∂a",
    "By how much the loss grows when a grows a little: what passing on more would cost.",
    [],
  ],
  grad_h: [
    "∂L/∂h",
    "By how much the loss grows when h, the activation before dropout, grows a little.",
    [],
  ],
  grad_z: [
    "∂L/∂z",
    "By how much the loss grows when z grows a little.",
    [],
  ],
  grad_x: [
    "∂L/∂x",
    "By how much the loss grows when an input grows a little.",
    [],
  ],
  grad_weight: [
    "∂L/∂W",
    "By how much the loss grows when a weight grows a little; the update goes the other way.",
    [],
  ],
  grad_bias: [
    "∂L/∂b",
    "By how much the loss grows when a bias grows a little; the update goes the other way.",
    [],
  ],
  new_weight: [
    "new W",
    "What each weight would be after one update: a small step that is to make the loss fall.",
    [],
  ],
  new_bias: [
    "new b",
    "What each bias would be after one update.",
    [],
  ],
  mean: [
    "μ",
    "The mean: the average that a norm subtracts.",
    [],
  ],
  var: [
    "σ²",
    "The variance: how far numbers spread around their mean; a norm divides by its root.",
    [],
  ],
  normalised: [
    "ẑ",
    "z with its spread made 1; but for RMS norm its mean is taken away too.",
    [],
  ],
  gamma: [
    "γ",
    "The scale of a norm: what ẑ is multiplied by; it is learned.",
    [],
  ],
  beta: [
    "β",
    "The shift of a norm: what is added to the scaled ẑ; it is learned.",
    [],
  ],
  mask: [
    "mask",
    "Which units dropout keeps: 1 keeps a unit for this sample, 0 drops it.",
    [],
  ],
  forward: [
    "forward",
    "Forward: from the inputs to the outputs, layer by layer.",
    ["forward pass"],
  ],
  backward: [
    "backward",
    "Backward: from the loss back to every weight, to find what each has to do with it.",
    ["backward pass"],
  ],
  update: [
    "update",
    "Update: every weight takes a small step that is to make the loss fall.",
    [],
  ],
  eta: [
    "η",
    "The learning rate: how far one update goes; too large overshoots, too small takes long.",
    ["learning rate"],
  ],
  optimizer: [
    "optimizer",
    "The rule that turns gradients into updates; SGD goes straight against the gradient.",
    [],
  ],
  steps_taken: [
    "t",
    "How many updates the optimizer has made and remembers.",
    [],
  ],
  sizes: [
    "sizes",
    "One colour scale for all layers, and how large each block is as a whole.",
    [],
  ],
  sample: [
    "sample",
    "One example: its inputs and its target. The drawing shows the chosen one.",
    [],
  ],
  norm: [
    "‖·‖",
    "The size of a whole block: the root of the sum of all its squares.",
    ["gradient norm"],
  ],
  gradient: [
    "gradient",
    "By how much the loss grows when a number grows a little; 0 says that it has no effect.",
    ["gradient", "gradients"],
  ],
  slope: [
    "slope",
    "How fast a function rises at a place: what a small change is multiplied by.",
    ["slope"],
  ],
  closed: [
    "closed",
    "A closed gate: what ReLU reads is not above 0, so it gives 0 and lets no gradient back (struck through).",
    ["closed", "closes"],
  ],
  dead: [
    "dead",
    "Dead: closed for every sample, so no update can reach it and it never learns again.",
    ["dead"],
  ],
  saturated: [
    "saturated",
    "Saturated: so far out that the curve is flat, so that hardly any gradient comes back.",
    ["saturated", "saturates"],
  ],
  logits: [
    "logits",
    "Logits: the raw outputs before they become probabilities; any numbers, also negative.",
    ["logits"],
  ],
  curvature: [
    "curvature",
    "Curvature: how fast the slope itself changes; where it is large only small steps are safe.",
    ["curvature", "curved"],
  ],
  pinned: [
    "pinned",
    "Pinned: held at a number that you chose; no gradient flows through it.",
    ["pinned"],
  ],
  frozen: [
    "frozen",
    "Frozen: no update changes it.",
    ["frozen"],
  ],
  dropout: [
    "dropout",
    "Dropout switches some units off at random while the network learns.",
    ["dropout"],
  ],
  penalty: [
    "penalty",
    "What is added to the loss so that the weights stay small.",
    ["penalty"],
  ],
  epoch: [
    "epoch",
    "Once through all training samples.",
    ["epoch", "epochs"],
  ],
  batch: [
    "batch",
    "The samples that one update is made from.",
    ["batch"],
  ],
  train_loss: [
    "train loss",
    "The loss on the samples that the network learns from.",
    [],
  ],
  validation_loss: [
    "validation loss",
    "The loss on samples that it does not learn from: whether it has understood or memorised.",
    ["validation loss"],
  ],
  accuracy: [
    "accuracy",
    "How many of 100 samples get the right class.",
    [],
  ],
  gradient_norm: [
    "gradient norm",
    "How large all gradients of a layer are together: near 0 it hardly learns.",
    [],
  ],
  dead_units: [
    "dead units",
    "How many units give 0 for every sample and never learn again.",
    [],
  ],
  overfitting: [
    "overfitting",
    "Learning the training samples by heart: better there, worse on new ones.",
    ["overfitting"],
  ],
  stratified: [
    "stratified",
    "Every part gets the same share of each class.",
    [],
  ],
  k_fold: [
    "k-fold",
    "Train k times, each time with another part held back to validate.",
    [],
  ],
  seed: [
    "seed",
    "The number from which chance starts: the same seed draws the same numbers.",
    [],
  ],
  scaling: [
    "scaling",
    "Brings all inputs to a similar size, which makes learning easier.",
    [],
  ],
  discretize: [
    "discretize",
    "Colours the map by the class alone, without how sure the network is.",
    [],
  ],
  autograd: [
    "autograd",
    "PyTorch's own way to compute gradients: it records every operation and goes back.",
    ["autograd"],
  ],
  central_differences: [
    "central differences",
    "The gradient measured: the loss a little to the right minus a little to the left, over the distance.",
    ["central differences", "finite differences"],
  ],
  tensor: [
    "tensor",
    "A block of numbers: a row, a matrix, or more dimensions.",
    ["tensor"],
  ],
  max_difference: [
    "max |Δ|",
    "The largest difference between two ways of computing the same block.",
    [],
  ],
  relative: [
    "relative",
    "The largest difference, as a share of the size of the numbers.",
    [],
  ],
};

// key of a page -> title, purpose
// biome-ignore format: as Python writes it
export const PAGES = {
  sheet: [
    "Step through",
    "every number of one pass through a small neural network, and why it is what it is",
  ],
  lessons: [
    "Lessons",
    "predict a number, see it, and know why",
  ],
  practice: [
    "Practise",
    "compute the numbers yourself; every field is checked, and a mistake is named",
  ],
  train: [
    "Train",
    "watch a small neural network learn, stop at any moment and look inside",
  ],
  check: [
    "Check",
    "is every number right? NumPy beside PyTorch and central differences",
  ],
};
