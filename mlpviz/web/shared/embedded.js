// A page in the frame of a textbook or a platform, by `embed=true` in its address: the sheet or the exercise alone.

import { h } from "./dom.js";

// `app`: the page; `badge`: its proof, which lies over what Streamlit's header is otherwise
export function embed(host, app, badge) {
  if (host.address.get("embed")?.toLowerCase() !== "true") return;
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
}
