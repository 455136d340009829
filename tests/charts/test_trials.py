"""The picture of the trials holds the figures of its table."""

import numpy as np
import pytest

from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.charts.trials import SHOWN_KG, trial_rows
from spotcheck.energy.trials import check
from spotcheck.wording import IMPERIAL, METRIC


@pytest.fixture(scope="module")
def arms():
    return check().arms


def drawn(figure, said):
    """Trace whose hover says this."""
    return next(one for one in figure.data if said in (one.hovertemplate or ""))


@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("units", [METRIC, IMPERIAL], ids=["kg", "lb"])
def test_marks_stand_at_the_figures_of_the_table(arms, units, narrow):
    figure = trial_rows(arms, LIGHT, narrow=narrow, units=units)
    factor, left = units.mass_factor, SHOWN_KG[0] * units.mass_factor
    np.testing.assert_allclose(drawn(figure, "seen").x, arms["observed_kg"] * factor)
    np.testing.assert_allclose(drawn(figure, "we say").x, arms["ours_kg"] * factor)
    rule = arms["rule_7700_kg"] * factor
    np.testing.assert_allclose(drawn(figure, "rule says").x, rule.clip(lower=left))
    np.testing.assert_allclose(drawn(figure, "rule says").customdata, rule)
    bare = arms["bare_kg"] * factor
    np.testing.assert_allclose(drawn(figure, "nothing is made up").customdata, bare)
    assert figure.layout.title.text == f"Mean change of weight, {units.mass_unit}"


def test_bands_and_intervals_are_the_table(arms):
    figure = trial_rows(arms, DARK, narrow=False)
    band = np.reshape(figure.data[0].x, (-1, 3))
    np.testing.assert_allclose(band[:, 0], arms["band_low_kg"].clip(lower=SHOWN_KG[0]))
    np.testing.assert_allclose(band[:, 1], arms["band_high_kg"])
    seen = drawn(figure, "seen")
    known = arms["observed_low_kg"].notna().to_numpy()
    np.testing.assert_allclose(
        (seen.x - seen.error_x.arrayminus)[known], arms["observed_low_kg"][known]
    )
    np.testing.assert_allclose(
        (seen.x + seen.error_x.array)[known], arms["observed_high_kg"][known]
    )
    assert (seen.error_x.array[~known] == 0).all()
    assert [text != "" for text in seen.customdata] == known.tolist()


@pytest.mark.parametrize("narrow", [True, False])
def test_misses_are_written_beside_their_rows(arms, narrow):
    figure = trial_rows(arms, LIGHT, narrow=narrow)
    rows = [one.y for one in figure.layout.annotations if "missed" in one.text]
    assert rows == np.flatnonzero(~arms["is_held"]).tolist()
    all_missed = trial_rows(arms.assign(is_held=False), LIGHT, narrow=narrow)
    texts = [one.text for one in all_missed.layout.annotations]
    assert sum("missed" in text for text in texts) == len(arms)


def test_what_lies_beyond_the_edge_is_written(arms):
    figure = trial_rows(arms, LIGHT, narrow=False)
    beyond = arms.loc[arms["rule_7700_kg"] < SHOWN_KG[0], "rule_7700_kg"]
    assert len(beyond) == 1
    (label,) = [one for one in figure.layout.annotations if "kg" in one.text and "−" in one.text]
    assert f"{-beyond.iloc[0]:.1f}" in label.text
    for column in ("observed_low_kg", "observed_kg", "ours_kg", "bare_kg"):
        assert (arms[column].dropna() > SHOWN_KG[0]).all()
    for column in ("observed_high_kg", "band_high_kg"):
        assert (arms[column].dropna() < SHOWN_KG[1]).all()


@pytest.mark.parametrize("narrow", [True, False])
def test_every_mark_and_every_row_has_its_name(arms, narrow):
    figure = trial_rows(arms, LIGHT, narrow=narrow)
    texts = [one.text for one in figure.layout.annotations]
    for name in ("seen", "ours", "bare model", "7,700 rule"):
        assert sum(name in text for text in texts) == 1
    names = (arms["trial"] + ", " + arms["arm"]).tolist()
    shown = texts if narrow else list(figure.layout.yaxis.ticktext)
    assert set(names) <= set(shown)
