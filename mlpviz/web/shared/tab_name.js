// The name of this tab, as long as it is open: what the browser keeps for it stands under it.

const NAME = "mlpviz.tab";

export function tabName(storage) {
  const name = storage.get(NAME) ?? Math.random().toString(36).slice(2);
  storage.set(NAME, name);
  return name;
}
