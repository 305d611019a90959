// What the program of every page gives to the hosts: how the page is shown. And what most programs share, so that it
// comes in one file: esbuild writes what just two have in common into a file for these two, which would be twice as
// many to fetch.

import badge from "../badge/badge.css";
import "../shared/axes.js";
import "../shared/file_saver.js";
import "../shared/format_choices.js";
import "../shared/keys_help.js";
import "../shared/message_bytes.js";
import "../shared/notice.js";
import "../shared/number_input.js";
import "../shared/page_summary.js";
import "../shared/plain_page.js";
import "../shared/purpose.js";
import "../shared/said_once.js";
import "../shared/savings.js";
import "../shared/scrollers.js";
import "../shared/sentence_case.js";
import "../shared/sign_key.js";
import "../shared/store.js";
import "../shared/tab_name.js";
import "../shared/text_field.js";
import "../shared/upload.js";
import palette from "../shared/palette.css";
import { browserHost } from "./browser.js";
import { adopt } from "./style_sheets.js";

/** @param {import("../shared/host.js").Main} main @param {string} style */
export function page(main, style) {
  return {
    /**
     * Shows the page in a shadow root, or in an element of one; gives what ends it. `styled` puts the style of the host
     * around that of the page, `place` has the page's channel and memo, and what is otherwise here than in a window.
     */
    open(root, styled, place) {
      adopt(root.getRootNode(), styled(palette + badge + style));
      return main(root, { ...browserHost(), ...place });
    },
  };
}
