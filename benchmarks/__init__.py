"""Side by side with peers and with a bare Streamlit app, in the same run: ``make bench``."""
