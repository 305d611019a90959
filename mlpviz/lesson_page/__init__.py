"""The Lessons page: a step at a time, with the sheet beside it, and questions that the engine checks."""
