"""Lessons: predict a number, see it, and know why."""

from mlpviz.hosts.streamlit.page import show_page

show_page("lessons")
