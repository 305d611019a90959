"""Exercises on paper: worksheets and their keys, as data and as PDF."""
