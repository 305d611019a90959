"""Loss landscape: walk over the loss of a network, and race optimizers downhill."""

from mlpviz.hosts.streamlit.page import show_page

show_page("landscape")
