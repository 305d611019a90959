"""The pages, one script with one call each.

Not in a folder `pages` beside app.py: Streamlit would run such scripts without app.py at the first visit of a server.
"""
