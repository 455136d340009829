"""Person-days a second of the body-weight model, against the ``hallmodel`` package."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import hallmodel
import numpy as np

from spotcheck.energy import Person, simulate

PEOPLE, DAYS, ROUNDS = 1000, 365, 7


def measure() -> None:
    """Print the times of both, their ratio and their largest difference."""
    random = np.random.default_rng(1)
    sex = np.where(random.random(PEOPLE) < 0.5, "female", "male")
    age = random.uniform(20, 70, PEOPLE)
    height = random.uniform(1.5, 2.0, PEOPLE)
    weight = random.uniform(20, 38, PEOPLE) * height**2
    intake = random.uniform(-700, 300, PEOPLE)
    person = Person(sex, age, height, weight)
    daily = np.tile(intake[:, None], (1, DAYS + 1))

    def ours() -> np.ndarray:
        return simulate(person, intake_change_kcal_per_day=intake, days=DAYS).weight_kg

    def theirs() -> np.ndarray:
        return hallmodel.adult_weight(
            bw=weight,
            ht=height,
            age=age,
            sex=sex,
            EIchange=daily,
            NAchange=np.zeros_like(daily),
            PAL=np.full(PEOPLE, 1.5),
            days=DAYS + 1,
            dt=1.0,
        )["Body_Weight"]

    apart = np.abs(ours() - theirs()).max()
    times: dict[str, list[float]] = {"ours": [], "hallmodel": []}
    for _ in range(ROUNDS):
        times["ours"].append(_timed(ours))
        times["hallmodel"].append(_timed(theirs))
    print(f"\nBody-weight model, {PEOPLE} people x {DAYS} days, {ROUNDS} rounds in turn")
    for name, seconds in times.items():
        median = statistics.median(seconds)
        print(
            f"  {name:10} median {1000 * median:6.1f} ms"
            f"   {PEOPLE * DAYS / median / 1e6:5.1f} million person-days/s"
        )
    ratios = [b / a for a, b in zip(times["ours"], times["hallmodel"], strict=True)]
    print(f"  ours is {statistics.median(ratios):.1f} times as fast; at most {apart:.4f} kg apart")


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
