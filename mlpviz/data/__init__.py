"""Which data sets exist."""
