"""Tools of the workshop; the app runs none of them."""
