"""The codec restores what it wrote, and nothing that a link says can break it."""

from urllib.parse import parse_qs, parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.ui.links import Choice, Flag, Number, Several, defaults, read, write

FIELDS = [
    Number("weight", "a weight", 30, 200, 68, unit="kg", personal=True),
    Number("speed", "a speed", 3, 25, 9, 0.01, "km/h"),
    Number("grade", "a slope", -20, 30, 0, unit="%"),
    Choice("session", "a session type", ("steady", "walk"), "steady"),
    Choice("muscle", "a muscle", ("soleus", "gracilis"), None, optional=True),
    Several("exercise", "an exercise", ("plank", "squat", "lunge"), ("plank",), most=2),
    Flag("single", "the switch for single persons", False),
]

values = st.fixed_dictionaries(
    {
        "weight": st.integers(30, 200),
        "speed": st.integers(300, 2500).map(lambda hundredths: hundredths / 100),
        "grade": st.integers(-20, 30),
        "session": st.sampled_from(["steady", "walk"]),
        "muscle": st.sampled_from([None, "soleus", "gracilis"]),
        "exercise": st.lists(
            st.sampled_from(["plank", "squat", "lunge"]), max_size=2, unique=True
        ).map(tuple),
        "single": st.booleans(),
    }
)


def parameters(query):
    return parse_qs(query, keep_blank_values=True)


@given(values)
def test_a_link_restores_every_value(chosen):
    reading = read(FIELDS, parameters(write(FIELDS, chosen, with_personal=True)))
    assert reading.values == chosen
    assert reading.notices == ()


@given(values)
def test_a_plan_only_link_says_nothing_of_the_reader(chosen):
    query = write(FIELDS, chosen, with_personal=False)
    assert "weight" not in query
    assert {**chosen, **read(FIELDS, parameters(query)).values} == chosen


@given(
    st.dictionaries(
        st.sampled_from(["v", "x", *(field.name for field in FIELDS)]),
        st.lists(
            st.text()
            | st.floats().map(str)
            | st.integers().map(str)
            | st.sampled_from(["1e999", "-0", "٣", "\x00", "<script>", "plank", "1", "0", ""]),
            max_size=4,
        ),
    )
)
def test_any_link_gives_allowed_values_and_plain_notices(raw):
    reading = read(FIELDS, raw)
    settings = defaults(FIELDS) | reading.values
    for field in FIELDS:
        assert field.clean(settings[field.name]) == settings[field.name]
    for notice in reading.notices:
        assert not set("<>[]`*_$") & set(notice)


@pytest.mark.parametrize(
    ("query", "name", "value", "notice"),
    [
        (
            "weight=9999",
            "weight",
            200,
            "The link asked for a weight of 9,999\u00a0kg. "
            "We use 200\u00a0kg, the most this page can handle.",
        ),
        (
            "grade=-45",
            "grade",
            -20,
            "The link asked for a slope of \u221245\u00a0%. "
            "We use \u221220\u00a0%, the least this page can handle.",
        ),
        (
            "weight=70.4",
            "weight",
            70,
            "The link asked for a weight of 70.4\u00a0kg. We use 70\u00a0kg, the nearest step.",
        ),
        (
            "weight=inf",
            "weight",
            68,
            "The link did not give a weight as a number. We use 68\u00a0kg.",
        ),
        (
            "weight=1e999",
            "weight",
            68,
            "The link did not give a weight as a number. We use 68\u00a0kg.",
        ),
        (
            "weight=70&weight=80",
            "weight",
            70,
            "The link gave a weight more than once. We use the first.",
        ),
        (
            "session=swim",
            "session",
            "steady",
            "The link named a session type that we do not know. We use the usual one.",
        ),
        (
            "muscle=heart",
            "muscle",
            None,
            "The link named a muscle that we do not know. We left it out.",
        ),
        (
            "exercise=squat&exercise=yoga",
            "exercise",
            ("squat",),
            "The link named an exercise that we do not know. We left it out.",
        ),
        (
            "exercise=squat&exercise=plank&exercise=lunge",
            "exercise",
            ("squat", "plank"),
            "The link named 3; we use the first 2.",
        ),
        (
            "single=yes",
            "single",
            False,
            "The link gave the switch for single persons as neither 1 nor 0. We use the usual one.",
        ),
    ],
)
def test_what_cannot_be_used_is_named(query, name, value, notice):
    reading = read(FIELDS, parameters(query))
    assert reading.values[name] == value
    assert reading.notices == (notice,)


def test_a_link_of_another_version_is_read_with_a_notice():
    reading = read(FIELDS, parameters("v=2&weight=80"))
    assert reading.values == {"weight": 80}
    assert len(reading.notices) == 1


def test_tracking_codes_are_left_alone():
    assert read(FIELDS, parameters("utm_source=x&fbclid=y")).notices == ()


def test_an_old_link_keeps_its_meaning_when_a_default_changes():
    stored = "v=1&weight=68&speed=9&grade=0&session=steady&muscle=&exercise=plank&single=0"
    today = defaults(FIELDS)
    assert write(FIELDS, today, with_personal=True) == stored
    changed = [
        Number("weight", "a weight", 30, 200, 75, unit="kg", personal=True),
        Number("speed", "a speed", 3, 25, 10, 0.01, "km/h"),
        Number("grade", "a slope", -20, 30, 2, unit="%"),
        Choice("session", "a session type", ("walk", "steady"), "walk"),
        Choice("muscle", "a muscle", ("soleus", "gracilis"), "soleus", optional=True),
        Several("exercise", "an exercise", ("squat", "plank", "lunge"), ("squat",), most=2),
        Flag("single", "the switch for single persons", True),
    ]
    assert defaults(changed) | read(changed, parameters(stored)).values == today


def test_every_value_is_written():
    pairs = parse_qsl(write(FIELDS, defaults(FIELDS), with_personal=True), keep_blank_values=True)
    assert [name for name, _ in pairs] == ["v", *(field.name for field in FIELDS)]
