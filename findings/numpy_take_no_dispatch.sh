#!/usr/bin/env bash
# NumPy 2.4.6: np.take asks its first argument alone whether it wants to answer by __array_function__, never its indices,
# and an ndarray that is indexed asks nobody. So a table that is looked up by an array of another kind (one that traces
# calls, has units or lies on another device) gives plain numbers, without a word. np.choose asks its indices too.
# What helps: np.choose(indices, table), or put the table itself into the other kind.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np


class Traced(np.ndarray):
    """Notes the functions that it is asked about."""

    asked: list[str] = []

    def __array_function__(self, function, types, arguments, keywords):
        self.asked.append(function.__name__)
        return super().__array_function__(function, types, arguments, keywords)


table = np.array([0.0, 0.25, 1.0])
places = np.array([2, 0, 1]).view(Traced)
seen = {}
for name, look_up in {
    "np.take(table, places)": lambda: np.take(table, places),
    "table[places]": lambda: table[places],
    "np.choose(places, table)": lambda: np.choose(places, table),
}.items():
    Traced.asked.clear()
    found = look_up()
    seen[name] = bool(Traced.asked), type(found).__name__, np.asarray(found).tolist()
    print(f"{name:25} asks the places: {seen[name][0]}, gives a {seen[name][1]}: {seen[name][2]}")
assert [each[0] for each in seen.values()] == [False, False, True]
assert len({str(each[2]) for each in seen.values()}) == 1
PYTHON
echo "still so"
