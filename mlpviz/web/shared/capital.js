// Labels begin with a capital, unless they begin with a symbol or a function: x₁, η, sin πx₁, tanh.

const BEGINS_WITH_WORD = /^(?!(?:sin|cos|exp|ln|log|tanh)\b(?! ))(?!(?:sin|cos|exp|ln) )[a-z][a-z]/;

export function beginsWithWord(label) {
  return BEGINS_WITH_WORD.test(label);
}

export function capitalised(label) {
  return beginsWithWord(label) ? label[0].toUpperCase() + label.slice(1) : label;
}
