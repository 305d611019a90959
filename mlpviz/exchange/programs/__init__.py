"""Programs that hold a network's numbers and assert those of the sheet: what the programs of all libraries share.

A program is a list of lines that know which block of the sheet they give or compute (`program_line.py`); its file is
their text. Statements are those that the sheet shows as "the same line in code", with a number behind each name.
"""
