"""Codings: a reader's values take the place of ours, and nothing else moves."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spotcheck import tables
from spotcheck.articles.coding import (
    ALLOWED,
    READER,
    Coding,
    Edit,
    agreement,
    coding_table,
    cohens_kappa,
    confusion,
    differences,
    kind_of,
    places,
    read_coding,
    recoded,
)

OURS = Coding(*map(tables.load, ("topics", "stances", "claims")))
KEYS = OURS.values()
OUR_CODES = KEYS.to_dict()


@st.composite
def edits(draw):
    key = draw(st.sampled_from(list(KEYS.index)))
    return Edit(key, draw(st.sampled_from(ALLOWED[kind_of(key)])))


def test_every_stance_verdict_and_grade_has_a_key_of_its_own():
    assert KEYS.index.is_unique
    assert len(KEYS) == len(OURS.stances) + len(OURS.claims) + len(OURS.topics)
    assert all(value in ALLOWED[kind_of(key)] for key, value in KEYS.items())


@given(st.lists(edits(), max_size=12))
def test_a_recoding_changes_exactly_what_was_edited(changes):
    found = recoded(OURS, changes)
    wanted = {**KEYS.to_dict(), **dict(changes)}
    assert found.values().to_dict() == wanted
    n_changed = sum(wanted[key] != value for key, value in KEYS.items())
    mine = [getattr(found, name)["coded_by"].eq(READER).sum() for name in vars(OURS)]
    assert sum(mine) == n_changed


def test_a_stance_of_the_reader_counts_as_explicit():
    found = recoded(OURS, [Edit("T01.A", "qualifies"), Edit("T02.A", "silent")])
    rows = found.stances.set_index(["topic_id", "article_id"])
    assert rows.loc[("T01", "A"), ["stance", "stance_value", "qualifier"]].tolist() == [
        "qualifies",
        0.5,
        "explicit",
    ]
    assert rows.loc[("T02", "A"), ["stance_value", "qualifier"]].isna().all()


@pytest.mark.parametrize(
    ("edit", "words"),
    [(Edit("T99.A", "silent"), "T99.A"), (Edit("T01", "best"), "high, moderate, low")],
)
def test_unknown_keys_and_values_are_named(edit, words):
    with pytest.raises(ValueError, match=words):
        recoded(OURS, [edit])


def test_every_place_says_what_it_is_about():
    rows = places(OURS).set_index("key")
    assert rows.index.tolist() == KEYS.index.tolist()
    assert rows["kind"].tolist() == [kind_of(key) for key in KEYS.index]
    claims = tables.load("claims").set_index("claim_id")
    propositions = tables.load("topics").set_index("topic_id")["proposition"]
    for key, row in rows.iterrows():
        if row["kind"] == "verdict":
            assert row["text"] == claims.loc[key, "claim"]
            assert [row["claim_id"], row["topic_id"]] == [key, claims.loc[key, "topic_id"]]
        else:
            assert key == ".".join(row[["topic_id", "article_id"]].dropna())
            assert row["text"] == propositions[row["topic_id"]]


@settings(max_examples=25)
@given(st.lists(edits(), max_size=40))
def test_differences_are_the_edits_that_change_something(changes):
    rows = differences(OURS, recoded(OURS, changes))
    wanted = {key: value for key, value in dict(changes).items() if value != OUR_CODES[key]}
    assert dict(zip(rows["key"], rows["value"], strict=True)) == wanted
    assert rows["ours"].tolist() == KEYS[rows["key"]].tolist()


@settings(max_examples=15)
@given(st.lists(edits(), max_size=40), st.sampled_from([",", ";", "\t"]), st.booleans())
def test_a_coding_survives_the_way_through_a_file(changes, delimiter, as_bytes):
    coding = recoded(OURS, changes)
    text = coding_table(OURS, coding).to_csv(index=False, sep=delimiter)
    reading = read_coding(text.encode() if as_bytes else text, OURS)
    assert (reading.skipped, reading.n_empty, reading.problem) == ((), 0, "")
    assert reading.codes == coding.values().to_dict()
    assert recoded(OURS, reading.edits(OURS)).values().equals(coding.values())
    assert {edit.key for edit in reading.edits(OURS)} == set(differences(OURS, coding)["key"])


def test_the_empty_form_gives_nothing_away_and_changes_nothing():
    form = coding_table(OURS, OURS, blank=True)
    assert len(form) == len(KEYS)
    assert "ours" not in form.columns
    assert set(form["value"]) == {""}
    reading = read_coding(form.to_csv(index=False), OURS)
    assert (reading.codes, reading.n_empty, reading.skipped) == ({}, len(KEYS), ())
    kept = (Edit("T01.A", "qualifies"),)
    assert reading.edits(OURS, kept) == kept


def test_bad_lines_are_named_and_the_rest_is_kept():
    text = "\n".join(
        [
            "Note,KEY,Value",
            "x,T01.A,qualifies",
            "x,T99.A,supports",
            "x,A10,best",
            "",
            "x,T01.A,supports",
            "x,T02,=HYPERLINK(1)",
            "x,T03",
            "x,T04,",
            f"{'y' * 3000},T05,low",
            "x,<b>T01</b>,low",
            'x,T06,"high',
            "x,T07, Very LOW ",
        ]
    )
    reading = read_coding(text, OURS)
    assert reading.codes == {"T01.A": "qualifies", "T06": "high", "T07": "very_low"}
    assert reading.n_empty == 1
    assert {one.line: one.reason.split(";")[0] for one in reading.skipped} == {
        3: "no such place",
        4: "not a verdict",
        6: "given before, on line 2",
        7: "starts with =, +, - or @, as a formula does",
        8: "ends before the column value",
        10: "longer than 2,000 characters",
        11: "no such place",
    }
    assert all(len(one.shown) <= 42 for one in reading.skipped)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("", "nothing in it"),
        (b"", "nothing in it"),
        (" \n\n", "nothing in it"),
        ("place,code\nT01,low", "name the columns key and value"),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe", "not text in UTF-8"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
        (b"PK\x03\x04rubbish", "spreadsheet file"),
        ("key,value\n" + "T01,low\n" * 4000, "4,001 lines"),
        (b"key,value\n" + b"x" * 10**6, "1,000\u00a0kB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, words):
    reading = read_coding(data, OURS)
    assert words in reading.problem
    assert "Nothing was changed" in reading.problem
    assert (reading.codes, reading.edits(OURS)) == ({}, ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_files_of_spreadsheet_programs_are_read(encoding):
    text = "key;value\r\nT01.A;qualifies\r\n"
    assert read_coding(text.encode(encoding), OURS).codes == {"T01.A": "qualifies"}


def test_two_columns_need_no_names():
    assert read_coding("T01.A,qualifies\nT01,low", OURS).codes == {
        "T01.A": "qualifies",
        "T01": "low",
    }


@given(st.one_of(st.text(max_size=300), st.binary(max_size=300)))
def test_whatever_is_loaded_nothing_breaks(data):
    for given_ in (
        data,
        b"key,value\n" + data if isinstance(data, bytes) else f"key,value\n{data}",
    ):
        reading = read_coding(given_, OURS)
        assert all(value in ALLOWED[kind_of(key)] for key, value in reading.codes.items())
        assert all(one.shown.isprintable() for one in reading.skipped)


CODES = st.sampled_from(["high", "moderate", "low"])
PAIRS = st.lists(st.tuples(CODES, CODES), min_size=1, max_size=60)


def by_hand(pairs):
    """Kappa from the textbook's sums, code by code."""
    n = len(pairs)
    codes = {code for pair in pairs for code in pair}
    observed = sum(one == other for one, other in pairs) / n
    chance = sum(
        sum(one == code for one, _ in pairs) / n * sum(other == code for _, other in pairs) / n
        for code in codes
    )
    return None if len(codes) == 1 else (observed - chance) / (1 - chance)


