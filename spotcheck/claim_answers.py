"""Answers to what the articles claim, in one line each, out of our own models and tables.

Each test of the table ``topic_tests`` has the function of its name here. Those of the estimator
take the plan that the test's link opens, so that the line and the page say the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from spotcheck import measured, tables
from spotcheck.energy.goal import held_off as follow_held_off
from spotcheck.energy.projection import Projection, project
from spotcheck.energy.running import SessionEnergy, session_legs
from spotcheck.energy.story import plan_words
from spotcheck.energy.training import Session
from spotcheck.muscles.running_cover import times_body_weight
from spotcheck.wording import METRIC, NBSP, Units, counted, duration, joined, kcal, number, percent

EASY, UPHILL, PLANK = "running_easy", "running_uphill", "copenhagen_adductor_plank"
ADDUCTOR = "adductor_longus"
NAMED_MOVES = ("lateral_lunge", PLANK, "seated_adductor_machine", "cable_hip_adduction")
THIGH_GROUPS = ("inner_thigh", "front_thigh", "back_of_thigh")
LEADS, HELPS = "prime_mover", "synergist"
SOON_WEEKS = 10
HELD_OFF_YEARS = 5
# Half of what one decimal of a kilogram shows.
LEAST_SEEN_KG = 0.05
_PLACE = "Copenhagen"
_ROLE_WORDS = {
    LEADS: "leads", HELPS: "helps", "stabilizer": "steadies",
    "antagonist": "works against it", "none": "has no part",
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """Answer to a test.

    Attributes
    ----------
    text : str
        One or two plain sentences.
    figures : tuple of (str, float)
        Name and unrounded value of every figure in it.
    """

    text: str
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Asked:
    """What an answer of the estimator is computed from.

    Attributes
    ----------
    projection : Projection
        Plan of the test's link, in the middle.
    usual : Session
        Run that the reader does otherwise, for comparison.
    units : Units
        Units that the reader sees.
    """

    projection: Projection
    usual: Session
    units: Units = METRIC

    @property
    def session(self) -> Session:
        """First session of the plan."""
        return self.projection.plan.sessions[0]

    def net_kcal(self, session: Session) -> float:
        """Net energy of a session for this reader [kcal]."""
        return float(self._energy(session).net_kcal)

    def epoc_kcal(self, session: Session) -> float:
        """Energy that this reader spends after a session [kcal]."""
        return float(self._energy(session).epoc_kcal)

    def _energy(self, session: Session) -> SessionEnergy:
        person = self.projection.person
        return session.energy(
            float(np.asarray(person.weight_kg)), float(person.resting_metabolic_rate_kcal_per_day)
        )


def leg_share(asked: Asked) -> Answer:
    """Legs' part of the fat that leaves, which our model lets no exercise choose."""
    made = asked.projection
    holds = made.assumptions["leg_fat_share"].mean
    share = holds * made.assumptions["leg_fat_proportionality"].mean
    return Answer(
        f"About {percent(holds)} of your fat is in your legs, and about {percent(share)} of what "
        "you lose is expected from there. Our model lets no run choose the place, as most trials "
        "found.",
        (("legs hold", holds), ("legs lose", share)),
    )


def fat_loss(asked: Asked) -> Answer:
    """Fat and weight that the plan takes off."""
    made, units = asked.projection, asked.units
    fat, weight = made.fat_change_kg, made.weight_change_kg
    if fat > -LEAST_SEEN_KG:
        return Answer("This plan takes no fat off you.", (("fat", fat),))
    return Answer(
        f"{plan_words(made.plan, made.days)}: about {units.mass_amount(fat)} of fat off in "
        f"{duration(made.days)}, {units.mass_amount(weight)} of weight in all.",
        (("fat", fat), ("weight", weight)),
    )


def leg_fat(asked: Asked) -> Answer:
    """Fat that the plan takes off the legs."""
    made, units = asked.projection, asked.units
    fat, legs = made.fat_change_kg, made.leg_fat_change_kg
    if fat > -LEAST_SEEN_KG:
        return Answer("This plan takes no fat off you.", (("fat", fat),))
    return Answer(
        f"{plan_words(made.plan, made.days)}: of about {units.mass_amount(fat)} of fat in "
        f"{duration(made.days)}, {units.mass_amount(legs)} comes off your legs.",
        (("fat", fat), ("legs", legs)),
    )


