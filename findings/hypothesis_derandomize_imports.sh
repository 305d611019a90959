#!/usr/bin/env bash
# Hypothesis 6.170.17: @settings(derandomize=True) promises the same examples in every run, but some are drawn from the
# constants in the source of every local module that is imported by then. The same test on the same machine tries other
# examples once an unrelated module was imported: when another file is collected, or when pytest-xdist shares the tests
# out in another way, which changes which lazy imports have happened.
# What helps: nothing public. Replacing hypothesis.internal.conjecture.providers._get_local_constants does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check hypothesis==6.170.17 2>/dev/null
cat > "$folder/unrelated.py" <<'PYTHON'
PORTS = [15550123, 18675309, 123456789]
PYTHON
cat > "$folder/drawn.py" <<'PYTHON'
import importlib
import sys
import zlib

from hypothesis import given, settings, strategies

for name in sys.argv[1:]:
    importlib.import_module(name)
drawn = []


@settings(derandomize=True, database=None, max_examples=200)
@given(strategies.lists(strategies.integers(), min_size=5))
def draw(numbers):
    drawn.extend(numbers)


draw()
ports = getattr(sys.modules.get("unrelated"), "PORTS", [])
print(f"{len(drawn)} numbers, CRC {zlib.crc32(repr(drawn).encode())}, of the other module {sorted({*ports} & {*drawn})}")
PYTHON
cd "$folder"
alone=$(venv/bin/python drawn.py)
again=$(venv/bin/python drawn.py)
beside=$(venv/bin/python drawn.py unrelated)
printf 'alone          %s\nalone, again   %s\nwith an import %s\n' "$alone" "$again" "$beside"
[ "$alone" = "$again" ]
[ "$alone" != "$beside" ]
echo "still so"
