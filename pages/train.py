"""Train a network on data that people know, and watch it learn."""

from mlpviz.hosts.streamlit.page import show_page

show_page("train")
