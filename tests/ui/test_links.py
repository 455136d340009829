"""The codec restores what it wrote, and nothing that a link says can break it."""

import math
from urllib.parse import parse_qs, parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spotcheck.ui.links import (
    Choice,
    Flag,
    Nested,
    Number,
    Records,
    Several,
    Text,
    defaults,
    read,
    write,
)

FIELDS = [
    Number("weight", "a weight", 30, 200, 68, unit="kg", personal=True),
    Number("speed", "a speed", 3, 25, 9, 0.01, "km/h"),
    Number("grade", "a slope", -20, 30, 0, unit="%"),
    Choice("session", "a session type", ("steady", "walk"), "steady"),
    Choice("muscle", "a muscle", ("soleus", "gracilis"), None, optional=True),
    Several("exercise", "an exercise", ("plank", "squat", "lunge"), ("plank",), most=2),
    Flag("single", "the switch for single persons", False),
    Number("target", "a target", 35, 200, None, 0.1, "kg", personal=True, optional=True),
    Text("label", "a name", longest=8),
]
WEEK = Records(
    "week",
    "a session",
    (
        Choice("kind", "a session type", ("steady", "walk"), "steady"),
        Number("minutes", "a duration", 5, 180, 40, unit="min"),
        Number("pause", "a pause", 0, 60, None, unit="s", optional=True),
        Text("label", "a name"),
        Flag("hard", "the switch for hard sessions", False),
    ),
    most=3,
    default=(("steady", 40, None, "", False),),
)
PLANS = Nested("plan", "a plan", (*FIELDS, WEEK), most=2)
ROWS = [*FIELDS, WEEK, PLANS]

words = st.text(max_size=60)
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
        "target": st.none() | st.integers(350, 2000).map(lambda tenths: tenths / 10),
        "label": words.map(FIELDS[-1].clean),
    }
)
weeks = st.lists(
    st.tuples(
        st.sampled_from(["steady", "walk"]),
        st.integers(5, 180),
        st.none() | st.integers(0, 60),
        (words | st.text("%,&=+ é🏃", max_size=9)).map(WEEK.columns[3].clean),
        st.booleans(),
    ),
    max_size=3,
).map(tuple)
plans = st.lists(st.builds(lambda one, week: {**one, "week": week}, values, weeks), max_size=2)


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
    # Only as a name: the reader's own words may hold it.
    assert "weight" not in parse_qs(query)
    assert {**chosen, **read(FIELDS, parameters(query)).values} == chosen


@given(weeks, plans.map(tuple))
def test_a_link_restores_rows_and_whole_plans(week, pinned):
    chosen = defaults(FIELDS) | {"week": week, "plan": pinned}
    query = write(ROWS, chosen, with_personal=True)
    reading = read(ROWS, parameters(query))
    assert reading.values == chosen
    assert reading.notices == ()
    assert write(ROWS, reading.values, with_personal=True) == query


nasty = st.sampled_from(["1e999", "-0", "٣", "\x00", "<script>", "%", "%zz", "plank", "1", "0", ""])
cells = st.text() | st.floats().map(str) | st.integers().map(str) | nasty
lines = st.lists(cells, max_size=8).map(",".join)
queries = st.dictionaries(
    st.sampled_from(["v", "x", *(field.name for field in PLANS.fields)]),
    cells | lines,
    max_size=5,
).map(lambda raw: "&".join(f"{name}={text}" for name, text in raw.items()))


