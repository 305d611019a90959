"""A network as a spreadsheet that computes: every number of both passes and of the update is a formula."""
