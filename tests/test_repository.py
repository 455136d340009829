"""Where a wrong cell is reported: the public page of the repository, and nothing else of it."""

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck import repository
from spotcheck.repository import public_page, report_address

PAGE = "https://github.com/someone/spot-check.app"


@pytest.fixture
def known(monkeypatch, tmp_path):
    """What the app finds with a git configuration of this text."""

    def known(config):
        (tmp_path / "config").write_text(config, encoding="utf-8")
        monkeypatch.setattr(repository, "_GIT_CONFIG", tmp_path / "config")
        return repository.page.__wrapped__()

    monkeypatch.delenv("SPOTCHECK_REPOSITORY", raising=False)
    return known


@pytest.mark.parametrize(
    "remote",
    [
        "https://github.com/someone/spot-check.app",
        "https://github.com/someone/spot-check.app.git",
        "https://name:secret@github.com/someone/spot-check.app/",
        "git@github.com:someone/spot-check.app.git",
        "ssh://git@github.com/someone/spot-check.app.git\n",
    ],
)
def test_every_way_to_name_a_repository_leads_to_its_page(remote):
    assert public_page(remote) == PAGE


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "/srv/git/spotcheck",
        "file:///srv/git/spotcheck",
        "https://example.org/someone/spotcheck",
        "https://github.com/someone",
        "https://github.com.example.org/someone/spotcheck",
        "https://github.com/someone/spotcheck?a=b",
        "javascript:alert(1)//github.com/someone/spotcheck",
    ],
)
def test_other_addresses_lead_nowhere(remote):
    assert public_page(remote) is None


def test_a_clone_knows_where_it_comes_from(known):
    git = (
        '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://github.com/someone/{}.git\n'
        "\tfetch = +refs/heads/*:refs/remotes/origin/*\n\tfetch = +refs/tags/*\n"
        '[branch "main"]\n\tremote = origin\n'
    )
    assert known(git.format("spotcheck")) == "https://github.com/someone/spotcheck"
    assert known('[remote "upstream"]\n\turl = https://github.com/someone/spotcheck\n') is None
    assert known("no configuration at all") is None
    assert known("") is None


def test_the_host_has_the_last_word(known, monkeypatch):
    clone = '[remote "origin"]\n\turl = https://github.com/someone/private\n'
    monkeypatch.setenv("SPOTCHECK_REPOSITORY", PAGE)
    assert known(clone) == PAGE
    monkeypatch.setenv("SPOTCHECK_REPOSITORY", "")
    assert known(clone) is None


@given(st.text(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=4000))
def test_a_report_fits_an_address_and_comes_out_as_it_went_in(title, text):
    title = title.encode("utf-8", "ignore").decode()
    address = report_address(PAGE, title, text)
    assert len(address) <= 8_000
    assert address.startswith(PAGE + "/issues/new?title=")
    asked = parse_qs(urlsplit(address).query, keep_blank_values=True)
    (body,) = asked["body"]
    assert asked["title"] == [title]
    assert text.startswith(body)
    assert body == text or len(address) > 8_000 - len("%F0%9F%8F%83")
