"""The only package that imports Streamlit: session, components, page pieces."""
