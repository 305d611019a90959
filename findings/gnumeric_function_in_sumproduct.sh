#!/usr/bin/env bash
# Gnumeric 1.12.55 (Debian 12: apt-get install gnumeric): a function of a range inside SUMPRODUCT is no array, as it is in
# LibreOffice and Excel. SUMPRODUCT(EXP(A1:A3)) silently gives the EXP of the cell in the formula's row alone, with another
# factor it is #VALUE!. Operators are arrays: SUMPRODUCT(A1:A3*A1:A3) is right.
set -euo pipefail
command -v ssconvert >/dev/null || { echo "ssconvert is not installed: apt-get install gnumeric" >&2; exit 1; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "openpyxl==3.1.5"
cat > "$folder/make.py" <<'PYTHON'
import sys

import openpyxl

book = openpyxl.Workbook()
sheet = book.active
for row, value in enumerate((-3.8, 0, -3.3), start=1):
    sheet.cell(row, 1, value)
for row, text in enumerate(("SUMPRODUCT(EXP(A1:A3))", "SUMPRODUCT(1*EXP(A1:A3))", "SUMPRODUCT(A1:A3*A1:A3)"), start=1):
    sheet.cell(row, 3, f"={text}")
book.save(sys.argv[1])
PYTHON
cat > "$folder/read.py" <<'PYTHON'
import sys
import warnings

import openpyxl

warnings.simplefilter("ignore")
sheet = openpyxl.load_workbook(sys.argv[1], data_only=True).active
found = [sheet.cell(row, 3).value for row in (1, 2, 3)]
print(found)
assert abs(found[0] - 0.022370771856165594) < 1e-15, "e^-3.8 alone; the sum is 1.05925393925741"
assert found[1] == "#VALUE!"
assert abs(found[2] - 25.33) < 1e-12
PYTHON
"$folder/venv/bin/python" "$folder/make.py" "$folder/in.xlsx"
ssconvert --recalc "$folder/in.xlsx" "$folder/out.xlsx" 2>/dev/null
"$folder/venv/bin/python" "$folder/read.py" "$folder/out.xlsx"
