// Walks every step of the shown network and says at which ones a cell that is marked, the explained one or one of those
// it is made of, does not lie whole and uncovered in the part of the sheet that can be seen. `smallest`: px of the type of those cells.
({ granularity, every = 1, smallest = 0 }) => {
  const root = [...document.querySelectorAll("*")].find((one) => one.shadowRoot?.querySelector(".sheet")).shadowRoot;
  const $ = (selector) => root.querySelector(selector);
  const say = (control, value, type) => {
    control.value = value;
    control.dispatchEvent(new Event(type));
  };
  const choice = $('select[aria-label="granularity"]');
  if ([...choice.options].find(({ value }) => value === granularity).disabled) return { steps: 0, wrong: [] };
  say(choice, granularity, "change");
  const scrubber = $(".scrubber");
  // what lies over the top of the page
  const frame = Number.parseFloat(getComputedStyle($(".app")).getPropertyValue("--frame"));
  const wrong = [];
  let sparse = 0;
  for (let step = 1; step <= Number(scrubber.max); step += every) {
    say(scrubber, step, "input");
    const heads = $(".headings").getBoundingClientRect();
    const sheet = $(".sheet-scroll").getBoundingClientRect();
    const below = $(".dock").getBoundingClientRect().top;
    const title = $(".panel h2").getBoundingClientRect();
    const marked = [...root.querySelectorAll(".sheet :is(td.focus, td.source, canvas[data-marked])")];
    sparse += $(".sheet-scroll").matches(".sparse");
    const complain = (what) => wrong.push(`${granularity} ${step}: ${what}`);
    if (!marked.some((cell) => cell.matches(".focus, canvas"))) complain("nothing is explained");
    if (heads.top < frame) complain("the headings went away");
    if (title.top < frame || title.bottom > innerHeight) complain("the title went away");
    for (const cell of marked) {
      const box = cell.getBoundingClientRect();
      const at = root.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      const isShown = cell === at || cell.contains(at) || at?.closest(".drawing");
      const isInside =
        box.top >= heads.bottom - 1 && box.bottom <= below + 1 && box.left >= sheet.left - 1 && box.right <= sheet.right + 1;
      const name = `${cell.closest("[data-block]").dataset.block} ${cell.dataset.r ?? ""} ${cell.dataset.c ?? ""}`;
      if (!isShown || !isInside) complain(`${name} at ${[box.left, box.top, box.right, box.bottom].map(Math.round)}`);
      // a heat map has no numbers; that of the step is in the explanation
      const size = cell.matches("canvas") ? smallest : smallest && Number.parseFloat(getComputedStyle(cell).fontSize);
      if (size < smallest) complain(`${name} is written in ${size}px`);
    }
  }
  return { steps: Number(scrubber.max), wrong, sparse };
}
