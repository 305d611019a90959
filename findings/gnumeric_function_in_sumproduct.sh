#!/usr/bin/env bash
# Gnumeric 1.12.55 (Debian 12: apt-get install gnumeric): a function of a range inside SUMPRODUCT is no array, as it is in
# LibreOffice. SUMPRODUCT(EXP(A1:A3)) silently gives the EXP of the one cell in the formula's own row, and #VALUE! below
# them. Operators are arrays: SUMPRODUCT(A1:A3*A1:A3) is right everywhere.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "ssconvert is not installed: apt-get install gnumeric" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null
cat > "$folder/make.py" <<'PYTHON'
import sys

import openpyxl

book = openpyxl.Workbook()
sheet = book.active
for row, value in enumerate((-3.8, 0, -3.3), start=1):
    sheet.cell(row, 1, value)
for row in (1, 2, 5):
    sheet.cell(row, 3, "=SUMPRODUCT(EXP(A1:A3))")
    sheet.cell(row, 4, "=SUMPRODUCT(A1:A3*A1:A3)")
book.save(sys.argv[1])
PYTHON
cat > "$folder/read.py" <<'PYTHON'
import sys
import warnings

import openpyxl

warnings.simplefilter("ignore")
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True).active
found = [sheet.cell(row, 3).value for row in (1, 2, 5)]
right = [sheet.cell(row, 4).value for row in (1, 2, 5)]
print("EXP:", found, "products:", right)
assert abs(found[0] - 0.022370771856165594) < 1e-15, "e^-3.8 alone; the sum is 1.05925393925741"
assert found[1:] == [1, "#VALUE!"]
assert all(abs(each - 25.33) < 1e-12 for each in right)
PYTHON
"$folder/venv/bin/python" "$folder/make.py" "$folder/in.xlsx"
ssconvert --recalc "$folder/in.xlsx" "$folder/out.xlsx" 2>/dev/null
"$folder/venv/bin/python" "$folder/read.py" "$folder/out.xlsx"
