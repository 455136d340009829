"""A plan on one printed page: a single HTML file with tables and a drawing, and no script."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import pandas as pd

from spotcheck import tables
from spotcheck.energy.goal import limits_of
from spotcheck.energy.metabolism import FloatArray
from spotcheck.energy.projection import Projection
from spotcheck.energy.story import headline, uncertainty
from spotcheck.energy.training import Session, receipt
from spotcheck.energy.uncertainty import QUANTILES, Fan
from spotcheck.wording import METRIC, NBSP, Units, date, kcal, number, percent

WIDTH, HEIGHT = 680, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 96, 8, 20
_STYLE = """
@page { size: A4; margin: 10mm }
body { font: 9.5px/1.3 "Source Sans 3", "Segoe UI", Roboto, sans-serif; color: #24211d;
  max-width: 186mm; margin: 8mm auto }
h1 { font: 600 16px/1.25 "Source Serif 4", Georgia, serif; margin: 0 0 2mm }
h2 { font: 600 11px/1.3 "Source Serif 4", Georgia, serif; margin: 2.5mm 0 .7mm }
p { margin: 0 0 1.5mm }
table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .2mm 1.5mm; border-bottom: .2mm solid #d9d3c8 }
th { font-weight: 600; color: #625c53 }
th:first-child, td:first-child { text-align: left }
.two { display: flex; gap: 6mm } .two > div { flex: 1 }
small, text { color: #625c53; fill: #625c53; font-size: 8.5px }
@media print { body { margin: 0; max-width: none } }
"""


def html_report(
    projection: Projection,
    fan: Fan,
    *,
    today: dt.date,
    units: Units = METRIC,
) -> str:
    """One page about a plan, as a self-contained HTML file.

    Parameters
    ----------
    projection : Projection
        The plan in the middle.
    fan : Fan
        Spread of simulated people with the same plan.
    today : date
        Day 0 of the plan.
    units : Units, optional
        Units that the reader sees.

    Returns
    -------
    str
        HTML without scripts and without anything to fetch.
    """
    answer = _plain(headline(projection, units))
    package = tables.package().descriptor
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Spotcheck: {escape(answer)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(answer)}</h1>
<p>{escape(uncertainty(projection, fan, units))}</p>
{_fan_svg(projection, fan, units)}
<div class="two">
<div><h2>The reader and the plan</h2>{_table(_inputs(projection, units))}</div>
<div><h2>Over time, {units.mass_unit}</h2>{_table(_over_time(projection, fan, today, units))}</div>
</div>
<h2>One session, kcal</h2>
{_table(_receipts(projection))}
<div class="two">
<div><h2>What is assumed</h2>{_table(_assumed(projection))}</div>
<div><h2>Limits</h2>{_table(_limits(projection, units))}</div>
</div>
<p><small>Made on {escape(date(today))} with Spotcheck, data version {escape(package["version"])}.
Model: Hall et al. 2011, doi 10.1016/S0140-6736(11)60812-X; running: Léger and Mercier 1984,
Minetti et al. 2002 (doi 10.1152/japplphysiol.01177.2001). {len(fan.weight_change_kg):,} simulated
people with a fixed seed. Illness, medication and what else changes in a life are not in it.
General information, not medical advice; no exercise chooses where fat goes.</small></p>
</body>
</html>
"""


def _plain(markdown: str) -> str:
    """Sentence without its colour marks."""
    return re.sub(r":primary\[(.*?)\]", r"\1", markdown)


def _table(rows: Sequence[Sequence[str]]) -> str:
    """HTML table; the first row is its head."""
    head, *body = rows
    lines = ["<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"]
    lines += [
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body
    ]
    return "<table>" + "".join(lines) + "</table>"


def _inputs(projection: Projection, units: Units) -> list[tuple[str, str]]:
    person, plan = projection.person, projection.plan
    sex = str(np.asarray(person.sex))
    height_cm = 100 * float(np.asarray(person.height_m))
    rows = [
        ("", ""),
        (
            "Reader",
            f"{sex}, {number(float(np.asarray(person.age_years)))} years, "
            f"{units.height(height_cm)}, {units.mass(projection.body.weight_kg[0])}",
        ),
        ("Activity level", number(float(np.asarray(person.physical_activity_level)), 2)),
        *((session_name(one), session_words(one, units)) for one in plan.sessions),
        ("Food", f"{number(plan.intake_change_kcal_per_day)}{NBSP}kcal a day"),
    ]
    if plan.build_up_weeks:
        rows.append(("Built up over", f"{plan.build_up_weeks} weeks"))
    for name, days in (
        ("Training ends after", plan.training_ends_after_days),
        ("Food change ends after", plan.food_ends_after_days),
    ):
        if days is not None:
            rows.append((name, f"{days} days"))
    counts = projection.counted_kcal_per_week
    rows += [
        ("Net energy a week", kcal(projection.week.extra_kcal_per_week)),
        ("of which counts", kcal(counts)),
    ]
    return rows


def session_name(session: Session) -> str:
    """Name of a kind of session, out of the tables."""
    table, key, name = (
        ("exercises", "exercise_id", "name")
        if session.is_strength
        else ("session_types", "session_type", "label")
    )
    return str(tables.load(table).set_index(key)[name][session.kind])


def session_words(session: Session, units: Units = METRIC) -> str:
    """Session in a few words: how often, how long, how fast."""
    words = [f"{session.times_per_week} × {number(session.minutes)}{NBSP}min a week"]
    if not session.is_strength:
        words.append(f"at {units.speed(session.speed_km_h)}")
        if session.grade:
            words.append(f"on {percent(session.grade)}")
    if session.repeats:
        words.append(
            f"{session.repeats} × {session.work_seconds}{NBSP}s fast, "
            f"{session.recovery_seconds}{NBSP}s easy"
        )
    return ", ".join(words)


def _over_time(
    projection: Projection, fan: Fan, today: dt.date, units: Units
) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [("", "weight", "9 in 10", "fat", "7,700 rule")]
    for place in np.linspace(0, len(fan.day) - 1, 7).round().astype(int):
        day = int(fan.day[place])
        figures = (
            projection.body.weight_kg[day],
            projection.body.fat_kg[day],
            projection.static_weight_kg[day],
        )
        weight, fat, rule = (number(units.mass_value(float(one)), 1) for one in figures)
        low, high = (
            number(units.mass_value(float(fan.weight_kg[edge, place])), 1) for edge in (0, -1)
        )
        when = date(today + dt.timedelta(days=day))
        rows.append((when, weight, f"{low}{NBSP}to{NBSP}{high}", fat, rule))
    return rows


def _receipts(projection: Projection) -> list[tuple[str, ...]]:
    made_up = projection.assumptions["compensation_fraction"].mean
    rows: list[tuple[str, ...]] = [
        ("", "on the watch", "at rest anyway", "afterburn", "made up elsewhere", "what counts")
    ]
    for session, energy in zip(projection.plan.sessions, projection.week.sessions, strict=True):
        steps = receipt(energy, made_up)["kcal"]
        rows.append((session_name(session), *(number(value) for value in steps)))
    return rows


def _assumed(projection: Projection) -> list[tuple[str, ...]]:
    known = tables.load("priors").drop_duplicates("parameter").set_index("parameter")
    sex = str(np.asarray(projection.person.sex))
    rows: list[tuple[str, ...]] = [("", "middle", "9 in 10")]
    for prior in projection.assumptions.priors:
        if prior.is_fixed:
            continue
        row = "leg_fat_share_" + sex if prior.parameter == "leg_fat_share" else prior.parameter
        low, high = prior.quantile([QUANTILES[0], QUANTILES[-1]])
        rows.append(
            (
                str(known["label"][row]),
                number(prior.mean, 2),
                f"{number(float(low), 2)}{NBSP}to{NBSP}{number(float(high), 2)}",
            )
        )
    return rows


def _limits(projection: Projection, units: Units) -> list[tuple[str, str]]:
    return [("", ""), *((limit.label, limit.level) for limit in limits_of(projection, units))]


def _fan_svg(projection: Projection, fan: Fan, units: Units) -> str:
    """Bands of simulated people and the middle, against the 7,700 kcal rule."""
    day = fan.day
    bands = fan.weight_kg * units.mass_factor
    middle = projection.body.weight_kg[day] * units.mass_factor
    rule = projection.static_weight_kg[day] * units.mass_factor
    low = float(np.floor(min(bands.min(), rule.min()) - 0.5))
    high = float(np.ceil(max(bands.max(), rule.max()) + 0.5))

    def at(days: FloatArray, mass: FloatArray) -> list[tuple[float, float]]:
        across = _LEFT + days / day[-1] * (WIDTH - _LEFT - _RIGHT)
        down = _TOP + (high - mass) / (high - low) * (HEIGHT - _TOP - _BOTTOM)
        return list(zip(across.tolist(), down.tolist(), strict=True))

    both_ways = np.concatenate([day, day[::-1]])
    shapes = [
        _path(at(both_ways, np.concatenate([bands[-1], bands[0][::-1]])), fill="#dce9e7"),
        _path(at(both_ways, np.concatenate([bands[-2], bands[1][::-1]])), fill="#b3d0cd"),
        _path(at(day, rule), line="#625c53", dash="5,4"),
        _path(at(day, middle), line="#0b6b66", width=2.2),
    ]
    ends = pd.Series({"plan": middle[-1], "7,700 rule": rule[-1]}).sort_values(ascending=False)
    last = 0.0
    for name, value in ends.items():
        x, y = at(day[-1:], np.array([value]))[0]
        last = max(y + 3, last + 11)
        label = f"{number(float(value), 1)} {units.mass_unit}, {name}"
        shapes.append(f'<text x="{x + 5:.1f}" y="{last:.1f}">{escape(label)}</text>')
    for value in np.linspace(low, high, 4):
        y = at(day[:1], np.array([value]))[0][1]
        shapes.append(f'<text x="{_LEFT - 5}" y="{y + 3:.1f}" text-anchor="end">{value:.0f}</text>')
    for share, label in ((0.0, "today"), (0.5, ""), (1.0, "")):
        label = label or f"day {share * day[-1]:.0f}"
        x = _LEFT + share * (WIDTH - _LEFT - _RIGHT)
        shapes.append(f'<text x="{x:.1f}" y="{HEIGHT - 5}" text-anchor="middle">{label}</text>')
    description = f"Body weight in {units.mass_unit}, with bands of simulated people"
    return (
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" '
        f'aria-label="{escape(description)}">{"".join(shapes)}</svg>'
    )


def _path(
    points: Iterable[tuple[float, float]],
    *,
    fill: str = "none",
    line: str = "none",
    width: float = 1.4,
    dash: str = "",
) -> str:
    places = " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="M{places}" fill="{fill}" stroke="{line}" stroke-width="{width}"{dashes}/>'
