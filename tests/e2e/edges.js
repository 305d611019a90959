// What is no text but is needed to see what there is, below 3:1: edges of fields and menus, lines and circles of the
// drawing, and how many were looked at.
() => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".app")).shadowRoot;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (text) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = text;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = rgba(getComputedStyle(root.querySelector(".app")).backgroundColor).slice(0, 3);
  const ratio = (colour, opacity = 1) => {
    const [r, g, b, a] = rgba(colour);
    const [high, low] = [light(over([r, g, b, a * opacity], ground)), light(ground)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const faint = {};
  let looked = 0;
  const look = (name, found) => {
    looked += 1;
    if (found < 3) faint[name] = Math.min(faint[name] ?? 3, Math.round(found * 100) / 100);
  };
  for (const one of root.querySelectorAll("input[type=text], select:not(.quiet), .toolbar button, .transport button")) {
    const style = getComputedStyle(one);
    if (!seen(one) || one.disabled || rgba(style.borderTopColor)[3] === 0) continue;
    look(`${one.localName}.${one.className}`, ratio(style.borderTopColor));
  }
  for (const one of root.querySelectorAll(".drawing :is(line, circle)")) {
    const style = getComputedStyle(one);
    if (seen(one) && style.stroke !== "none") look(`${one.localName}.${one.getAttribute("class")}`, ratio(style.stroke, Number(style.strokeOpacity)));
  }
  return [looked, faint];
};
