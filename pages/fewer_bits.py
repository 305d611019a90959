"""Fewer bits: the same pass in float16, bfloat16, float8 and int8, and what rounding does to it."""

from mlpviz.hosts.streamlit.page import show_page

show_page("bits")
