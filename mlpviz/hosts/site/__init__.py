"""A page without a server: a folder of static files in which Python runs in the browser of whoever opens it."""
