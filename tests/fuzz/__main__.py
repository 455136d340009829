"""Send thousands of hostile links, files and texts to the app: ``make fuzz``.

``python -m tests.fuzz --seed 7 --only 1234`` repeats one case.
"""

from __future__ import annotations

import argparse
import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterable

from tests.fuzz.checks import through_a_page, through_the_parsers
from tests.fuzz.generate import Case, case

MOST_TOLD = 10


def main() -> int:
    """Run, and give the number of failures, at most 1."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--parsers", type=int, default=20_000, help="cases for the parsers")
    arguments.add_argument("--pages", type=int, default=2_000, help="cases for whole pages")
    arguments.add_argument("--only", type=int, help="number of the only case to send")
    given = arguments.parse_args()
    # Each page that AppTest opens warns that it runs without a server.
    logging.disable(logging.WARNING)
    print(f"seed {given.seed}")
    numbers = (range(given.parsers), range(given.pages))
    if given.only is not None:
        numbers = ([given.only],) * 2
    failures = run("parsers", numbers[0], given.seed, through_the_parsers)
    failures += run("pages", numbers[1], given.seed, through_a_page)
    return int(failures > 0)


def run(what: str, numbers: Iterable[int], seed: int, check: Callable[[Case], None]) -> int:
    """Send every case, tell how far it got, and count those that failed."""
    failures, started, told = 0, time.monotonic(), time.monotonic()
    for done, number in enumerate(numbers, 1):
        sent = case(seed, number)
        try:
            check(sent)
        except Exception:
            failures += 1
            if failures <= MOST_TOLD:
                print(f"\n{what}: --seed {seed} --only {number} failed: {sent!r:.2000}")
                traceback.print_exc(file=sys.stdout)
        if time.monotonic() - told > 10 or done == len(numbers):
            told = time.monotonic()
            print(
                f"{what}: {done:,} of {len(numbers):,}, {failures} failed, {told - started:.0f} s",
                flush=True,
            )
    return failures


if __name__ == "__main__":
    sys.exit(main())