def energy_gap(asked: Asked) -> Answer:
    """Energy of a week's training, and what is left of it after compensation."""
    made = asked.projection
    week, left = made.week.extra_kcal_per_week, made.counted_kcal_per_week
    made_up = made.assumptions["compensation_fraction"].mean
    if not made.plan.trains:
        return Answer("Without training there is no such gap.")
    return Answer(
        f"A week of this training takes about {kcal(week)}. With {percent(made_up)} of it made up "
        f"elsewhere, about {kcal(left)} count.",
        (("week", week), ("made up", made_up), ("left", left)),
    )


def walking(asked: Asked) -> Answer:
    """Same minutes walked and run."""
    walk = asked.session
    run = replace(asked.usual, minutes=walk.minutes, grade=0.0)
    walked, ran = asked.net_kcal(walk), asked.net_kcal(run)
    return Answer(
        f"{number(walk.minutes)} minutes: about {kcal(walked)} net walking at "
        f"{asked.units.speed(walk.speed_km_h)}, {kcal(ran)} running at "
        f"{asked.units.speed(run.speed_km_h)}. Other sports are not in our model.",
        (("walked", walked), ("ran", ran)),
    )


def uphill(asked: Asked) -> Answer:
    """The same run uphill and on the level."""
    return _slope(asked, "uphill")


def downhill(asked: Asked) -> Answer:
    """The same run downhill and on the level."""
    answer = _slope(asked, "downhill")
    return replace(answer, text=f"{answer.text} Strength itself we cannot compute.")


def _slope(asked: Asked, way: str) -> Answer:
    sloped = asked.session
    level = replace(sloped, kind="steady", grade=0.0)
    cost, flat = asked.net_kcal(sloped), asked.net_kcal(level)
    change = cost / flat - 1
    more = f"{percent(abs(change))} {'more' if change > 0 else 'less'}"
    return Answer(
        f"{number(sloped.minutes)} minutes at {asked.units.speed(sloped.speed_km_h)}: about "
        f"{kcal(flat)} net on the level, {kcal(cost)} {way} at "
        f"{number(abs(100 * sloped.grade))}{NBSP}%. That is {more}.",
        (("level", flat), (way, cost), ("change", change)),
    )


def hill_sprints(asked: Asked) -> Answer:
    """Hill sprints with the walks between them, and an even run of the same minutes."""
    sprints = asked.session
    run = replace(asked.usual, minutes=sprints.minutes, grade=0.0)
    cost, even = asked.net_kcal(sprints), asked.net_kcal(run)
    return Answer(
        f"{number(sprints.minutes)} minutes of short sprints with the walks back down take about "
        f"{kcal(cost)} net; an even run at {asked.units.speed(run.speed_km_h)} takes {kcal(even)}.",
        (("sprints", cost), ("even run", even)),
    )


def afterburn(asked: Asked) -> Answer:
    """Afterburn of intervals and of an even run over the same distance in the same time."""
    fast = asked.session
    even = even_run(fast)
    burns = asked.epoc_kcal(fast), asked.epoc_kcal(even)
    costs = asked.net_kcal(fast), asked.net_kcal(even)
    one, other = map(kcal, costs)
    runs = f"take {one} and {other}" if one != other else f"both take about {one}"
    return Answer(
        f"{number(fast.minutes)} minutes of intervals at {asked.units.speed(fast.speed_km_h)} "
        f"leave about {kcal(burns[0])} of afterburn; an even run of the same time and distance "
        f"leaves {kcal(burns[1])}. The runs themselves {runs}.",
        (
            ("intervals afterwards", burns[0]), ("even afterwards", burns[1]),
            ("intervals", costs[0]), ("even", costs[1]),
        ),
    )  # fmt: skip


