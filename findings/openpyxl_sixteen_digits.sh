#!/usr/bin/env bash
# openpyxl 3.1.5 writes a float with 16 significant digits ("%.16g"), which is another number for many doubles:
# 0.28489661034443753 comes back as 0.2848966103444375. A text whose cell is declared a number keeps all digits.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5 2>/dev/null
"$folder/venv/bin/python" - <<'PYTHON'
import io

import openpyxl

number = 0.28489661034443753
book = openpyxl.Workbook()
sheet = book.active
sheet["A1"] = number
sheet["A2"] = repr(number)
sheet["A2"].data_type = "n"
out = io.BytesIO()
book.save(out)
back = openpyxl.load_workbook(out).active
print(repr(back["A1"].value), repr(back["A2"].value))
assert back["A1"].value == 0.2848966103444375 != number
assert back["A2"].value == number
PYTHON
