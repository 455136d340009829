"""Write ``docs/licences.md``: licences of the pinned packages and of what they bring along."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
RUN, TEST = "requirements.txt", "requirements-dev.txt"
COPYLEFT = re.compile(r"GPL|MPL|Mozilla|EUPL", re.IGNORECASE)

_LONGEST = 60
_AUDIT = """## Known vulnerabilities

```sh
pip install pip-audit && pip-audit -r requirements.txt
```

compares the pinned packages, and all that they bring along, with the advisories of pypi.org. It was
tried on 22 November 2026 where this was written and **could not tell**: the package mirror there
has no advisories. Run it before a release. From issue threads, not from an advisory database: the
last flaw of Streamlit itself that we know of (CVE-2026-33682) was mended in 1.54.
"""


def text() -> str:
    """Page as it should be on this machine."""
    run, test = pinned(RUN), pinned(TEST)
    brought = sorted(closure(run) - set(run), key=str.lower)
    parts = [
        "# Licences and known vulnerabilities",
        "Written by `python -m scripts.licences`, from what the installed packages say of\n"
        "themselves. Our code is MIT, our data CC BY 4.0; [data/licences](../data/licences) has\n"
        "what belongs to the data.",
        _section("Needed to run", run),
        _section("Brought along by these", brought),
        _section("Added by `make test`", test),
        f"## Copyleft\n\n{_copyleft([*run, *brought], test)}",
        _AUDIT,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def pinned(name: str) -> list[str]:
    """Packages that a requirements file pins, without those of a file that it includes."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return [line.partition("==")[0] for line in lines if "==" in line and line[0] != "#"]


def closure(names: list[str]) -> set[str]:
    """Packages and all that they need on this machine, by the names that they give themselves."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        try:
            package = distribution(waiting.pop())
        except PackageNotFoundError:
            continue
        if package.name not in found:
            found.add(package.name)
            needs = map(Requirement, package.requires or ())
            waiting += [one.name for one in needs if not one.marker or one.marker.evaluate()]
    return found


def row(name: str) -> str:
    """Line of the page on a package: name, version and licence."""
    package = distribution(name)
    return f"| {package.name} | {package.version} | {licence(name)} |"


def licence(name: str) -> str:
    """Licence as a package states it: its expression, its classifiers, or its first words.

    Examples
    --------
    >>> licence("streamlit")
    'Apache-2.0'
    """
    stated = distribution(name).metadata
    classes = [one for one in stated.get_all("Classifier") or () if one.startswith("License ::")]
    words = (stated.get("License") or "").strip()
    short = words if len(words) <= _LONGEST and "\n" not in words else ""
    named = ", ".join(one.rpartition(" :: ")[2] for one in classes)
    return stated.get("License-Expression") or short or named or "not stated"


def _section(title: str, names: list[str]) -> str:
    rows = "\n".join(map(row, names))
    return f"## {title}\n\n| package | version | licence |\n|---|---|---|\n{rows}"


def _copyleft(run: list[str], test: list[str]) -> str:
    strict = {
        when: [f"`{name}` ({licence(name)})" for name in names if COPYLEFT.search(licence(name))]
        for when, names in (("running", run), ("testing", test))
    }
    lines = [
        f"- Needed for {when}: {', '.join(names) or 'none'}." for when, names in strict.items()
    ]
    return "\n".join(lines) + (
        "\n\nNone of them is copied into this repository. Whoever hands on an image or a bundle\n"
        "with them inside does so under their terms as well as ours."
    )


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
