"""A fixed part of ``make fuzz``, and every link that ever broke a page, by name."""

import pytest

from tests.fuzz.checks import check_link, opened, through_a_page, through_the_parsers
from tests.fuzz.generate import KINDS, PAGES, case

SEED = 7
N_PARSED = 300
# Of the first links, files and texts for every page, one in three.
OPENED = range(2, len(KINDS) * len(PAGES), 3)

ESTIMATOR, MATRIX, ARTICLES = (
    f"pages/{name}.py" for name in ("calorie_deficit", "muscle_matrix", "articles")
)
FOUND = {
    "a number beyond all numbers": (ESTIMATOR, {"weight": ["1e999"], "age": ["inf"]}),
    "no number at all": (MATRIX, {"time": ["nan"], "exercise": ["nan", "nan"]}),
    "a topic that is markup": (ARTICLES, {"topic": ["<b>"], "theme": ["<b>", ""]}),
    "a walk at the speed of a sprint": (
        ESTIMATOR,
        {"session": ["walk"], "speed": ["22"], "grade": ["30"], "pace": ["min_km"]},
    ),
    "pins without sense": (
        ESTIMATOR,
        {"view": ["plans"], "pin": ["week=walk,99,nan", "intake=-1e9&name=%00"] * 4},
    ),
    "assumptions without sense": (
        ESTIMATOR,
        {"view": ["unknowns"], "prior": ["compensation_fraction,9,9", "x", ",,,"]},
    ),
    "a code that its place does not allow": (
        ARTICLES,
        {"view": ["expert"], "part": ["coding"], "code": ["T01,silent", "A10,low", ",,"]},
    ),
}


def test_the_same_seed_gives_the_same_cases():
    assert [case(SEED, number) for number in range(20)] == [
        case(SEED, number) for number in range(20)
    ]
    assert case(SEED, 1) != case(SEED + 1, 1)
    assert {case(SEED, number).kind for number in range(len(KINDS))} == set(KINDS)


def test_no_parser_stumbles():
    for number in range(N_PARSED):
        through_the_parsers(case(SEED, number))


@pytest.mark.parametrize("number", OPENED)
def test_no_page_stumbles(number):
    through_a_page(case(SEED, number))


@pytest.mark.parametrize("name", FOUND)
def test_a_link_that_once_broke_a_page(name):
    page, parameters = FOUND[name]
    check_link(page, parameters)
    opened(page, parameters)
