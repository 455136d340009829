"""The one part that imports Streamlit: controls, links, layout, cached results."""
