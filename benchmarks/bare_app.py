"""The least that a Streamlit app can be: one slider, one chart."""

import plotly.graph_objects as go
import streamlit as st

level = st.slider("Level", 0, 100, 50)
st.title(f"Level {level}")
st.plotly_chart(go.Figure(go.Scatter(y=[level * day for day in range(60)])), key="chart")
