// What axe-core 4.11 says nothing of, though it shuts people out: a list of sentences.
() => {
  const found = [];
  const all = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      all.push(element);
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  const isOurs = (element) => element.getRootNode() instanceof ShadowRoot;
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) => element.outerHTML.slice(0, 120);
  const hasName = (element) => element.getAttribute("aria-label")?.trim() || element.getAttribute("aria-labelledby");
  const say = (what, element) => found.push(`${what}: ${name(element)}`);

  for (const element of all.filter(isOurs)) {
    // a live region that is not there when its words come is not read
    if (element.matches("[aria-live=polite], [aria-live=assertive], [role=status]")) {
      if (element.closest("[aria-hidden=true]")) say("live region in aria-hidden", element);
      // what comes into sight as a whole is read as a whole
      // findings have a button instead where there is no room for them
      const isHidden = !isShown(element) && isShown(element.parentElement ?? element.getRootNode().host) && !element.matches(".findings");
      if (isHidden) say("live region that is not displayed", element);
    }
    if (!isShown(element)) continue;
    if (element.matches("[role=grid]")) {
      if (!hasName(element)) say("grid without a name", element);
      const stops = element.querySelectorAll("[role=gridcell][tabindex='0']").length;
      if (stops !== 1) say(`grid with ${stops} stops`, element);
    }
    if (element.matches("canvas") && element.closest("[aria-hidden=true]") === null && !hasName(element))
      say("canvas without a text", element);
    if (element.matches("meter, progress") && !hasName(element) && !element.labels?.length) say("no name", element);
    if (element.matches("input:not([type=hidden]), select, textarea")) {
      const isNamed = hasName(element) || [...(element.labels ?? [])].some((label) => label.textContent.trim());
      if (!isNamed) say("a title or placeholder as the only label", element);
    }
    if (element.matches("[role=toolbar]")) say("a toolbar promises arrow keys", element);
    if (element.matches("[role=tab]")) {
      const panel = element.getRootNode().getElementById(element.getAttribute("aria-controls"));
      if (panel?.getAttribute("role") !== "tabpanel") say("tab without its panel", element);
    }
  }
  for (const root of new Set(all.map((element) => element.getRootNode()))) {
    const ids = [...root.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, i) => ids.indexOf(id) !== i);
    if (root instanceof ShadowRoot && twice.length) found.push(`ids twice: ${twice}`);
  }
  if (!document.title.includes("mlpviz")) found.push(`title: ${document.title}`);
  if (!document.documentElement.lang) found.push("no language");
  return found;
}
