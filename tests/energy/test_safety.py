"""Where the app offers no deficit, and where it stops a picture."""

import numpy as np
import pytest

from spotcheck.energy.safety import (
    days_shown,
    intake_stop,
    lowest_weight_kg,
    picture_stops,
    reason_to_stop,
)


@pytest.mark.parametrize(
    ("sex", "age", "height", "weight", "reason"),
    [
        ("female", 17, 1.70, 60, "under_18"),
        ("male", 10, 1.40, 30, "under_18"),
        ("female", 18, 1.70, 60, None),
        ("female", 30, 1.70, 53.4, "underweight"),
        ("female", 30, 1.70, 53.5, None),
    ],
)
def test_reason_to_stop(sex, age, height, weight, reason):
    stop = reason_to_stop(sex, age, height, weight)
    assert (stop and stop.reason) == reason


@pytest.mark.parametrize(
    ("sex", "eaten", "stops"),
    [("female", 1199, True), ("female", 1200, False), ("male", 1499, True), ("male", 1500, False)],
)
def test_intake_floor(sex, eaten, stops):
    assert (intake_stop(sex, eaten) is not None) == stops


def test_the_picture_ends_the_day_before_the_limit():
    limit = lowest_weight_kg(1.70)
    weight = np.array([limit + 2, limit + 1, limit, limit - 0.1, limit - 1])
    assert days_shown(weight, 1.70) == 2
    assert days_shown(weight[:3], 1.70) == 2
    assert f"{limit:.1f}" in picture_stops(1.70)
