"""What is measured: the engine, an edit in the real app, the first paint."""
