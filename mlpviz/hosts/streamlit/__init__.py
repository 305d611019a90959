"""Streamlit as a host; with `pages` and `app.py` the only importer of Streamlit and Starlette."""
