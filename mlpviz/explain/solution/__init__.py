"""A worked solution of a document, as data: every step of a pass with its formula and its numbers.

How it is written, as Markdown, LaTeX or a page, is a format's affair (`exchange`).
"""
