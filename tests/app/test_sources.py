"""From a picture a reader reaches what stands behind it: a study, or what we made, on Methods."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.app.support import assert_sound
from tests.app.test_alternatives import VIEWS

LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def links_of(app):
    """Where the texts lead that stand about pictures, line by line."""
    lines = [one.value for one in app.markdown if "small[:gray[" in one.value]
    return {line: LINK.findall(line) for line in lines}


@pytest.mark.parametrize("path", VIEWS)
def test_pictures_and_lines_of_sources_lead_to_a_study_or_to_what_we_made(open_page, path):
    app = open_page(path)
    store, views = VIEWS[path]
    ours = set()
    for view in views:
        app.session_state[f"{store}/store"]["values"]["view"] = view
        app.run()
        assert_sound(app)
        found = links_of(app)
        assert any(found.values()) or not app.get("plotly_chart"), view
        for line, addresses in found.items():
            assert addresses or not re.search(r"\bSources?: ", line), f"{view}: {line}"
            ours |= {one for one in addresses if one.startswith("methods")}
    for address in ours:
        place = urlsplit(address)
        assert place.path == "methods"
        asked = {name: values[0] for name, values in parse_qs(place.query).items()}
        # A link that Methods does not understand would be told to the reader.
        assert not open_page("pages/methods.py", **asked).info, address
