import itertools
import re

import pandas as pd
import pytest

from spotcheck import measured
from spotcheck.muscles import count_measurements, matrix, measurements_for
from spotcheck.muscles.evidence import GRADES, LENSES
from spotcheck.muscles.order import ROLES, evidence_of, muscles_of
from spotcheck.muscles.story import (
    GRADE_LABELS,
    GROUP_WORDS,
    NOT_MEASURED,
    ROLE_LABELS,
    SESSION_OF_RUN,
    brief_texts,
    claim_sentence,
    closest_claims,
    counts_sentence,
    disagreement,
    dots_of,
    hover_texts,
    measured_headline,
    measured_sentence,
    measurement_table,
    role_headline,
    role_sentence,
    role_words,
    roles_list,
    row_sentence,
    strips_of,
    uncertainty,
)
from spotcheck.tables import load
from spotcheck.wording import NBSP, counted

EXERCISES = load("exercises")
MUSCLES = load("muscles")
ROLES_TABLE = load("engagement_roles")
REASONS = load("role_reasons")
METRICS = load("metrics")
STUDIES = load("studies")
EVIDENCE = (
    load("engagement_measurements"),
    load("exercise_variants"),
    load("muscle_portion_members"),
    METRICS,
)
NAMES = EXERCISES.set_index("exercise_id")["name"]


def plain(sentence):
    return re.sub(r":primary\[(.*?)\]", r"\1", sentence)


def cells_of(lens, *, single=False):
    evidence = evidence_of(lens, measured.cells(single=single))
    return matrix(EXERCISES, MUSCLES, ROLES_TABLE, evidence)


def of_group(frame, group):
    return frame[frame["muscle_id"].isin(muscles_of(MUSCLES, [group])["muscle_id"])]


def pair(exercise, muscle):
    rows = measurements_for(
        exercise,
        muscle,
        measurements=EVIDENCE[0],
        variants=EVIDENCE[1],
        portion_members=EVIDENCE[2],
        portions=load("muscle_portions"),
        metrics=METRICS,
        studies=STUDIES,
    )
    return rows.assign(exercise=rows["exercise_id"], muscle=rows["muscle_id"])


def test_every_code_has_words():
    assert set(GROUP_WORDS) == set(MUSCLES["muscle_group"])
    assert set(ROLE_LABELS) == set(ROLES) == set(ROLES_TABLE["role"])
    assert set(GRADE_LABELS) == {*GRADES, "physics", "expert_role"}
    running = EXERCISES.loc[EXERCISES["is_running_form"], "exercise_id"]
    assert set(SESSION_OF_RUN) == set(running)
    assert set(SESSION_OF_RUN.values()) <= set(load("session_types")["session_type"])


class TestRoleHeadline:
    @pytest.mark.parametrize("group", GROUP_WORDS)
    def test_it_says_what_the_tables_say(self, group):
        roles = of_group(ROLES_TABLE, group)
        sentence = plain(role_headline(roles, roles, group))
        led = roles.loc[roles["role"].eq("prime_mover"), "exercise_id"].nunique()
        assert GROUP_WORDS[group] in sentence
        share = f"{led} of the {len(EXERCISES)}" if led else f"none of the {len(EXERCISES)}"
        assert share in sentence
        in_running = set(roles.loc[roles["exercise_id"].eq("running_easy"), "role"])
        assert ("easy running among them" in sentence) == ("prime_mover" in in_running)
        assert ("only help" in sentence) == (
            "prime_mover" not in in_running and "synergist" in in_running
        )

    @pytest.mark.parametrize(
        ("exercises", "expected"),
        [
            (["leg_press"], "they do not lead in the one exercise here."),
            (["cable_hip_adduction"], "they lead in the one exercise here."),
            (["cable_hip_adduction", "side_lying_adduction"], "they lead in both exercises here."),
            (["running_easy", "running_tempo"], "they lead in none of the 2 exercises here."),
        ],
    )
    def test_few_exercises(self, exercises, expected):
        roles = of_group(ROLES_TABLE, "inner_thigh")
        shown = roles[roles["exercise_id"].isin(exercises)]
        if exercises == ["leg_press"]:
            shown = shown.assign(role="synergist")
        assert plain(role_headline(shown, roles, "inner_thigh")).endswith(expected)

    @pytest.mark.parametrize(
        ("exercises", "expected"),
        [
            (["running_easy"], "lead in easy running, the one exercise here."),
            (["side_plank"], "lead in easy running, but do not lead"),
            (["running_tempo"], "lead in the one exercise here, and easy running."),
        ],
    )
    def test_few_exercises_of_muscles_that_lead_in_running(self, exercises, expected):
        roles = of_group(ROLES_TABLE, "calf")
        shown = roles[roles["exercise_id"].isin(exercises)]
        assert expected in plain(role_headline(shown, roles, "calf")).replace(
            "but lead in none", "but do not lead"
        )