@given(PAIRS)
def test_kappa_is_that_of_the_textbook(pairs):
    found = cohens_kappa(*zip(*pairs, strict=True))
    assert found.n == len(pairs)
    assert found.alike == sum(one == other for one, other in pairs)
    assert found.kappa == (None if by_hand(pairs) is None else pytest.approx(by_hand(pairs)))


@given(PAIRS, st.randoms(use_true_random=False))
def test_kappa_does_not_depend_on_who_comes_first_or_on_the_order(pairs, chance):
    first, second = zip(*pairs, strict=True)
    shuffled = chance.sample(pairs, len(pairs))
    found = cohens_kappa(first, second)
    for other in (cohens_kappa(second, first), cohens_kappa(*zip(*shuffled, strict=True))):
        assert (other.kappa is None) == (found.kappa is None)
        assert (other.interval is None) == (found.interval is None)
        if found.kappa is not None:
            assert other.kappa == pytest.approx(found.kappa)
        if found.interval is not None:
            assert other.interval == pytest.approx(found.interval)
            assert -1 <= other.interval[0] <= other.kappa <= other.interval[1] <= 1


@given(st.lists(CODES, min_size=1, max_size=30))
def test_full_agreement_is_one_unless_there_is_only_one_code(codes):
    found = cohens_kappa(codes, codes)
    assert found.alike == found.n
    assert found.kappa == (pytest.approx(1) if len(set(codes)) > 1 else None)
    assert found.interval is None


def test_the_interval_is_that_of_the_r_package_statpsych():
    first = ["yes"] * 43 + ["no"] * 62
    second = ["yes"] * 31 + ["no"] * 12 + ["yes"] * 4 + ["no"] * 58
    found = cohens_kappa(first, second)
    assert found.kappa == pytest.approx(0.6756757, abs=1e-7)
    assert found.interval == pytest.approx((0.5317210, 0.8196303), abs=1e-6)


def test_raters_need_the_same_places():
    assert cohens_kappa([], []).kappa is None
    with pytest.raises(ValueError, match="1 codes; allowed: 2"):
        cohens_kappa(["low", "low"], ["low"])


@settings(max_examples=15)
@given(st.lists(edits(), max_size=40), st.booleans())
def test_agreement_counts_each_kind_over_the_places_of_the_second_rater(changes, in_part):
    coding = recoded(OURS, changes)
    theirs = coding.values().to_dict()
    keys = [edit.key for edit in changes] if in_part else None
    found = agreement(OURS, coding, keys)
    for kind, one in found.items():
        rated = {key for key in KEYS.index if kind_of(key) == kind and (not in_part or key in keys)}
        assert one.n == len(rated)
        assert one.alike == sum(OUR_CODES[key] == theirs[key] for key in rated)
        table = confusion(OURS, coding, kind, keys)
        assert table.index.tolist() == table.columns.tolist()
        assert int(table.to_numpy().sum()) == one.n
        assert int(table.to_numpy().trace()) == one.alike
        met = Counter((OUR_CODES[key], theirs[key]) for key in rated)
        assert {pair: n for pair, n in table.stack().items() if n} == met
