"""A file of unknown format on its way to what it holds: through all formats, ours and those of other tools."""