class TestMeasuredHeadline:
    @pytest.mark.parametrize("lens", LENSES)
    @pytest.mark.parametrize("group", GROUP_WORDS)
    def test_it_names_the_highest_number_of_one_scale(self, lens, group):
        cells = of_group(cells_of(lens, single=True), group)
        sentence = plain(measured_headline(cells, METRICS, NAMES, group)).replace("\\", "")
        measured = cells[~cells["no_data"]]
        if measured.empty:
            assert sentence.startswith("There is no number of this kind")
            return
        named = [
            row
            for row in measured.itertuples()
            if f"{NAMES[row.exercise_id]}" in sentence and f"{row.label}{NBSP}" in sentence
        ]
        assert named
        best = named[0]
        assert not any(row.metric == best.metric and row.value_high > best.value_high
                       for row in measured.itertuples())  # fmt: skip

    def test_many_at_the_top_are_counted(self):
        cells = pd.DataFrame(
            {
                "exercise_id": EXERCISES["exercise_id"].iloc[:6],
                "metric": "mvic_percent_mean",
                "value_high": 50.0,
                "label": "50",
            }
        )
        sentence = plain(measured_headline(cells, METRICS, NAMES, "calf"))
        assert "Easy running, Tempo running and four others, 50" in sentence
        assert f"50{NBSP}%{NBSP}of a maximal effort" in sentence


class TestUncertainty:
    def test_it_counts_measured_cells(self):
        cells = cells_of("activity_mean")
        measured = (~cells["no_data"]).sum()
        sentence = uncertainty(cells, "activity_mean")
        assert sentence.startswith(f"{measured} of the 2,184 cells here have a number.")
        assert "more than one person" in sentence and "grey" not in sentence
        assert "outside" not in sentence

    def test_other_scales_are_grey(self):
        assert "grey the others" in uncertainty(cells_of("other_scale"), "other_scale")

    def test_what_stands_elsewhere_is_counted(self):
        cells = cells_of("mri_t2")
        assert "5 more stand outside" in uncertainty(cells, "mri_t2", n_measured_elsewhere=5)

    def test_single_people_change_what_a_slash_means(self):
        cells = cells_of("activity_mean", single=True)
        assert "one person" not in uncertainty(cells, "activity_mean", include_single_person=True)

    def test_roles_are_no_measurements(self):
        cells = cells_of("role")
        assert f"{(~cells['no_data']).sum()} of the 2,184 cells" in uncertainty(cells, "role")


def test_counts_leave_single_people_out():
    counts = count_measurements(*EVIDENCE[:2])
    sentence = counts_sentence(counts)
    assert sentence.startswith(
        f"{counts.n_measurements} measurements from {counts.n_studies} studies stand behind this "
        "table; single-person figures are not counted."
    )
    single = EVIDENCE[0]["is_single_person"]
    assert counts.n_measurements == (~single).sum()


@pytest.fixture(scope="module", params=["role", *LENSES])
def drawn(request):
    evidence = evidence_of(request.param, measured.cells())
    sources = measured.sources().merge(evidence[["lens", "exercise_id", "muscle_id"]])
    cells = matrix(EXERCISES, MUSCLES, ROLES_TABLE, evidence)
    return cells, sources, hover_texts(cells, sources, REASONS, METRICS)


