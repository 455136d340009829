"""Pure functions from a DataFrame to a Plotly figure; every colour stands in ``theme``."""
