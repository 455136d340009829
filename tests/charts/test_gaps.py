"""Map of gaps: colour and number of every cell are its count of studies."""

import json

import pandas as pd
import pytest

from spotcheck.charts import gaps as charts
from spotcheck.charts.muscles import readable_ink
from spotcheck.charts.theme import DARK, LIGHT
from spotcheck.muscles import gaps
from spotcheck.tables import load

EXERCISES, MUSCLES = load("exercises"), load("muscles")


def axis(codes, labels, groups, group_labels):
    return pd.DataFrame(
        {"code": codes, "label": labels, "group": groups, "group_label": group_labels}
    )


FAMILIES = EXERCISES.drop_duplicates("family")


ROWS = {
    "exercise_id": axis(
        *(EXERCISES[name] for name in ("exercise_id", "short_name", "family", "family_label"))
    ),
    "family": axis(
        *(FAMILIES[name] for name in ("family", "family_label", "category", "category"))
    ),
}
COLUMNS = axis(
    *(MUSCLES[name] for name in ("muscle_id", "short_name", "muscle_group", "muscle_group_label"))
)


@pytest.fixture(scope="module")
def grids():
    known = gaps.known_rows(
        load("engagement_measurements"), load("exercise_variants"), load("muscle_portion_members")
    )
    return {
        by: gaps.gap_map(known, EXERCISES, MUSCLES, by=by)
        .rename(columns={by: "row", "muscle_id": "column"})
        .assign(text="words")
        for by in ROWS
    }


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("by", ROWS)
def test_colours_and_numbers_are_the_counts(grids, by, theme):
    # The order of the cells handed in does not matter.
    grid = grids[by].sample(frac=1, random_state=1)
    figure = charts.gap_map(grid, ROWS[by], COLUMNS, theme, narrow=False)
    heatmap, numbers = figure.data
    shown = {(int(y), int(x)): text for x, y, text in zip(numbers.x, numbers.y, numbers.text,
                                                           strict=True)}  # fmt: skip
    cells = grids[by].set_index(["row", "column"]).to_dict("index")
    for y, row in enumerate(ROWS[by]["code"]):
        for x, column in enumerate(COLUMNS["code"]):
            cell = cells[row, column]
            n = cell["n_studies"]
            if n:
                name = {1: "1", 2: "2", 3: "3 to 4", 4: "3 to 4"}.get(n, "5 or more")
                assert shown[y, x] == str(n)
            elif cell["kind"] == "none":
                name = "none"
                assert (y, x) not in shown
            else:
                name = "△ or ?"
                assert shown[y, x] == charts.GLYPHS[cell["kind"]]
            assert charts.CLASSES[heatmap.z[y][x]] == name


def test_nothing_is_a_class_of_its_own():
    for theme in (LIGHT, DARK):
        colours = charts.class_colours(theme)
        assert len(set(colours)) == len(charts.CLASSES)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_read_on_their_colours(theme):
    def luminance(colour):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colour in charts.class_colours(theme):
        low, high = sorted([luminance(colour), luminance(readable_ink(colour))])
        assert (high + 0.05) / (low + 0.05) >= 4.5


def test_a_phone_has_numbers_where_they_fit(grids):
    across = ROWS["family"].assign(label=ROWS["family"]["label"].str[:12])
    turned = grids["family"].rename(columns={"row": "column", "column": "row"})
    figure = charts.gap_map(turned, COLUMNS, across, LIGHT, narrow=True)
    assert len(figure.data) == 2
    assert len(figure.data[0].z) == len(MUSCLES)
    figure = charts.gap_map(grids["exercise_id"], ROWS["exercise_id"], COLUMNS, LIGHT, narrow=True)
    assert len(figure.data) == 1
    assert list(figure.layout.xaxis.ticktext) == MUSCLES["muscle_group_label"].unique().tolist()


def test_lines_part_groups_only_where_they_stand_together(grids):
    together = charts.gap_map(grids["family"], ROWS["family"], COLUMNS, LIGHT, narrow=False)
    mixed = ROWS["family"].assign(group=["a", "b"] * 6)
    apart = charts.gap_map(grids["family"], mixed, COLUMNS, LIGHT, narrow=False)
    n_muscle_lines = MUSCLES["muscle_group"].nunique() - 1
    n_category_lines = ROWS["family"]["group"].nunique() - 1
    assert len(together.layout.shapes) == n_muscle_lines + n_category_lines
    assert len(apart.layout.shapes) == n_muscle_lines


def test_the_families_are_small(grids):
    figure = charts.gap_map(grids["family"], ROWS["family"], COLUMNS, LIGHT, narrow=False)
    assert len(json.dumps(figure.to_plotly_json(), default=str)) < 40_000


def test_the_hover_says_what_counts_apart():
    cell = {
        "n_exercises": 1, "n_exercises_studied": 0, "n_studies": 0, "n_measurements": 0,
        "n_single_person": 1, "n_from_memory": 2,
    }  # fmt: skip
    text = charts.hover_text("Run", "Soleus", cell)
    assert "No study of more than one person" in text
    assert "1 number of one person" in text and "2 from memory" in text
