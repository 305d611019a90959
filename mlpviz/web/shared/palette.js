// What the style sheet has made of the palette.

// light text means a dark ground, whatever the theme is called; some browsers give 0 to 1 instead of 0 to 255
export function isDark(element) {
  const [r, g, b] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    .map(Number);
  return (r > 1 || g > 1 || b > 1 ? 255 : 1) / 2 < (r + g + b) / 3;
}
