"""``docs/licences.md`` says of the pinned packages what they say of themselves."""

import pytest

from scripts import licences

PAGE = licences.PAGE.read_text(encoding="utf-8")
PINNED = [*licences.pinned(licences.RUN), *licences.pinned(licences.TEST)]


@pytest.mark.parametrize("name", PINNED)
def test_a_pinned_package_stands_with_its_version_and_licence(name):
    assert licences.row(name) in PAGE, "run: python -m scripts.licences"
    assert licences.licence(name)


def test_copyleft_is_named():
    said = PAGE.partition("## Copyleft")[2]
    for name in PINNED:
        if licences.COPYLEFT.search(licences.licence(name)):
            assert f"`{name}`" in said