class TestHover:
    def test_every_cell_says_its_role_and_why(self, drawn):
        cells, _, texts = drawn
        words = role_words(REASONS)
        starts = cells["reason"].map(words)
        assert all(text.startswith(start) for text, start in zip(texts, starts, strict=True))

    def test_a_measured_cell_says_value_scale_people_and_study(self, drawn):
        cells, sources, texts = drawn
        labels = METRICS.set_index("metric")["label"]
        for index, row in cells[~cells["no_data"]].iterrows():
            text = texts[index].replace("<br>", " ")
            assert f"{labels[row['metric']]}: {row['label']}" in text
            own = sources[
                sources["exercise_id"].eq(row["exercise_id"])
                & sources["muscle_id"].eq(row["muscle_id"])
            ]
            first = own.iloc[0]
            assert first["citation"].replace("&", "&amp;") in text
            if pd.notna(first["n"]):
                assert f"n {first['n']:.0f}" in text

    def test_nothing_from_memory_is_among_the_sources(self, drawn):
        _, sources, _ = drawn
        assert not sources["status"].eq("from_memory").any()
        assert not sources["grade"].eq("single_person").any()

    def test_unmeasured_cells_name_no_study(self, drawn):
        cells, _, texts = drawn
        assert not texts[cells["no_data"]].str.contains("<br>").any()

    def test_sources_that_differ_stand_side_by_side(self):
        evidence = evidence_of("activity_mean", measured.cells())
        sources = measured.sources().merge(evidence[["lens", "exercise_id", "muscle_id"]])
        cells = matrix(EXERCISES, MUSCLES, ROLES_TABLE, evidence)
        texts = hover_texts(cells, sources, REASONS, METRICS)
        several = cells[(cells["n_studies"] == 2) & cells["is_range"]]
        assert len(several)
        for index, row in several.iterrows():
            own = sources[
                sources["exercise_id"].eq(row["exercise_id"])
                & sources["muscle_id"].eq(row["muscle_id"])
            ]
            text = texts[index].replace("<br>", " ")
            assert " to " in row["label"]
            if len(own) <= 3:
                assert all(citation in text for citation in own["citation"])

    def test_the_brief_text_keeps_reason_and_number(self):
        cells = cells_of("activity_mean")
        brief = brief_texts(cells, REASONS, METRICS)
        label = REASONS.set_index("reason")["label"]
        assert all(
            text.startswith(start)
            for text, start in zip(brief, cells["reason"].map(label), strict=True)
        )
        measured = cells[~cells["no_data"]]
        assert all(
            text.endswith(f": {number}")
            for text, number in zip(brief[measured.index], measured["label"], strict=True)
        )


