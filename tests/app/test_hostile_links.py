"""No link, however mangled, breaks a page."""

from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from spotcheck.ui import settings as pages
from tests.app.support import assert_sound

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "streamlit_app.py": pages.estimator(),
    "pages/calorie_deficit.py": pages.estimator(),
    "pages/muscle_matrix.py": pages.matrix(),
    "pages/articles.py": pages.articles(),
    "pages/methods.py": pages.methods(),
}
NASTY = [
    "1e999", "-1e400", "nan", "inf", "-0", "0x10", "1_000", "٣", "9" * 400, "", " ", "\x00",
    "<script>alert(1)</script>", "![x](http://example.org/x.png)", "$$x$$", ":red[x]",
    "../../etc/passwd", "=1+1", "A", "T01", "copenhagen_adductor_plank", "1", "0", "true",
]  # fmt: skip


def names_in(fields):
    return [field.name for field in fields]


def links(path):
    """Parameters that hit the page's own names, with values it allows and values it does not."""
    fields = PAGES[path]
    allowed = [text for field in fields for text in getattr(field, "options", ())]
    text = st.sampled_from(NASTY) | st.sampled_from(allowed) | st.integers(-500, 5000).map(str)
    # Rows of a list, and a whole plan inside a link.
    text |= st.lists(text, max_size=9).map(",".join)
    text |= st.dictionaries(st.sampled_from([*names_in(fields), "name"]), text).map(urlencode)
    names = st.sampled_from(["v", "embed", "utm_source", *names_in(fields)])
    return st.dictionaries(names, st.lists(text | st.text(max_size=20), max_size=6), max_size=8)


@pytest.mark.parametrize("path", PAGES)
def test_any_link_opens(path):
    @settings(max_examples=settings().max_examples // 2)
    @given(links(path))
    @example({"weight": ["1e999"], "age": ["inf"], "exercise": ["nan"], "topic": ["<b>"]})
    @example({"session": ["walk"], "speed": ["22"], "grade": ["30"], "pace": ["min_km"]})
    @example({"view": ["plans"], "pin": ["week=walk,99,nan", "intake=-1e9&name=%00"] * 4})
    @example({"view": ["unknowns"], "prior": ["compensation_fraction,9,9", "x", ",,,"]})
    def opens(parameters):
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
        for name, texts in parameters.items():
            if texts:
                app.query_params[name] = texts
        if path != "streamlit_app.py":
            app.switch_page(path)
        assert_sound(app.run())

    opens()
