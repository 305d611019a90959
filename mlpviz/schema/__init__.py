"""What documents, edits and the events of a page share when something untrusted is read."""
