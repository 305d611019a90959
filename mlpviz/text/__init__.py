"""How numbers and sentences are written for people."""