def even_run(session: Session) -> Session:
    """Even run on the level over the same distance in the same time.

    Examples
    --------
    >>> even_run(Session("intervals", 1, 40, 12)).speed_km_h
    9.3
    """
    legs = session_legs(
        session.kind,
        session.minutes,
        session.speed_km_h,
        session.grade,
        repeats=session.repeats,
        work_seconds=session.work_seconds,
        recovery_seconds=session.recovery_seconds,
    )
    mean = sum(float(leg.minutes) * float(leg.speed_km_h) for leg in legs) / session.minutes
    return Session(
        "steady", session.times_per_week, session.minutes, round(mean, 6), outdoors=session.outdoors
    )


def mixed_week(asked: Asked) -> Answer:
    """A week of hill sprints, intervals and a steady run."""
    made, units = asked.projection, asked.units
    fat, legs = made.fat_change_kg, made.leg_fat_change_kg
    hours = made.plan.minutes_per_week / 60
    if fat > -LEAST_SEEN_KG:
        return Answer("This plan takes no fat off you.", (("fat", fat),))
    return Answer(
        f"{counted(len(made.plan.sessions)).capitalize()} sessions a week, {number(hours, 1)} "
        f"hours: about {units.mass_amount(fat)} of fat off in {duration(made.days)}, "
        f"{units.mass_amount(legs)} of it from the legs, in the same proportion as any other plan.",
        (("hours", hours), ("fat", fat), ("legs", legs)),
    )


def keep_up(asked: Asked) -> Answer:
    """Weight at the end with the training given up on the way, and with it kept up."""
    made, units = asked.projection, asked.units
    kept = project(
        made.person,
        replace(made.plan, training_ends_after_days=None),
        made.assumptions,
        made.days,
    )
    stopped, on = made.weight_change_kg, kept.weight_change_kg
    end = made.plan.training_ends_after_days
    if not made.plan.trains or end is None or on > -LEAST_SEEN_KG:
        return Answer("This plan takes no weight off you.", (("kept up", on),))
    return Answer(
        f"After {duration(made.days)}: about {units.mass_amount(on)} lighter if the running goes "
        f"on, {_lighter(stopped, units)} if it stops after {duration(end)}.",
        (("kept up", on), ("stopped", stopped)),
    )


def _lighter(change_kg: float, units: Units) -> str:
    if change_kg > LEAST_SEEN_KG:
        return f"{units.mass_amount(change_kg)} heavier"
    return units.mass_amount(change_kg)


def slow_change(asked: Asked) -> Answer:
    """Weight after some weeks, and at the end."""
    made, units = asked.projection, asked.units
    weight = made.body.weight_kg
    day = min(7 * SOON_WEEKS, made.days)
    soon, late = float(weight[day] - weight[0]), made.weight_change_kg
    if late > -LEAST_SEEN_KG:
        return Answer("This plan takes no weight off you.", (("late", late),))
    hidden = " The first is within the usual ups and downs of a scale." if soon > -1 else ""
    return Answer(
        f"About {units.mass_amount(soon)} off after {counted(SOON_WEEKS)} weeks and "
        f"{units.mass_amount(late)} after {duration(made.days)}.{hidden}",
        (("soon", soon), ("late", late)),
    )


def weight_kept(asked: Asked) -> Answer:
    """Weight that the training holds off, if it is part of today's life."""
    made, units = asked.projection, asked.units
    if not made.plan.trains:
        return Answer("Without training there is nothing to hold off.")
    held = follow_held_off(made.person, made.plan, made.assumptions)
    middle, least, most = held.held_off_kg(HELD_OFF_YEARS)
    low, high = (number(units.mass_value(one), 1) for one in (least, most))
    return Answer(
        f"If this running were part of your life today, stopping it would add about "
        f"{units.mass_amount(middle)} in {counted(HELD_OFF_YEARS)} years ({low} to "
        f"{high}{NBSP}{units.mass_unit}), with the same food.",
        (("middle", middle), ("least", least), ("most", most)),
    )