class TestDetail:
    def test_nothing_measured_has_its_fixed_sentence(self):
        assert measured_sentence(pair("running_easy", "multifidus"), single=True) == NOT_MEASURED

    def test_only_one_person_is_said_and_not_counted(self):
        rows = pair("back_extension", "adductor_longus")
        assert rows["is_single_person"].all() and len(rows)
        assert "Only one person" in measured_sentence(rows, single=False)
        assert "numbers from one source" in measured_sentence(rows, single=True)
        assert dots_of(rows, single=False).empty
        assert len(dots_of(rows, single=True)) == len(rows)

    def test_what_is_from_memory_is_no_dot(self):
        measurements, variants, members, _ = EVIDENCE
        rows = measurements[measurements["status"].eq("from_memory")]
        pairs = rows.merge(variants, on="variant_id").merge(members, on="portion_id")
        remembered = [
            pair(*codes) for codes in pairs[["exercise_id", "muscle_id"]].itertuples(index=False)
        ]
        assert remembered
        for rows in remembered:
            dots = dots_of(rows, single=True)
            assert not dots["status"].eq("from_memory").any()
            assert len(measurement_table(rows)) == len(rows)
            if rows["status"].eq("from_memory").all():
                assert "from memory" in measured_sentence(rows, single=False)

    def test_dots_hold_the_numbers_of_the_table(self):
        rows = pair("side_lying_abduction", "gluteus_medius")
        dots = dots_of(rows, single=False).set_index("measurement_id")
        source = EVIDENCE[0].set_index("measurement_id").loc[dots.index]
        assert dots["value"].equals(source["value"])
        assert (dots["low"].dropna() >= 0).all()
        with_sd = source["sd"].notna() & source["value_low"].isna()
        expected = (source["value"] + source["sd"])[with_sd]
        assert dots["high"][with_sd].tolist() == pytest.approx(expected.tolist())
        # Scales stand together.
        scales = dots["metric"].tolist()
        assert len(list(itertools.groupby(scales))) == len(set(scales))

    def test_labels_say_which_pair_only_where_there_are_several(self):
        one = pair("clamshell", "gluteus_medius")
        two = pd.concat([one, pair("clamshell", "gluteus_maximus")])
        assert not dots_of(one, single=False)["label"].str.contains("gluteus_medius").any()
        labels = dots_of(two, single=False)["label"]
        assert labels.str.startswith(("gluteus_medius: ", "gluteus_maximus: ")).all()

    def test_studies_that_disagree_are_shown_apart(self):
        shared = {"metric": "m", "unit": "% of MVIC", "is_default": True}
        rows = pd.DataFrame(
            [
                {"study_id": "one", "citation": "One 2001", "value": 22.0, **shared},
                {"study_id": "two", "citation": "Two 2002", "value": 61.0, **shared},
            ]
        )
        assert disagreement(rows) == (
            f"Studies disagree here: 22 (One 2001) and 61{NBSP}% of MVIC (Two 2002). "
            "We show both and do not average them."
        )
        assert disagreement(rows.assign(study_id="one")) == ""
        assert disagreement(rows.assign(metric=["m", "n"])) == ""
        assert disagreement(rows.assign(value=[50.0, 61.0])) == ""

    def test_role_sentence(self):
        reason = REASONS.set_index("reason").loc["main_action_largest"]
        sentence = role_sentence("Leg press", "Soleus", "prime_mover", reason)
        assert sentence.startswith("**Soleus in Leg press**: prime mover (expert role). ")
        assert reason["explanation"] in sentence

    def test_roles_of_an_exercise(self):
        roles = ROLES_TABLE[ROLES_TABLE["exercise_id"].eq("leg_extension")]
        lines = roles_list(roles, MUSCLES.set_index("muscle_id")["name"]).splitlines()
        n_leading = roles["role"].eq("prime_mover").sum()
        assert lines[0].startswith(f"- Prime movers ({n_leading}): Rectus femoris; Vastus lat")
        listed = sum(line.count(";") + 1 for line in lines if not line.startswith("- No part"))
        assert listed == roles["role"].ne("none").sum()
        assert lines[-1] == f"- No part: {roles['role'].eq('none').sum()} muscles"

    def test_roles_of_a_muscle(self):
        roles = ROLES_TABLE[ROLES_TABLE["muscle_id"].eq("soleus")]
        lines = roles_list(roles, EXERCISES.set_index("exercise_id")["short_name"]).splitlines()
        assert lines[0].startswith("- Prime mover in (") and "Easy run" in lines[0]


