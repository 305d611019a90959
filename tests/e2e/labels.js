// What labels look like: those that begin with a small letter, those that are cut, and texts set letter by letter.
({ minimum = 0 }) => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".app")).shadowRoot;
  // the summary of the page is for the ear until it is opened
  const seen = (one) =>
    one.checkVisibility({ visibilityProperty: true }) &&
    one.getClientRects().length > 0 &&
    !(one.closest(".page-summary")?.clientWidth < 40);
  const context = document.createElement("canvas").getContext("2d");
  const widthOf = (text, element) => {
    context.font = getComputedStyle(element).font;
    return context.measureText(text).width;
  };
  // a capital may come from the style of the first letter of what the text begins
  const isRaised = (element) => {
    const text = element.textContent.trim();
    for (let one = element.firstElementChild; one && text.startsWith(one.textContent.trim()); one = one.firstElementChild)
      if (getComputedStyle(one, "::first-letter").textTransform === "uppercase") return true;
    for (let one = element; one && one !== root; one = one.parentElement) {
      if (getComputedStyle(one, "::first-letter").textTransform === "uppercase") return true;
      if (one.parentElement?.textContent.trim().indexOf(one.textContent.trim()) !== 0) return false;
    }
    return false;
  };
  const small = /^(?!(?:sin|cos|exp|ln|tanh)\b)[a-z][a-z]/;
  const labels = "button, summary, label, option, h2, h3, legend, dt, .named > span, .heading";
  const lower = [...root.querySelectorAll(labels)]
    .map((one) => {
      const text = one.matches("label") ? [...one.childNodes].find((node) => node.nodeType === 3 && node.data.trim()) : one;
      return [one, (text?.data ?? text?.textContent ?? "").trim()];
    })
    .filter(([one, text]) => small.test(text) && !isRaised(one) && !one.matches(".link, .term, .as-given"))
    .map(([one, text]) => `${one.localName}.${one.className}: ${text}`);
  const cut = [...root.querySelectorAll("button, summary, select, .heading, .pill, dt")].filter(seen).flatMap((one) => {
    const style = getComputedStyle(one);
    const texts = one.matches("select") ? [...one.selectedOptions].map((option) => option.textContent) : [];
    // what may be chosen must fit too, where the menu does not grow with what is chosen
    if (style.fieldSizing !== "content" && one.matches("select")) texts.push(...[...one.options].map((option) => option.textContent));
    const text = one.matches("select") ? texts.reduce((a, b) => (widthOf(a, one) > widthOf(b, one) ? a : b), "") : one.textContent;
    const room = one.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    const isCut = one.matches("select")
      ? widthOf(text, one) > room - (style.appearance === "none" ? 0 : 14)
      : one.scrollWidth > one.clientWidth + 1 && style.display !== "inline";
    return isCut ? [`${one.localName}.${one.className}: ${text}`] : [];
  });
  const narrow = [...root.querySelectorAll("p, li, dd, dt, label, span, button, h2, h3, caption, td, th, summary")]
    .filter((one) => seen(one) && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim().length > 3))
    .filter((one) => {
      const style = getComputedStyle(one);
      if (style.whiteSpace === "nowrap" || style.display === "inline" || one.clientWidth === 0) return false;
      return one.clientWidth < minimum * widthOf("0", one) && one.clientHeight > 2 * Number.parseFloat(style.fontSize);
    })
    .map((one) => `${one.localName}.${one.className}: ${one.textContent.slice(0, 40)} in ${one.clientWidth}px`);
  // what names something and has no help, by hover and by G; a dialog and the summary say what they are
  const unexplained = [...root.querySelectorAll("label, legend, h2, h3, th, dt, figcaption, .heading")]
    .filter((one) => !one.closest("dialog, .page-summary, [data-term], [data-help]"))
    .filter((one) => !one.querySelector("[data-term], [data-help]"))
    .map((one) => {
      const words = [...one.childNodes].filter((node) => !node.matches?.("select, input, output, svg, math"));
      return words.map((node) => node.textContent).join("").replace(/\s+/g, " ").trim();
    })
    .filter(Boolean);
  const unique = (found) => [...new Set(found)];
  return { lower: unique(lower), cut: unique(cut), narrow: unique(narrow), unexplained: unique(unexplained) };
};
