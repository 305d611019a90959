// A page in the frame of a textbook or a platform, by `embed=true` in its address: the sheet or the exercise alone. It
// tells the page around how high it is, which may follow.

import { h } from "./dom.js";

const BELOW = 8; // px
const LOWER = 3; // times that the page may become lower after a key or a press

// `app`: the page; `badge`: its proof, which lies over what Streamlit's header is otherwise. Gives what ends it.
export function embed(host, app, badge) {
  if (host.address.get("embed")?.toLowerCase() !== "true") return () => {};
  app.classList.add("embedded");
  badge.hidden = true;
  app.querySelector(".purpose").classList.add("visually-hidden");
  // the address follows what is done in the frame
  const follow = (event) => {
    event.currentTarget.href = host.address.link({ embed: null });
  };
  app.append(
    h(
      "a",
      { class: "out", target: "_blank", rel: "noopener", href: "?", onclick: follow },
      "Open in mlpviz",
    ),
  );
  return tellHeight(host, app);
}

// A frame that is made as high as its page has another height to lay the page out in. So that the two do not answer
// each other for ever, the page becomes lower only by another width or by what a person does: then a few times, since
// some of it waits for the server, however long that takes.
function tellHeight(host, app) {
  let told = 0,
    width = 0,
    above = 0,
    left = 0;
  const tell = () => {
    above = Math.max(above, app.getBoundingClientRect().top);
    const height = Math.ceil(above + app.offsetHeight + BELOW);
    const isLower = height < told && app.offsetWidth === width;
    if (height === told || (isLower && !left)) return;
    if (isLower) left -= 1;
    told = height;
    width = app.offsetWidth;
    host.tellAround({ type: "mlpviz:height", height });
  };
  // not the page alone: a key counts for it also where what had the focus has just been drawn anew
  const stops = ["keydown", "pointerdown"].map((type) =>
    host.listen(type, () => {
      left = LOWER;
    }),
  );
  const observer = new ResizeObserver(tell);
  observer.observe(app);
  return () => {
    observer.disconnect();
    for (const stop of stops) stop();
  };
}