class TestStrips:
    def strips(self, *, by, single=False, **cell):
        rows = pair(cell.get("exercise"), cell.get("muscle"))
        return rows, strips_of(rows, ROLES_TABLE, by=by, single=single)

    def test_a_row_has_every_plain_number_once(self):
        rows, strips = self.strips(by="muscle", exercise="back_squat_parallel")
        shown = rows[rows["is_default"] & ~rows["is_single_person"]]
        shown = shown[shown["status"].ne("from_memory")]
        key = ["measurement_id", "muscle_id"]
        assert sorted(map(tuple, strips[key].to_numpy())) == sorted(
            map(tuple, shown[key].to_numpy())
        )
        for _, scale in strips.groupby("metric"):
            ranks = scale["role"].map(ROLES.index).tolist()
            assert ranks == sorted(ranks)

    def test_a_column_is_ranked_on_each_scale(self):
        _, strips = self.strips(by="exercise", muscle="gluteus_maximus")
        assert strips["exercise_id"].nunique() > 10
        scales = strips["metric"].tolist()
        assert len(list(itertools.groupby(scales))) == len(set(scales))
        for _, scale in strips.groupby("metric"):
            highest = scale["value"].fillna(scale["high"]).groupby(scale["exercise_id"], sort=False)
            assert highest.max().is_monotonic_decreasing

    def test_single_people_come_only_when_asked(self):
        _, without = self.strips(by="exercise", muscle="adductor_longus")
        _, having = self.strips(by="exercise", muscle="adductor_longus", single=True)
        assert not without["is_single_person"].any() and having["is_single_person"].any()

    def test_the_sentence_counts_what_is_shown(self):
        rows, _ = self.strips(by="muscle", exercise="copenhagen_adductor_plank")
        shown = rows[~rows["is_single_person"] & rows["status"].ne("from_memory")]
        n, n_studies = shown["measurement_id"].nunique(), shown["study_id"].nunique()
        assert row_sentence(rows, "it", single=False) == (
            f"{counted(n).capitalize()} {'number' if n == 1 else 'numbers'} from "
            f"{counted(n_studies)} {'source' if n_studies == 1 else 'sources'} for it."
        )
        nothing = row_sentence(rows.iloc[:0], "it", single=False)
        assert "not the same as zero" in nothing

    def test_bad_input_is_named(self):
        with pytest.raises(ValueError, match="by is 'leg'; allowed are exercise, muscle"):
            strips_of(pair("clamshell", None), ROLES_TABLE, by="leg", single=False)


class TestWords:
    def test_every_measurement_says_who_how_much_and_with_what(self):
        measurements = EVIDENCE[0]
        rows = pair("copenhagen_adductor_plank", "adductor_longus")
        table = measurement_table(rows)
        for column in ("Value", "Spread", "n", "Sex", "Scale", "Load", "Limb", "Study"):
            assert column in table
        texts = " ".join(dots_of(rows, single=False)["text"]).replace("<br>", " ")
        own = measurements[measurements["measurement_id"].isin(rows["measurement_id"])]
        serner = own[own["study_id"].eq("serner_2014")].iloc[0]
        assert f"n {serner['n']:.0f} men" in texts


class TestClaims:
    MENTIONS = load("claim_mentions")
    CLAIMS = load("claims")

    def closest(self, **chosen):
        return closest_claims(self.MENTIONS, self.CLAIMS, **chosen)

    def test_a_claim_on_the_muscle_comes_first(self):
        rows = self.closest(exercise_id="running_easy", muscle_ids=["adductor_longus"])
        named = self.MENTIONS[self.MENTIONS["muscle_id"].eq("adductor_longus")]
        both = set(named["claim_id"]) & set(
            self.MENTIONS.loc[self.MENTIONS["exercise_id"].eq("running_easy"), "claim_id"]
        )
        of_articles = set(self.CLAIMS.loc[self.CLAIMS["claim_id"].isin(both), "article_id"])
        assert of_articles
        assert of_articles == set(rows.loc[rows["claim_id"].isin(both), "article_id"])
        running = self.MENTIONS[self.MENTIONS["exercise_id"].eq("running_easy")]
        assert rows["n_claims"].sum() == running["claim_id"].nunique()
        assert rows["article_id"].is_unique

    def test_claims_on_a_muscle(self):
        rows = self.closest(muscle_ids=["gluteus_maximus"])
        named = self.MENTIONS[self.MENTIONS["muscle_id"].eq("gluteus_maximus")]
        assert len(rows) and set(rows["claim_id"]) <= set(named["claim_id"])

    def test_what_the_articles_do_not_name(self):
        assert self.closest(exercise_id="leg_press").empty

    def test_the_sentence_has_claim_and_verdict(self):
        (claim,) = self.closest(exercise_id="cable_hip_adduction").to_dict("records")
        sentence = claim_sentence(claim, "exercise")
        assert sentence.startswith(f"Article {claim['article_id']}: ")
        assert str(claim["verdict"]).replace("_", " ") in sentence
        assert "claims name" not in sentence
        assert "Three of its claims name this muscle." in claim_sentence(
            {**claim, "n_claims": 3}, "muscle"
        )