def food(asked: Asked) -> Answer:
    """Fat that a small lasting surplus adds."""
    made, units = asked.projection, asked.units
    fat, change = made.fat_change_kg, made.plan.intake_change_kcal_per_day
    return Answer(
        f"Eating {number(abs(change))}{NBSP}kcal a day {'more' if change > 0 else 'less'}, without "
        f"training, {'adds' if fat > 0 else 'takes off'} about {units.mass_amount(fat)} of fat in "
        f"{duration(made.days)}. Water we do not compute.",
        (("food", change), ("fat", fat)),
    )


def dose(asked: Asked) -> Answer:
    """What a stated dose of running does."""
    made, units = asked.projection, asked.units
    minutes, fat, weight = made.plan.minutes_per_week, made.fat_change_kg, made.weight_change_kg
    if fat > -LEAST_SEEN_KG:
        return Answer("This plan takes no fat off you.", (("fat", fat),))
    return Answer(
        f"{number(minutes)} minutes a week take about {units.mass_amount(fat)} of fat off in "
        f"{duration(made.days)}, {units.mass_amount(weight)} of weight in all.",
        (("minutes", minutes), ("fat", fat), ("weight", weight)),
    )


def uphill_muscles() -> Answer:
    """Muscles that lead uphill, and their measured activity there."""
    easy, hill = _roles(EASY), _roles(UPHILL)
    gained = _names(hill.index[hill.eq(LEADS) & easy.ne(LEADS)])
    cells = _cells("mri_t2", UPHILL)["value_high"]
    return Answer(
        f"Uphill the {joined(gained)} leads as well. A small MRI study found "
        f"{number(cells.min())} to {percent(cells.max() / 100)} of the volume of "
        f"{counted(len(cells))} muscles of buttock, thigh and calf active after an uphill run.",
        (("least", cells.min()), ("most", cells.max()), ("muscles", len(cells))),
    )


def inner_thigh() -> Answer:
    """Inner-thigh muscles in an easy run and in the Copenhagen plank."""
    inner = _of_groups(("inner_thigh",))
    run, plank = _roles(EASY)[inner], _roles(PLANK)[inner]
    led = int(run.eq(LEADS).sum()), int(plank.eq(LEADS).sum())
    help_ = int(run.eq(HELPS).sum())
    pull = _cells("muscle_force", EASY)["value_high"]
    most = float(pull[pull.index.isin(inner)].max())
    return Answer(
        f"Of {counted(len(inner))} inner-thigh muscles {_how_many(help_, 'help', len(inner))} and "
        f"{_how_many(led[0], 'lead', len(inner))} in an easy run, where none pulls with more than "
        f"{times_body_weight(most)}; {_how_many(led[1], 'lead', len(inner))} in the Copenhagen "
        "plank. How firm a thigh looks we cannot compute.",
        (
            ("muscles", len(inner)), ("help", help_),
            ("lead", led[0]), ("force", most), ("lead in the plank", led[1]),
        ),
    )  # fmt: skip


def muscles_worked() -> Answer:
    """Thigh muscles that lead or help in an easy run."""
    roles = _roles(EASY)
    thigh = roles[_of_groups(THIGH_GROUPS)]
    lead, help_ = int(thigh.eq(LEADS).sum()), int(thigh.eq(HELPS).sum())
    everywhere = int(roles.eq(LEADS).sum())
    return Answer(
        f"Of {counted(len(thigh))} thigh muscles {counted(lead)} lead and {counted(help_)} help "
        f"in an easy run. In the whole matrix {counted(everywhere)} of {len(roles)} lead.",
        (
            ("thigh muscles", len(thigh)), ("lead", lead), ("help", help_),
            ("lead everywhere", everywhere), ("muscles", len(roles)),
        ),
    )  # fmt: skip


def adductor_force() -> Answer:
    """Force of the adductors in a model of easy running, beside the strongest muscle."""
    pull = _cells("muscle_force", EASY)["value_high"]
    inner = float(pull[pull.index.isin(_of_groups(("inner_thigh",)))].max())
    strongest, hardest = str(pull.idxmax()), float(pull.max())
    calves = "" if pull.index.isin(_of_groups(("calf",))).any() else " Calves are not in it."
    return Answer(
        f"In the one model that we have, no adductor pulls with more than "
        f"{times_body_weight(inner)}; of the muscles around the hip the {_names([strongest])[0]} "
        f"pulls hardest, with {times_body_weight(hardest)}.{calves}",
        (("adductors", inner), ("strongest", hardest)),
    )