@given(
    st.dictionaries(
        st.sampled_from(["v", "x", *(field.name for field in ROWS)]),
        st.lists(cells | lines | queries, max_size=4),
    )
)
def test_any_link_gives_allowed_values_and_plain_notices(raw):
    reading = read(ROWS, raw)
    settings = defaults(ROWS) | reading.values
    for field in ROWS:
        assert field.clean(settings[field.name]) == settings[field.name]
    for notice in reading.notices:
        assert not set("<>[]`*_$\n") & set(notice)
    assert read(ROWS, parameters(write(ROWS, settings, with_personal=True))).values == settings


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=9) | nasty,
    lambda inner: (
        st.lists(inner, max_size=7)
        | st.tuples(inner, inner)
        | st.dictionaries(st.sampled_from(["weight", "week", "label"]), inner)
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("field", [*FIELDS[:3], FIELDS[-2], FIELDS[-1], WEEK, PLANS])
@given(anything)
def test_whatever_code_hands_over_is_cleaned_once(field, value):
    cleaned = field.clean(value)
    assert field.clean(cleaned) == cleaned
    assert field.parse(field.format(cleaned)) == (cleaned, "")


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
        (
            "target=soon",
            "target",
            None,
            "The link did not give a target as a number. We left it out.",
        ),
        (
            "label=" + "long" * 9,
            "label",
            "longlong",
            "The link gave a name of more than 8 characters. We use its beginning.",
        ),
        (
            "week=walk,999&week=steady,60",
            "week",
            (("walk", 180, None, "", False), ("steady", 60, None, "", False)),
            "Session 1: The link asked for a duration of 999\u00a0min. "
            "We use 180\u00a0min, the most this page can handle.",
        ),
        (
            "week=swim,30&week=walk&week=yoga,20",
            "week",
            (
                ("steady", 30, None, "", False),
                ("walk", 40, None, "", False),
                ("steady", 20, None, "", False),
            ),
            "Sessions 1 and 3: The link named a session type that we do not know. "
            "We use the usual one.",
        ),
        (
            "week=walk,30,,Easy,0,7,7",
            "week",
            (("walk", 30, None, "Easy", False),),
            "Session 1: The link gave more values than we know. We left them out.",
        ),
        (
            "week=walk,5&week=walk,6&week=walk,7&week=walk,8",
            "week",
            tuple(("walk", minutes, None, "", False) for minutes in (5, 6, 7)),
            "The link gave 4 sessions; we use the first 3.",
        ),
        (
            "plan=weight%3D80&plan=weight%3D900%26single%3D1",
            "plan",
            (
                {**defaults(PLANS.fields), "weight": 80},
                {**defaults(PLANS.fields), "weight": 200, "single": True},
            ),
            "Plan 2: The link asked for a weight of 900\u00a0kg. "
            "We use 200\u00a0kg, the most this page can handle.",
        ),
    ],
)
def test_what_cannot_be_used_is_named(query, name, value, notice):
    reading = read(ROWS, parameters(query))
    assert reading.values[name] == value
    assert reading.notices == (notice,)


def test_a_link_can_say_no_rows_and_no_number():
    reading = read(ROWS, parameters("week=&plan=&target="))
    assert reading.values == {"week": (), "plan": (), "target": None}
    assert reading.notices == ()


def test_many_faults_in_many_rows_are_said_in_few_lines():
    week = Records("week", "a session", WEEK.columns, most=50)
    texts = [f"swim,{1000 + row},999,{'long' * 20},maybe,9" for row in range(5000)]
    reading = read([week], {"week": texts})
    assert len(reading.values["week"]) == 50
    assert len(reading.notices) == 7
    assert reading.notices[0] == "The link gave 5,000 sessions; we use the first 50."
    assert reading.notices[-1] == "And 50 more."


def test_rows_are_read_and_short_in_the_address():
    query = write([WEEK], {"week": (("walk", 30, None, "3,5 % up", True),)}, with_personal=True)
    assert query == "v=1&week=walk,30,,3%252C5+%2525+up,1"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Long \t run \n", "Long run"),
        ("a\x00b\x1bc\u202ed\u2066e\ufefff\ud800", "abcdef"),
        ("\u200d \u200b", ""),
        ("🏃\u200d♀️ früh", "🏃\u200d♀️ früh"),
        ("x" * 39 + " y", "x" * 39),
        (math.nan, "Plan"),
        (None, "Plan"),
    ],
)
def test_a_name_keeps_what_can_be_seen(typed, kept):
    assert Text("label", "a name", "Plan").clean(typed) == kept


@pytest.mark.parametrize(
    ("given", "kept"),
    [(math.nan, 68), ("x", 68), (None, 68), (math.inf, 200), (-(10**400), 68), ("70.4", 70)],
)
def test_a_number_is_always_allowed(given, kept):
    assert FIELDS[0].clean(given) == kept


def test_a_link_of_another_version_is_read_with_a_notice():
    reading = read(FIELDS, parameters("v=2&weight=80"))
    assert reading.values == {"weight": 80}
    assert len(reading.notices) == 1


def test_tracking_codes_are_left_alone():
    assert read(FIELDS, parameters("utm_source=x&fbclid=y")).notices == ()


def test_an_old_link_keeps_its_meaning_when_a_default_changes():
    stored = (
        "v=1&weight=68&speed=9&grade=0&session=steady&muscle=&exercise=plank&single=0"
        "&target=&label="
    )
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
        Number("target", "a target", 35, 200, 60, 0.1, "kg", personal=True, optional=True),
        Text("label", "a name", "My plan", longest=8),
    ]
    assert defaults(changed) | read(changed, parameters(stored)).values == today


def test_every_value_is_written():
    pairs = parse_qsl(write(FIELDS, defaults(FIELDS), with_personal=True), keep_blank_values=True)
    assert [name for name, _ in pairs] == ["v", *(field.name for field in FIELDS)]
