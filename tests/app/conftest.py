"""The app without a browser: pages run through Streamlit's own test runner."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.support import assert_sound

ROOT = Path(__file__).resolve().parents[2]
HOME = "streamlit_app.py"


@pytest.fixture
def open_page():
    """Open a page as a link would, and check that it drew without a fault."""

    def opened(path=HOME, **parameters):
        app = AppTest.from_file(str(ROOT / HOME), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        if path != HOME:
            app.switch_page(path)
        app.run()
        assert_sound(app)
        return app

    return opened
