"""Exercises: cells of a sheet that somebody computes, checked one by one; a mistake is answered with its name."""
