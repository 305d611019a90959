// In which band of an exercise a block stands.

// what belongs to the loss has a band of its own, below that of its layer
export function bandOf({ layer, phase, tensor }, last) {
  return phase === "loss" || tensor === "target" ? last : layer;
}
