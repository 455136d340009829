"""How two codings meet: every cell is its count, and only the diagonal looks alike."""

import pandas as pd
import pytest

from spotcheck.charts.agreement import confusion
from spotcheck.charts.theme import DARK, LIGHT

WORDS = {"high": "High", "low": "Low", "very_low": "Very low"}
COUNTS = pd.DataFrame([[3, 0, 1], [12, 5, 0], [0, 0, 0]], index=list(WORDS), columns=list(WORDS))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_cells_hold_the_counts_and_differences_stand_out(theme):
    figure = confusion(COUNTS, WORDS, theme, noun="grade")
    heatmap, texts = figure.data
    shown = {(y, x): int(n) for x, y, n in zip(texts.x, texts.y, texts.text, strict=True)}
    for row in range(3):
        for column in range(3):
            n = COUNTS.iloc[row, column]
            level = heatmap.z[row][column]
            assert shown.get((row, column), 0) == n
            assert level == (0 if n == 0 else 1 if row == column else 2)
    assert heatmap.text[1][0] == "We: Low<br>You: High<br>12 places"
    assert heatmap.text[0][2] == "We: High<br>You: Very low<br>1 place"
    assert list(figure.layout.xaxis.ticktext) == list(figure.layout.yaxis.ticktext)


def test_it_grows_with_its_codes():
    small = confusion(COUNTS.iloc[:2, :2], WORDS, LIGHT, noun="grade")
    large = confusion(COUNTS, WORDS, LIGHT, noun="grade")
    assert small.layout.height < large.layout.height
    assert small.layout.width < large.layout.width
