"""From a Trace to what is drawn: plain dictionaries, as JSON has them. Pure functions; refuses to know Streamlit."""
