#!/usr/bin/env bash
# NumPy 2.4.6: np.add.reduceat adds in another order than np.add.reduce. Of three numbers reduce gives (a + b) + c, as
# sum() of Python does; reduceat gives a + (b + c): the first number is added last. So the sums of the layers of one flat
# vector, made by one reduceat, differ in their last bit from the sums made layer by layer.
# What helps where bits must stay: one np.add.reduce per piece, or reduce over an axis of equal pieces.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import numpy as np

random = np.random.default_rng(0)
differ = {"reduce": 0, "reduceat": 0}
first_last = 0
for _ in range(1000):
    a, b, c = numbers = random.normal(size=3)
    in_turn = (a + b) + c
    at_once = np.add.reduceat(numbers, [0])[0]
    differ["reduce"] += int(np.add.reduce(numbers) != in_turn)
    differ["reduceat"] += int(at_once != in_turn)
    first_last += int(at_once == a + (b + c))
print(f"of 1000 sums of three numbers differ from (a + b) + c: {differ}; reduceat is a + (b + c) in {first_last}")
assert differ["reduce"] == 0 and differ["reduceat"] > 100 and first_last == 1000
PYTHON
echo "still so"
