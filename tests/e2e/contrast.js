// Every text on the page with its contrast, for test_contrast.py: [selector, [ratio, text]] of those below AA, and
// how many are fine under the empty selector.
() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const parsed = new Map();
  // any CSS colour as [r, g, b, alpha]; the canvas knows color-mix, oklch and the rest
  const rgba = (text) => {
    if (!parsed.has(text)) {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
      parsed.set(text, [r, g, b, a / 255]);
    }
    return parsed.get(text);
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((part, i) => part * a + below[i] * (1 - a));
  const parent = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  // what may be behind the text: of a gradient every colour in turn
  const backgrounds = (element) => {
    const layers = [];
    for (let e = element; e; e = parent(e)) {
      const { backgroundColor, backgroundImage, backgroundSize } = getComputedStyle(e);
      // a mark in a corner is not behind the text
      const isMark = /^[0-7]px [0-7]px$/.test(backgroundSize);
      const stops = backgroundImage.includes("gradient") && !isMark ? backgroundImage.match(/(?:rgba?|color|oklch|oklab)\([^()]*\)/g) : null;
      if (stops) layers.push([...new Set(stops)].map(rgba));
      layers.push([rgba(backgroundColor)]);
    }
    return layers.reverse().reduce((below, choices) => below.flatMap((b) => choices.map((c) => over(c, b))), [[255, 255, 255]]);
  };
  const opacity = (element) => {
    let all = 1;
    for (let e = element; e; e = parent(e)) all *= Number(getComputedStyle(e).opacity);
    return all;
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((part) => part / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const selector = (element) => {
    const name = (e) => e.localName + [...e.classList].filter((c) => !/^(e[a-z0-9]{6,}|st-|css-)/.test(c)).map((c) => "." + c).join("");
    const own = element.closest(".block, .editor, .toolbar, .transport, .card, .badge, .notice, .side, .headings, .samples");
    return [own && own !== element ? name(own) : "", name(element)].filter(Boolean).join(" ");
  };
  const found = new Map();
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) visit(element.shadowRoot);
      const isControl = element.matches("input[type=text], select");
      const text = isControl ? element.value : [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("").trim();
      if (!text || element.matches("style, script, title, option, .visually-hidden")) continue;
      if (element.closest("[disabled]") || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) continue;
      const style = getComputedStyle(element);
      const isDrawn = element instanceof SVGElement;
      // the text of a drawn circle lies on the circle beside it
      const circle = isDrawn && element.parentElement.querySelector("circle");
      const behind = backgrounds(element).map((below) => (circle ? over(rgba(getComputedStyle(circle).fill), below) : below));
      const [r, g, b, a] = rgba(isDrawn ? style.fill : style.color);
      const ratio = Math.min(...behind.map((below) => {
        const front = over([r, g, b, a * opacity(element)], below);
        const [high, low] = [light(front), light(below)].sort((x, y) => y - x);
        return (high + 0.05) / (low + 0.05);
      }));
      const size = parseFloat(style.fontSize);
      const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio >= (isLarge ? 3 : 4.5)) { found.set("", (found.get("") ?? 0) + 1); continue; }
      const key = selector(element);
      const before = found.get(key);
      if (!before || ratio < before[0]) found.set(key, [ratio, text.slice(0, 20)]);
    }
  };
  visit(document);
  return [...found];
}
