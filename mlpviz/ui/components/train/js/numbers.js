// How numbers on axes and in readouts are written. The numbers of the sheet are written in Python.

export function short(value) {
  if (value == null || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1).replace(".0e", "e").replace("e+", "e").replace("-", "−").replace("e-", "e−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}

export function percent(value) {
  return value == null ? "–" : `${(100 * value).toFixed(1)} %`;
}

export function counted(value) {
  return value == null ? "–" : Math.round(value).toLocaleString("en");
}

export function duration(seconds) {
  if (seconds == null) return "";
  if (seconds < 1) return "under a second";
  if (seconds < 90) return `${Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

// round numbers from low to high, about `count` of them
export function ticks(low, high, count) {
  if (!(high > low)) return [low];
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(i * step);
  return found;
}

// powers of ten between low and high, both above 0
export function powers(low, high) {
  const found = [];
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / 4));
  for (let i = first; i <= last; i += every) found.push(10 ** i);
  return found.length ? found : [low, high];
}
