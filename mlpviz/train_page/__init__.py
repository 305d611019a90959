"""The training page: a run on data that people know, watched while it learns."""
