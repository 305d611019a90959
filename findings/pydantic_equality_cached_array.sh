#!/usr/bin/env bash
# pydantic 2.13.4 with NumPy 2.4.6: == of two models compares all that lies in them first, cached properties included.
# Two equal models are equal, also when one has computed its property; once both have, == raises ValueError
# ("The truth value of an array ... is ambiguous"). Looking at a value changes what == does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 pydantic==2.13.4 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
from functools import cached_property

import numpy as np
from pydantic import BaseModel


class Layer(BaseModel):
    rows: tuple[tuple[float, ...], ...]

    @cached_property
    def weight(self):
        return np.array(self.rows)


one, other = Layer(rows=((1, 2), (3, 4))), Layer(rows=((1, 2), (3, 4)))
print("neither has computed it:", one == other)
assert one == other
one.weight
print("one has:", one == other)
assert one == other
other.weight
try:
    one == other
except ValueError as error:
    print("both have:", error)
else:
    raise SystemExit("no error any more")
PYTHON
echo "still so"
