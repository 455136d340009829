"""Every picture that the tests draw is checked by Plotly, property by property."""

import pytest

from spotcheck.charts import theme


@pytest.fixture(autouse=True, scope="session")
def plotly_checks_every_property():
    theme.VALIDATES = True
    yield
    theme.VALIDATES = False
