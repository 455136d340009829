"""Two to four exercises beside each other: dots, differences, and the body front and back."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import measured, tables
from spotcheck.charts import compare as charts
from spotcheck.charts.body_map import body_map
from spotcheck.charts.theme import Theme, themed
from spotcheck.muscles import comparison, estimate_words, estimates, similarity, story
from spotcheck.muscles.body_map import SCHEMATIC, body_cells
from spotcheck.ui import cite, layout, settings
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix import detail, heatmap
from spotcheck.ui.matrix.controls import draw_choice
from spotcheck.ui.matrix.data import Shown, all_cells, model_labels, top_of
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import counted, escaped

STORY = ("running_easy", "copenhagen_adductor_plank", "back_squat_full")
"""Exercises offered to a reader who has chosen none: the run, and what leads where it helps."""

_MOST = 4
_MAP_PX, _NARROW_MAP_PX = 296, 328
_MAP_GAP_PX = 32
_TABLE_PX = 420
_SOURCES = {
    "role": f"Roles come from {cite.ours('a rule of ours', 'role_reasons')} (expert role); they "
    "say what a muscle is there for, not how hard it works.",
    estimates.LENS: "Filled mark: measured. Open mark: an estimate of "
    f"{cite.ours('the leg model', 'leg_model_estimates')} (grade "
    "physics), where nothing was measured.",
}
_ON_THE_BODY = {
    "role": "Colour and letter show the role.",
    estimates.LENS: "Colour shows the band; ◆, ● and ○ were measured, □ is an estimate of the leg "
    "model. Hatched: neither, which is not zero.",
}
_SOURCE_OF_NUMBERS = (
    "Lines: one standard deviation, or the published range. Open mark: the middle of a range, "
    "where nothing else was published. Sources: in "
    f"{cite.ours('all measurements', 'engagement_measurements')}."
)


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls = scene.controls
    draw_choosing(controls, narrow=scene.narrow)
    chosen = controls["exercise"]
    if len(chosen) < 2:
        draw_way_in(controls)
        return
    compared = compared_by(
        chosen, controls["lens"], controls["single"], tuple(scene.shown.muscles["muscle_id"])
    )
    draw_dots(scene, compared)
    draw_muscle(scene)
    draw_differences(scene, compared)
    draw_maps(scene, compared)


@st.cache_resource(show_spinner=False, max_entries=64)
def compared_by(
    chosen: tuple[str, ...], lens: str, single: bool, muscle_ids: tuple[str, ...]
) -> Shown:
    """Exercises in the order chosen, the muscles, their cells, and the scale they share."""
    exercises = tables.load("exercises").set_index("exercise_id", drop=False).loc[list(chosen)]
    exercises = exercises.reset_index(drop=True)
    muscles, metrics = tables.load("muscles"), tables.load("metrics")
    muscles = muscles[muscles["muscle_id"].isin(muscle_ids)]
    every = all_cells(lens, single)
    cells = exercises[["exercise_id"]].merge(muscles[["muscle_id"]], how="cross").merge(every)
    if lens == estimates.LENS:
        metric: str | None = estimates.METRIC
    else:
        metric = None if lens == "role" else comparison.shared_metric(cells, metrics)
    return Shown(exercises, muscles, cells, metric, top_of(metric, every))


def draw_choosing(controls: Controls, *, narrow: bool) -> None:
    """Chosen exercises, each of which can be taken away, and a list to add one."""
    chosen = controls["exercise"]
    exercises = tables.load("exercises").set_index("exercise_id")
    names = exercises["name"]
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        with st.container(width=296 if narrow else 360):
            draw_adding(controls, names)
        for place, code in enumerate(chosen, 1):
            st.button(
                f"{place} · {escaped(exercises.loc[code, 'short_name' if narrow else 'name'])}",
                icon=":material/close:",
                key=f"compare/remove/{code}",
                help=None if narrow else "Take it away",
                on_click=lambda code=code: controls.set(
                    exercise=tuple(one for one in controls["exercise"] if one != code)
                ),
            )


def draw_adding(controls: Controls, names: pd.Series) -> None:
    """List that adds an exercise to those chosen."""
    chosen, key = controls["exercise"], "compare/add"
    is_full = len(chosen) >= _MOST
    st.session_state[key] = None

    def add() -> None:
        code = st.session_state[key]
        if code:
            controls.set(exercise=(*controls["exercise"], code))

    st.selectbox(
        "Add an exercise",
        [code for code in names.index if code not in chosen],
        index=None,
        format_func=names.__getitem__,
        placeholder="Four are the most; take one away first" if is_full else "Choose one",
        key=key,
        on_change=add,
        disabled=is_full,
    )


def draw_way_in(controls: Controls) -> None:
    """Say how to begin, with a button that does it."""
    chosen = controls["exercise"]
    names = tables.load("exercises").set_index("exercise_id")["name"]
    offered = [code for code in STORY if code not in chosen][: 3 - len(chosen)]
    listed = ", ".join(escaped(names[code]) for code in offered)
    if chosen:
        title, why = "One more", f"Add a second exercise to {escaped(names[chosen[0]])}."
    else:
        title, why = "Choose two to four exercises", "Or begin with three that tell a story."
    layout.empty_state(
        title,
        f"{why} They are compared muscle by muscle, in a table and on the body.",
        f"{'Add' if chosen else 'Compare'} {listed}",
        lambda: controls.set(exercise=(*chosen, *offered)),
    )


def draw_dots(scene: Scene, compared: Shown) -> None:
    """What differs in words, and muscle by muscle as dots."""
    controls = scene.controls
    names = compared.exercises.set_index("exercise_id")["name"].to_dict()
    is_role, is_band = controls["lens"] == "role", controls["lens"] == estimates.LENS
    if is_role:
        title = comparison.role_title(compared.cells, names)
        definition = comparison.role_definition(compared.cells, compared.muscles, names)
    elif is_band:
        title = comparison.band_title(compared.cells, names)
        definition = comparison.band_definition(compared.cells)
    else:
        on_scale = compared.cells[compared.cells["metric"].eq(compared.metric or "")]
        muscle_names = compared.muscles.set_index("muscle_id")["name"]
        title = comparison.measured_title(on_scale, names, muscle_names)
        definition = comparison.measured_definition(compared.cells, compared.metric)
    layout.finding(escaped(title), f"{escaped(definition)} {likeness_words(controls['exercise'])}")
    if (is_band and compared.cells["no_data"].all()) or (not is_role and compared.metric is None):
        return
    settings_key = tuple(controls[name] for name in ("exercise", "lens", "single", "group"))
    numbers = numbers_of(compared, controls["single"], settings_key)
    layout.chart(
        picture(
            compared,
            numbers,
            scene.colours.name,
            scene.narrow,
            controls["muscle"],
            settings_key,
        ),
        name="compare",
        alt=f"Dots of {len(names)} exercises in {len(compared.muscles)} muscles. {title}.",
        source=_SOURCES.get(controls["lens"], _SOURCE_OF_NUMBERS),
        table=lambda: (
            heatmap.table_of(compared) if is_role or is_band else number_table(compared, numbers)
        ),
        on_select=lambda: take_over_click(controls, "compare"),
    )


def likeness_words(chosen: tuple[str, ...]) -> str:
    """How alike every two of the exercises are by their roles."""
    roles = tables.load("engagement_roles")
    vectors = similarity.role_vectors(roles[roles["exercise_id"].isin(chosen)])
    likeness = similarity.cosine_similarity(vectors)
    pairs = [
        f"{one} and {two} {likeness.loc[chosen[one - 1], chosen[two - 1]]:.2f}"
        for one in range(1, len(chosen) + 1)
        for two in range(one + 1, len(chosen) + 1)
    ]
    return f"Likeness of all roles, 0 to 1: {', '.join(pairs)}."


@st.cache_resource(show_spinner=False, max_entries=64)
def numbers_of(_compared: Shown, single: bool, settings_key: tuple[Any, ...]) -> pd.DataFrame:
    """Published numbers behind the compared cells, which ``settings_key`` names."""
    metric, cells = _compared.metric, _compared.cells
    if metric in (None, estimates.METRIC):
        return pd.DataFrame()
    found = cells[cells["metric"].eq(metric)]
    sources = measured.sources(single=single).merge(found[["lens", "exercise_id", "muscle_id"]])
    numbers = comparison.published_numbers(sources, tables.load("engagement_measurements"), metric)
    return numbers.merge(cells[["exercise_id", "muscle_id", "text"]])


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(
    _compared: Shown,
    _numbers: pd.DataFrame,
    theme_name: str,
    narrow: bool,
    chosen_muscles: tuple[str, ...],
    settings_key: tuple[Any, ...],
) -> Any:
    """Dots of these settings, which ``settings_key`` names."""
    colours, exercises, muscles = themed(theme_name), _compared.exercises, _compared.muscles
    if _compared.metric is None:
        return charts.role_dots(
            _compared.cells, muscles, exercises, colours, narrow=narrow, chosen=chosen_muscles
        )
    if _compared.metric == estimates.METRIC:
        known = _compared.cells[~_compared.cells["no_data"]]
        return charts.band_dots(
            known,
            muscles[muscles["muscle_id"].isin(known["muscle_id"])],
            exercises,
            colours,
            narrow=narrow,
            chosen=chosen_muscles,
        )
    scale = tables.load("metrics").set_index("metric").loc[_compared.metric]
    return charts.value_dots(
        _numbers,
        muscles[muscles["muscle_id"].isin(_numbers["muscle_id"])],
        exercises,
        colours,
        narrow=narrow,
        unit=scale["label"],
        least_top=100 if scale["is_percent_of_mvic"] else 0,
        chosen=chosen_muscles,
    )


def number_table(compared: Shown, numbers: pd.DataFrame) -> pd.DataFrame:
    """Every published number of the picture, for readers."""
    metric = tables.load("metrics").set_index("metric").loc[compared.metric]
    rows = numbers.assign(
        exercise=numbers["exercise_id"].map(compared.exercises.set_index("exercise_id")["name"]),
        muscle=numbers["muscle_id"].map(compared.muscles.set_index("muscle_id")["name"]),
        unit=metric["unit"],
        grade=numbers["grade"].astype("object").map(story.GRADE_LABELS),
    )
    columns = {
        "exercise": "Exercise", "muscle": "Muscle", "value": "Value", "low": "Low",
        "high": "High", "unit": "Unit", "grade": "Evidence", "citation": "Study",
    }  # fmt: skip
    return rows[list(columns)].rename(columns=columns)


def draw_muscle(scene: Scene) -> None:
    """One muscle in all of the exercises, as the matrix details it."""
    controls = scene.controls
    with st.container(width=296 if scene.narrow else 360):
        draw_choice(
            controls, "muscle", "One muscle in detail: tap a dot, or choose", key="compare-muscle"
        )
    if controls["muscle"]:
        detail.draw_measurements(
            controls["exercise"], controls["muscle"], controls["single"], scene.colours
        )


def draw_differences(scene: Scene, compared: Shown) -> None:
    """Table of what each exercise has, and of how far apart they are."""
    lens = scene.controls["lens"]
    is_role, is_band = lens == "role", lens == estimates.LENS
    table = differences(compared, is_role=is_role)
    is_known = ~table["Difference"].isin([comparison.THE_SAME, comparison.NOT_COMPARABLE])
    n_known, n_muscles = int(is_known.sum()), counted(len(table))
    layout.finding(
        f"{counted(n_known).capitalize()} of {n_muscles} muscles differ"
        if is_role
        else f"{counted(n_known).capitalize()} of {n_muscles} muscles differ in their band"
        if is_band
        else f"{counted(n_known).capitalize()} of {n_muscles} muscles can be compared",
        "Strongest and weakest role of each muscle, with the numbers of the exercises."
        if is_role
        else "Highest and lowest band of each muscle, with the numbers of the exercises."
        if is_band
        else "Gap between the published numbers of the two that lie farthest apart, from its "
        "smallest to its largest. Different studies have different people and loads: a gap "
        "between them is only a hint.",
    )
    has_number = compared.cells.groupby("muscle_id", sort=False)["no_data"].min().eq(False)
    shown = table if is_role else table[has_number.to_numpy()]
    if len(shown):
        st.dataframe(
            shown,
            hide_index=True,
            height=min(40 + 35 * len(shown), _TABLE_PX),
            alt="Table of the differences",
        )
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    ):
        n_left = len(table) - len(shown)
        layout.note(
            "In brackets: how good the evidence is."
            if n_left == 0
            else f"In brackets: how good the evidence is. The other {counted(n_left)} muscles, "
            f"{'known' if is_band else 'measured'} in none of these, are in the CSV.",
            width="content",
        )
        layout.csv_download("differences", lambda: table)


def differences(compared: Shown, *, is_role: bool) -> pd.DataFrame:
    """Difference table with the columns that readers see."""
    table = comparison.difference_table(
        compared.cells,
        list(compared.exercises["exercise_id"]),
        compared.muscles,
        metric=compared.metric,
        is_role=is_role,
    ).drop(columns="muscle_id")
    named = {
        str(place): f"{place} {name}" for place, name in enumerate(compared.exercises["name"], 1)
    }
    columns = {"muscle": "Muscle", "difference": "Difference", **named}
    return table[list(columns)].rename(columns=columns)


def draw_maps(scene: Scene, compared: Shown) -> None:
    """Body of each exercise, side by side and on one scale."""
    controls = scene.controls
    layout.finding(
        "On the body",
        "Front and back, all on one scale. Tap a letter or a number for the detail above. "
        + (_ON_THE_BODY.get(controls["lens"], "Hatched: not measured, which is not zero.")),
    )
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        with st.container(width=220):
            controls.segments("layer", "Layer", settings.BODY_LAYERS)
        with st.container(width=180):
            controls.toggle("whole", "Whole body")
    # Four stand two by two; a row of three and one would look as if the last were apart.
    is_square = len(compared.exercises) == _MOST and not scene.narrow
    with st.container(
        horizontal=True,
        gap="medium",
        width=2 * _MAP_PX + _MAP_GAP_PX if is_square else "stretch",
    ):
        for place, exercise in enumerate(compared.exercises.to_dict("records"), 1):
            with st.container(width=_NARROW_MAP_PX if scene.narrow else _MAP_PX):
                draw_map(scene, compared, place, exercise)
    layout.note(SCHEMATIC)


def draw_map(scene: Scene, compared: Shown, place: int, exercise: dict[Any, Any]) -> None:
    """Body of one exercise."""
    controls, code = scene.controls, exercise["exercise_id"]
    rows = body_rows(code, controls["lens"], controls["single"])
    name = f"body-{code}"
    layout.chart(
        map_picture(
            rows,
            scene.colours.name,
            controls["layer"],
            controls["whole"],
            scene.narrow,
            None if controls["lens"] == "role" else compared.metric or "",
            compared.top,
            f"{place} {exercise['short_name']}",
            controls["muscle"],
            (code, controls["lens"], controls["single"]),
        ),
        name=name,
        alt=f"Body from the front and the back, coloured by what {exercise['name']} asks of each "
        "muscle; the table holds every muscle.",
        source="Schematic",
        table=lambda: map_table(rows),
        on_select=lambda: take_over_click(controls, name),
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def body_rows(exercise: str, lens: str, single: bool) -> pd.DataFrame:
    """Every muscle that the drawing shows, for one exercise."""
    return body_cells(
        all_cells(lens, single), tables.load("exercises"), tables.load("muscles"), exercise
    )


@st.cache_resource(show_spinner=False, max_entries=64)
def map_picture(
    _rows: pd.DataFrame,
    theme_name: str,
    layer: str,
    whole: bool,
    narrow: bool,
    metric: str | None,
    top: float,
    title: str,
    chosen: tuple[str, ...],
    settings_key: tuple[Any, ...],
) -> Any:
    """Body of these settings; ``settings_key`` names those of the rows."""
    colours: Theme = themed(theme_name)
    return body_map(
        _rows,
        colours,
        layer=layer,
        whole=whole,
        narrow=narrow,
        metric=metric,
        top=top,
        title=title,
        chosen=chosen,
    )


def map_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Every muscle of a body once, in words."""
    each = rows.drop_duplicates("muscle_id")
    pairs = pd.MultiIndex.from_frame(each[["exercise_id", "muscle_id"]])
    each = each.assign(
        role_label=each["role"].map(story.ROLE_LABELS),
        grade_label=each["grade"].map(story.GRADE_LABELS),
        metric=each["metric"].replace(estimates.METRIC, estimate_words.SCALE),
        model=model_labels()["label"].reindex(pairs).to_numpy(),
    )
    columns = {
        "exercise": "Exercise", "muscle": "Muscle", "role_label": "Role", "label": "Value",
        "metric": "Scale", "grade_label": "Evidence", "model": "Model estimate (physics)",
    }  # fmt: skip
    return each[list(columns)].rename(columns=columns)


def take_over_click(controls: Controls, name: str) -> None:
    """Choose the muscle of a tapped mark; the compared exercises stay."""
    muscle = tapped_muscle(st.session_state[f"chart/{name}"]["selection"]["points"])
    if muscle:
        controls.set(muscle=(muscle,))


def tapped_muscle(points: list[dict[str, Any]]) -> str | None:
    """Muscle of the first tapped mark; None where the tap met none.

    Examples
    --------
    >>> tapped_muscle([{"customdata": [55, 4]}])
    'gracilis'
    """
    if not points or "customdata" not in points[0]:
        return None
    muscles = tables.load("muscles").set_index("sequence")["muscle_id"]
    return str(muscles[int(points[0]["customdata"][1])])