def planes() -> Answer:
    """Direction of the forms of running."""
    exercises = tables.load("exercises")
    forms = set(exercises.loc[exercises["is_running_form"], "exercise_id"])
    rows = tables.load("exercise_planes")
    main = rows[rows["is_main"] & rows["exercise_id"].isin(forms)]
    forwards = int(main["plane"].eq("sagittal").sum())
    return Answer(
        f"All {counted(len(forms))} forms of running in the matrix move mainly forwards."
        if forwards == len(forms)
        else f"{counted(forwards).capitalize()} of {counted(len(forms))} forms of running in the "
        "matrix move mainly forwards.",
        (("forms", len(forms)), ("forwards", forwards)),
    )


def light_load() -> Answer:
    """Exercises with the highest measured activity of an adductor, and what running has."""
    cells = _peaks()
    top = cells.sort_values(ascending=False, kind="stable")[:3]
    names = _exercise_names()
    listed = joined([f"{_lower(names[one])} {number(value)}" for one, value in top.items()])
    force = float(_cells("muscle_force", EASY)["value_high"][ADDUCTOR])
    runs = tables.load("exercises").query("is_running_form")["exercise_id"]
    measured = "" if cells.index.isin(runs).any() else " We found no such number for running;"
    return Answer(
        f"Peak activity of the {_names([ADDUCTOR])[0]}, in per cent of a maximal effort: {listed}."
        f"{measured} in a model of an easy run it pulls with {times_body_weight(force)}.",
        (*((str(one), float(value)) for one, value in top.items()), ("force", force)),
    )


def add_strength() -> Answer:
    """Muscles that lead in no form of running, but in a strength exercise."""
    exercises, roles = tables.load("exercises"), tables.load("engagement_roles")
    leads = roles[roles["role"].eq(LEADS)]
    forms = exercises.loc[exercises["is_running_form"], "exercise_id"]
    strength = exercises.loc[exercises["category"].eq("strength"), "exercise_id"]
    in_running = set(leads.loc[leads["exercise_id"].isin(forms), "muscle_id"])
    only = set(leads.loc[leads["exercise_id"].isin(strength), "muscle_id"]) - in_running
    inner = len(only & set(_of_groups(("inner_thigh",))))
    return Answer(
        f"{len(in_running)} of {len(tables.load('muscles'))} muscles lead in some form of running; "
        f"{len(only)} more lead only in strength exercises, {counted(inner)} of them in the inner "
        "thigh.",
        (
            ("lead in running", len(in_running)), ("only in strength", len(only)),
            ("inner thigh", inner),
        ),
    )  # fmt: skip


def sideways() -> Answer:
    """Direction of the exercises in which an adductor leads."""
    roles, rows = tables.load("engagement_roles"), tables.load("exercise_planes")
    led = roles.loc[roles["muscle_id"].eq(ADDUCTOR) & roles["role"].eq(LEADS), "exercise_id"]
    frontal = set(rows.loc[rows["plane"].eq("frontal"), "exercise_id"])
    n, aside = len(led), int(led.isin(frontal).sum())
    return Answer(
        f"The {_names([ADDUCTOR])[0]} leads in {counted(n)} exercises of the matrix; "
        f"{_how_many(aside, 'move', n)} sideways. A role is not growth: see what grew in trials.",
        (("leads", n), ("sideways", aside)),
    )


