"""The score sheet: a document with undo and redo, its numbers step by step, and a second network beside it."""
