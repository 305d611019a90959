"""From a Trace to what is drawn: plain dictionaries and Plotly figures. Pure functions; refuses to know Streamlit."""
