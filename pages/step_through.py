"""Step through a network, forward and backward."""

from mlpviz.hosts.streamlit.page import show_page

show_page("sheet")
