"""Practise: compute the numbers of a network, field by field."""

from mlpviz.hosts.streamlit.page import show_page

show_page("practice")