def muscle_growth() -> Answer:
    """Growth of the adductors in training trials."""
    rows = tables.load("training_outcomes")
    rows = rows[rows["portion_id"].eq("adductor_group")].dropna(subset="value")
    volume = rows[rows["outcome"].eq("muscle_volume_change")]
    thickness = rows.loc[
        rows["outcome"].eq("thickness_change") & rows["exercise_id"].eq(PLANK), "value"
    ]
    names = _exercise_names()
    grown = joined(
        [
            f"{number(row.value, 1)}{NBSP}% with the {_lower(names[row.exercise_id])}"
            for row in volume.itertuples()
        ]
    )
    weeks = int(volume["weeks"].max())
    return Answer(
        f"In {counted(weeks)} weeks adductors grew by {grown}: moves that isolate nothing. The "
        f"{names[PLANK]} made them {number(thickness.min(), 1)} to {number(thickness.max(), 1)}"
        f"{NBSP}% thicker, on a scale of its own.",
        (
            *((str(row.exercise_id), float(row.value)) for row in volume.itertuples()),
            ("thinnest", float(thickness.min())), ("thickest", float(thickness.max())),
        ),
    )  # fmt: skip


def adductor_moves() -> Answer:
    """Role and peak activity of an adductor in the four moves that an article names."""
    peaks, names = _peaks(), _exercise_names()
    parts = []
    for move in NAMED_MOVES:
        level = f"peak {percent(peaks[move] / 100)}" if move in peaks else "no number seen"
        parts.append(f"{_lower(names[move])}: {_ROLE_WORDS[_roles(move)[ADDUCTOR]]}, {level}")
    text = "; ".join(parts)
    return Answer(
        f"The {_names([ADDUCTOR])[0]}, in per cent of a maximal effort. "
        f"{text[0].upper()}{text[1:]}.",
        tuple((move, float(peaks[move])) for move in NAMED_MOVES if move in peaks),
    )


ENERGY: dict[str, Callable[[Asked], Answer]] = {
    one.__name__: one
    for one in (
        leg_share, fat_loss, leg_fat, energy_gap, walking, uphill, hill_sprints, downhill,
        afterburn, food, weight_kept, keep_up, mixed_week, slow_change, dose,
    )
}  # fmt: skip
"""Answers that take the plan of the test's link, by the test."""

MUSCLES: dict[str, Callable[[], Answer]] = {
    one.__name__: one
    for one in (
        uphill_muscles, inner_thigh, muscles_worked, adductor_force, planes, light_load,
        add_strength, sideways, muscle_growth, adductor_moves,
    )
}  # fmt: skip
"""Answers that depend on no reader, by the test."""


@cache
def _cells(lens: str, exercise_id: str) -> pd.DataFrame:
    """Measured cells of an exercise, by muscle."""
    cells = measured.in_lens(lens)
    return cells[cells["exercise_id"].eq(exercise_id)].set_index("muscle_id")


def _peaks() -> pd.Series:
    """Highest measured activity of an adductor, by exercise [% of a maximal effort]."""
    cells = measured.in_lens("activity_peak")
    return cells[cells["muscle_id"].eq(ADDUCTOR)].set_index("exercise_id")["value_high"]


@cache
def _roles(exercise_id: str) -> pd.Series:
    roles = tables.load("engagement_roles")
    return roles[roles["exercise_id"].eq(exercise_id)].set_index("muscle_id")["role"]


def _of_groups(groups: tuple[str, ...]) -> list[str]:
    muscles = tables.load("muscles")
    return muscles.loc[muscles["muscle_group"].isin(groups), "muscle_id"].tolist()


def _names(muscle_ids: pd.Index | list[str]) -> list[str]:
    names = tables.load("muscles").set_index("muscle_id")["name"]
    return [_lower(names[one]) for one in muscle_ids]


@cache
def _exercise_names() -> dict[str, str]:
    exercises = tables.load("exercises")
    return dict(zip(exercises["exercise_id"], exercises["name"], strict=True))


def _lower(name: str) -> str:
    return name if name.startswith(_PLACE) else name[0].lower() + name[1:]


def _how_many(n: int, verb: str, of: int) -> str:
    """Part of a group as the subject of a verb.

    Examples
    --------
    >>> _how_many(4, "lead", 4), _how_many(1, "lead", 4), _how_many(0, "lead", 4)
    ('all lead', 'one leads', 'none leads')
    """
    return f"{'all' if n == of else counted(n)} {verb}{'s' if n in (0, 1) else ''}"
