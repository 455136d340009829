import numpy as np
import pytest

from spotcheck.energy.metabolism import (
    body_mass_index,
    check_range,
    extracellular_fluid_kg,
    is_female,
    jackson_body_fat_kg,
    resting_metabolic_rate,
)

BODY_FUNCTIONS = (resting_metabolic_rate, jackson_body_fat_kg, extracellular_fluid_kg)


def test_mifflin_by_hand():
    assert resting_metabolic_rate("female", 35, 1.68, 75) == pytest.approx(1466.05)
    assert resting_metabolic_rate("male", 36, 1.80, 90) == pytest.approx(1851.98)


def test_mifflin_stays_near_its_rounded_form():
    rounded = 10 * 70 + 6.25 * 175 - 5 * 40 + 5
    assert resting_metabolic_rate("male", 40, 1.75, 70) == pytest.approx(rounded, abs=5)


def test_jackson_by_hand():
    woman = 75 * (0.14 * 35 + 39.96 * np.log(75 / 1.68**2) - 102.01) / 100
    man = 90 * (0.14 * 36 + 37.31 * np.log(90 / 1.80**2) - 103.94) / 100
    assert jackson_body_fat_kg("female", 35, 1.68, 75) == pytest.approx(woman)
    assert jackson_body_fat_kg("male", 36, 1.80, 90) == pytest.approx(man)


def test_jackson_is_clipped_only_where_the_regression_leaves_the_possible():
    assert jackson_body_fat_kg("male", 18, 2.3, 30) == pytest.approx(0.01 * 30)
    assert jackson_body_fat_kg("female", 100, 1.2, 300) == pytest.approx(0.70 * 300)


def test_silva_by_hand():
    assert extracellular_fluid_kg("female", 35, 1.68, 75) == pytest.approx(18.5714)
    assert extracellular_fluid_kg("male", 36, 1.80, 90) == pytest.approx(22.916)


def test_silva_uses_age_in_men_only():
    ages = np.array([20.0, 70.0])
    women = extracellular_fluid_kg("female", ages, 1.68, 75)
    men = extracellular_fluid_kg("male", ages, 1.68, 75)
    assert women[0] == women[1]
    assert men[1] - men[0] == pytest.approx(0.025 * 50)


def test_body_mass_index():
    assert body_mass_index(70, 1.75) == pytest.approx(22.857, abs=1e-3)


@pytest.mark.parametrize("function", BODY_FUNCTIONS)
def test_arrays_equal_scalars(function):
    sex = ["female", "male", "male"]
    age, height, weight = [20, 45, 80], [1.55, 1.80, 1.70], [50, 95, 70]
    together = function(sex, age, height, weight)
    one_by_one = [function(*values) for values in zip(sex, age, height, weight, strict=True)]
    np.testing.assert_array_equal(together, one_by_one)


@pytest.mark.parametrize("function", BODY_FUNCTIONS)
def test_every_corner_of_the_ranges_is_positive_and_finite(function):
    corners = np.array(np.meshgrid([18, 100], [1.2, 2.3], [30, 300])).reshape(3, -1)
    for sex in ("female", "male"):
        result = function(sex, *corners)
        assert np.isfinite(result).all()
        assert (result > 0).all()


@pytest.mark.parametrize("function", BODY_FUNCTIONS)
@pytest.mark.parametrize(
    ("values", "message"),
    [
        (("other", 35, 1.68, 75), r"sex is 'other'; allowed: 'female' or 'male'"),
        (("female", 15, 1.68, 75), r"age_years is 15; allowed: a number from 18 to 100 years"),
        (("female", 35, 168, 75), r"height_m is 168; allowed: a number from 1.2 to 2.3 m"),
        (("female", 35, 1.68, 20), r"weight_kg is 20; allowed: a number from 30 to 300 kg"),
        (("female", 35, 1.68, np.nan), r"weight_kg is nan; allowed"),
        (("female", np.inf, 1.68, 75), r"age_years is inf; allowed"),
        (("female", 35, 1.68, [75, -1]), r"weight_kg is -1; allowed"),
        (("female", 35, "tall", 75), r"height_m is 'tall'; allowed: a number"),
        ((["female", "none"], 35, 1.68, 75), r"sex is 'none'; allowed"),
    ],
)
def test_bad_input_is_named(function, values, message):
    with pytest.raises(ValueError, match=message):
        function(*values)


@pytest.mark.parametrize(
    ("weight", "height", "field"), [(10, 1.7, "weight_kg"), (70, 0.9, "height_m")]
)
def test_body_mass_index_names_bad_input(weight, height, field):
    with pytest.raises(ValueError, match=field):
        body_mass_index(weight, height)


def test_check_range_takes_limits_that_differ_by_person():
    with pytest.raises(ValueError, match=r"dose is 5; allowed: a number from 0 to 4"):
        check_range("dose", [5, 5], [0, 0], [6, 4])


def test_is_female_keeps_the_shape():
    assert is_female("female").shape == ()
    assert is_female(np.array(["male", "female"])).tolist() == [False, True]
