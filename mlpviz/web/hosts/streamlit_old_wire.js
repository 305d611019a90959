// Today's messages of Python as requests and answers of the wire to come. Goes when Python speaks it.

import { Badge } from "../badge/badge.js";
import { isReachable, watchConnection } from "./streamlit_connection.js";
import { inTurn } from "./streamlit_turns.js";

const RENAMED = [
  ["structureData", "structure_data"],
  ["numberStyles", "number_styles"],
  ["numberStyle", "number_style"],
  ["targetIsProbability", "target_is_probability"],
  ["viewNumber", "view_number"],
  ["canUndo", "can_undo"],
  ["canRedo", "can_redo"],
  ["stepsTaken", "steps_taken"],
];

function sheetAnswer(data) {
  const state = { ...data, link_problem: data.link ? "" : data.linkProblem };
  for (const [old, name] of RENAMED) if (old in data) state[name] = data[old];
  if (data.other) state.other = { ...data.other, structure_data: data.other.structureData };
  const address = { d: data.link, c: data.other?.link ?? null, w: data.walkLink || null };
  return {
    state,
    said: { number: data.said, error: data.error, notice: data.notice },
    address: data.link ? address : {},
    file: data.download && fileOf(data.download),
    next: null,
    proof: { version: data.version, status: null },
  };
}

function fileOf({ number, name, text }) {
  const bytes = new TextEncoder().encode(text);
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return {
    number,
    name,
    type: "application/json",
    size: bytes.length,
    at: 0,
    bytes: btoa(letters),
  };
}

const told = { number: 0, key: "" };

function trainAnswer(data) {
  const key = JSON.stringify([data.error, data.notice, data.error && data.acknowledged]);
  if (key !== told.key) Object.assign(told, { key, number: told.number + 1 });
  const isRunning = data.frame.status === "running" || data.busy;
  return {
    state: data,
    said: { number: told.number, error: data.error ?? null, notice: data.notice ?? null },
    address: data.link === undefined ? {} : { t: data.link || null },
    file: data.download ?? null,
    next: isRunning ? (data.wait ?? 0) : null,
    proof: { version: data.proof, status: null },
    tab_token: data.ticket,
  };
}

export function newAnswer(page, data) {
  const rest = page === "sheet" ? sheetAnswer(data) : trainAnswer(data);
  const go = data.leaving ? "sheet" : null;
  return { channel: data.line, answer: { page, acknowledged: data.acknowledged, go, ...rest } };
}

export function oldRequest({ sequence, events, view }) {
  const edits = events.map((event) => {
    if (event.type === "resend" && view !== undefined) return { type: "structure" };
    if (event.type === "download_piece") return { ...event, type: "more" };
    if (event.type === "resume") return { ...event, ticket: event.tab_token };
    return event.type === "upload_piece" ? { ...event, type: "piece", for: event.purpose } : event;
  });
  return { sequence, edits, view };
}

export function mountBadge(root, host) {
  let trigger = null;
  const badge = new Badge(() => {
    const reachable = isReachable();
    if (reachable) inTurn(() => trigger("check", { at: Date.now() }));
    return reachable;
  });
  root.append(badge.element);
  const stops = [
    watchConnection(),
    host.listen("mlpviz:painted", ({ detail }) => badge.show(detail?.version)),
  ];
  return {
    take({ data, setTriggerValue }) {
      trigger = setTriggerValue;
      if (data.keepUrl && data.link) host.address.replace({ d: data.link, v: data.view });
      badge.take(data);
      if (data.keepUrl && badge.painted === null) badge.show(data.version);
    },
    stop() {
      for (const stop of stops) stop();
      badge.stop();
    },
  };
}
