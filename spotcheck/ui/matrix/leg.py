"""The leg in three dimensions: one exercise on it, or two legs beside each other."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from spotcheck import tables
from spotcheck.charts import leg as charts
from spotcheck.charts.theme import themed
from spotcheck.muscles import comparison, estimate_words, estimates, story
from spotcheck.muscles.leg import PROVENANCE, leg_cells, leg_muscles
from spotcheck.ui import cite, layout
from spotcheck.ui.controls import Controls
from spotcheck.ui.matrix.compare import STORY, compared_by, draw_choosing
from spotcheck.ui.matrix.data import Shown
from spotcheck.ui.matrix.scene import Scene
from spotcheck.wording import NBSP, counted, escaped, joined

_CHART = "leg"
_GUARD_KEY, _SENT_KEY = "leg/guard", "leg/sent"
_PICTURE_PX = 520
_WORDS_PX = 410

# Plotly keeps every wheel turn and every swipe over a scene for itself, which would trap a reader
# on a phone in the middle of the page: only what turns the leg reaches it. The figure's own buttons
# and the controls beside it are one setting: each is told of the other, and no figure is sent. The
# element also says whether the browser draws in three dimensions at all, and if only in software.
_GUARD = st.components.v2.component(
    "spotcheck_leg_guard",
    html="<span hidden></span>",
    # Where pictures are drawn in software, every frame of a fade elsewhere on the page delays each
    # of the hundred programs that Plotly makes for the leg: the page keeps still until it is drawn.
    css="""
.st-key-chart-leg .gl-container canvas { touch-action: pan-y pinch-zoom; }
html:not([data-leg-drawn]) :is(*, ::before, ::after) {
  animation: none !important;
  transition: none !important;
}
""",
    js="""
const SLOW = /swiftshader|llvmpipe|softpipe|software|basic render/i;
// Plotly's own canvas is asked: a second context takes longer to make than the leg to draw.
function drawing(plot) {
  const gl = plot.querySelector(".gl-container canvas")?.getContext("webgl");
  if (!gl) return "none";
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  const name = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return SLOW.test(name) ? "slow" : "fast";
}
function isInEffect(plot, [, layout]) {
  return Object.entries(layout).every(([path, wanted]) => {
    const now = path.match(/\\w+/g).reduce((one, name) => one?.[name], plot.layout);
    if (!wanted.eye) return now === wanted;
    return ["x", "y"].every((axis) => Math.abs(now?.eye?.[axis] - wanted.eye[axis]) < 0.01);
  });
}
export default function({ data, setStateValue, setTriggerValue }) {
  const chart = () => document.querySelector(".st-key-chart-leg .js-plotly-plot");
  const labelOf = (button) => button.querySelector("text")?.textContent;
  let timer, seen;
  const agree = (tries) => {
    const plot = chart();
    const buttons = [...(plot?.querySelectorAll(".updatemenu-button") ?? [])];
    if (!buttons.length && tries) {
      timer = setTimeout(() => agree(tries - 1), 100);
      return;
    }
    document.documentElement.toggleAttribute("data-leg-drawn", true);
    if (!buttons.length) return;
    const found = drawing(plot);
    if (found !== data.drawing) setStateValue("drawing", found);
    seen = plot;
    if (plot.shows?.figure !== data.figure) plot.shows = { figure: data.figure, ...data.sent };
    const known = plot.layout.updatemenus.flatMap((menu) => menu.buttons);
    for (const [name, labels] of Object.entries(data.labels)) {
      const wanted = data.wanted[name];
      // None is in effect once the reader has turned the leg by hand.
      const codes = Object.keys(labels);
      const here = codes.find((code) =>
        known.some((one) => one.label === labels[code] && isInEffect(plot, one.args)));
      if (wanted === (here ?? plot.shows[name])) continue;
      plot.shows[name] = wanted;
      buttons.find((one) => labelOf(one) === labels[wanted])
        ?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    }
  };
  agree(100);
  // A chart that Streamlit builds anew is back at what it was sent with.
  const watch = setInterval(() => { if (seen && chart() !== seen) agree(0); }, 500);
  const press = (event) => {
    const button = event.isTrusted && event.target.closest?.(".updatemenu-button");
    const plot = chart();
    if (!button || !plot?.shows || !plot.contains(button)) return;
    for (const [name, labels] of Object.entries(data.labels)) {
      const code = Object.keys(labels).find((one) => labels[one] === labelOf(button));
      if (code === undefined) continue;
      plot.shows[name] = code;
      setTriggerValue(name, code);
    }
  };

  const isOnLeg = (event) => event.target.closest?.(".st-key-chart-leg .gl-container");
  let start = null, turns = false;
  const touch = (event) => {
    start = isOnLeg(event) ? event.touches[0] : null;
    turns = false;
  };
  const swipe = (event) => {
    if (!start) return;
    const { clientX, clientY } = event.touches[0];
    turns ||= Math.abs(clientX - start.clientX) > Math.abs(clientY - start.clientY);
    if (!turns || event.touches.length > 1) event.stopImmediatePropagation();
  };
  const wheel = (event) => {
    if (isOnLeg(event) && !event.ctrlKey && !event.metaKey) event.stopImmediatePropagation();
  };
  const first = { capture: true, passive: true };
  const listeners = { click: press, touchstart: touch, touchmove: swipe, wheel };
  for (const name in listeners) document.addEventListener(name, listeners[name], first);
  return () => {
    clearTimeout(timer);
    clearInterval(watch);
    document.documentElement.removeAttribute("data-leg-drawn");
    for (const name in listeners) document.removeEventListener(name, listeners[name], first);
  };
}""",
    isolate_styles=False,
)


def draw(scene: Scene) -> None:
    """Draw the view."""
    controls = scene.controls
    draw_choosing(controls, narrow=scene.narrow)
    chosen = controls["exercise"] or STORY[:2]
    if not controls["exercise"]:
        layout.note("You have chosen none yet, so the leg begins with two that tell a story.")
    drawing = st.session_state.get(_GUARD_KEY, {}).get("drawing", "fast")
    if drawing == "none":
        draw_way_out(controls, chosen)
        draw_guard(controls, drawing, chosen, ())
        return
    compared = compared_by(chosen, controls["lens"], controls["single"], leg_muscles())
    layout.finding(escaped(title_of(controls, compared)), definition_of(controls, compared))
    draw_inputs(scene, chosen)
    with st.container(horizontal=not scene.narrow, gap="medium"):
        with st.container(width="stretch" if scene.narrow else _PICTURE_PX):
            draw_picture(scene, compared, drawing)
        with st.container(width="stretch" if scene.narrow else _WORDS_PX):
            draw_words(controls, compared, drawing)


def draw_guard(
    controls: Controls, drawing: str, chosen: tuple[str, ...], figure: tuple[Any, ...]
) -> None:
    """Element that keeps the figure from trapping the page, and in step with the controls."""
    sent_turn, sent_place = sent_with(controls, chosen, figure)
    short = tables.load("exercises").set_index("exercise_id")["short_name"]
    labels = charts.exercise_labels([short[code] for code in chosen], narrow=layout.is_narrow())

    def take_over(name: str) -> None:
        code = st.session_state[_GUARD_KEY][name]
        if code:
            controls.set(**{name: code})

    _GUARD(
        key=_GUARD_KEY,
        data={
            "drawing": drawing,
            "figure": repr(figure),
            "sent": {"turn": sent_turn, "on_leg": chosen[sent_place]},
            "wanted": {
                "turn": controls["turn"],
                "on_leg": chosen[place_on_leg(controls, chosen)],
            },
            "labels": {
                "turn": charts.SIDES,
                "on_leg": dict(zip(chosen, labels, strict=True)),
            },
        },
        height=1,
        on_drawing_change=lambda: None,
        on_turn_change=lambda: take_over("turn"),
        on_on_leg_change=lambda: take_over("on_leg"),
    )


def sent_with(
    controls: Controls, chosen: tuple[str, ...], figure: tuple[Any, ...]
) -> tuple[str, int]:
    """Side and exercise that the figure is sent with: those of the moment when it was new.

    Later the browser turns what it has, because a figure of a few hundred kilobytes that differs
    only in its camera is not worth sending.
    """
    kept = st.session_state.get(_SENT_KEY)
    if kept is None or kept[0] != figure:
        kept = (figure, (controls["turn"], place_on_leg(controls, chosen)))
        st.session_state[_SENT_KEY] = kept
    turn, place = kept[1]
    return turn, place


def draw_way_out(controls: Controls, chosen: tuple[str, ...]) -> None:
    """Say that the browser cannot draw the leg, and lead to the maps that it can draw."""
    layout.empty_state(
        "This browser cannot draw in three dimensions",
        "The leg needs WebGL, which is off or missing here. The body maps, front and back, show "
        "the same exercises with the same colours.",
        "Show the body maps",
        lambda: to_maps(controls, chosen),
    )


def to_maps(controls: Controls, chosen: tuple[str, ...]) -> None:
    """Open the maps with these exercises; they need two."""
    others = [code for code in STORY if code not in chosen]
    controls.set(view="compare", exercise=chosen if len(chosen) > 1 else (*chosen, others[0]))


def draw_inputs(scene: Scene, chosen: tuple[str, ...]) -> None:
    """Number of legs; and for the keyboard, what the figure's own buttons do."""
    controls = scene.controls
    if len(chosen) > 1:
        controls.toggle("pair", "Two legs, one exercise each")
    drawer = st.expander(
        "The figure's buttons, for the keyboard",
        icon=":material/keyboard:",
        key="leg/keyboard",
        on_change="rerun",
        width="stretch" if scene.narrow else _PICTURE_PX,
    )
    if drawer.open:
        with drawer:
            controls.segments("turn", "Look from", charts.SIDES)
            codes = chosen[1:] if is_pair(controls, chosen) else chosen
            if len(codes) > 1:
                draw_exercise(controls, codes, chosen)


def draw_exercise(controls: Controls, codes: tuple[str, ...], chosen: tuple[str, ...]) -> None:
    """Which of the exercises colours the leg, or the second leg."""
    names = tables.load("exercises").set_index("exercise_id")["name"]
    key, shown = "leg/exercise", chosen[place_on_leg(controls, chosen)]
    if st.session_state.get(key) != shown:
        st.session_state[key] = shown
    st.selectbox(
        "On the second leg" if controls["pair"] else "On the leg",
        codes,
        format_func=lambda code: f"{chosen.index(code) + 1} · {names[code]}",
        key=key,
        on_change=lambda: controls.set(on_leg=st.session_state[key]),
        filter_mode=None,
    )


def place_on_leg(controls: Controls, chosen: tuple[str, ...]) -> int:
    """Place of the exercise on the leg, or on the second of two legs.

    A choice that is no longer among the exercises, or that stands on the first leg, gives way to
    the first that can be shown.
    """
    first = 1 if is_pair(controls, chosen) else 0
    code = controls["on_leg"]
    return max(chosen.index(code), first) if code in chosen else first


def is_pair(controls: Controls, chosen: tuple[str, ...]) -> bool:
    """Whether two legs are shown; one exercise has one."""
    return bool(controls["pair"]) and len(chosen) > 1


def draw_picture(scene: Scene, compared: Shown, drawing: str) -> None:
    """The leg, its source, its table."""
    controls = scene.controls
    chosen = tuple(compared.exercises["exercise_id"])
    pair = is_pair(controls, chosen)
    asked = joined(list(compared.exercises["name"]))
    figure = (
        *(chosen, controls["lens"], controls["single"]),
        *(pair, scene.narrow, scene.colours.name),
    )
    draw_guard(controls, drawing, chosen, figure)
    turn, sent_place = sent_with(controls, chosen, figure)
    layout.chart(
        picture(compared, turn, sent_place, figure),
        name=_CHART,
        # Nothing of the element may change with its buttons, or the browser builds it anew.
        alt=f"{'Two right legs' if pair else 'A right leg'} in three dimensions, to be turned: "
        f"bones, and muscles coloured by what {asked} {'ask' if len(chosen) > 1 else 'asks'} of "
        "them; the lists and the table hold every muscle.",
        source=f"{PROVENANCE} Muscles: {cite.ours('table', 'leg_model_muscles')}.",
        table=lambda: muscle_table(compared, controls["lens"]),
        config={"plotGlPixelRatio": 1},
    )


@st.cache_resource(show_spinner=False, max_entries=16)
def picture(_compared: Shown, side: str, place: int, figure: tuple[Any, ...]) -> Any:
    """Leg of these settings; ``figure`` names those of the cells and of the drawing."""
    _, lens, _, pair, narrow, theme_name = figure
    return charts.leg(
        rows_of(_compared, lens),
        themed(theme_name),
        side=side,
        pair=pair,
        shown=place,
        narrow=narrow,
        metric=None if lens == "role" else _compared.metric or "",
        top=_compared.top,
    )


def rows_of(compared: Shown, lens: str) -> list[pd.DataFrame]:
    """Cells of the leg, exercise by exercise."""
    muscles = tables.load("muscles")
    return [
        leg_cells(compared.cells, compared.exercises, muscles, code, lens=lens)
        for code in compared.exercises["exercise_id"]
    ]


def title_of(controls: Controls, compared: Shown) -> str:
    """What the legs show, true of all exercises whose colours the picture holds."""
    names = compared.exercises.set_index("exercise_id")["name"].to_dict()
    if controls["lens"] == "role":
        return comparison.role_title(compared.cells, names)
    if controls["lens"] == estimates.LENS:
        return comparison.band_title(compared.cells, names)
    measured = compared.cells[~compared.cells["no_data"]].groupby("exercise_id").size()
    n_muscles = len(leg_muscles())
    parts = [f"{int(measured.get(code, 0))} in {name}" for code, name in names.items()]
    return f"Measured of the leg's {n_muscles} muscles: {joined(parts)}"


def definition_of(controls: Controls, compared: Shown) -> str:
    """What the colours mean, and how to turn the leg."""
    if controls["lens"] == "role":
        colours = (
            "Colour: the role, from a rule of ours (expert role); what a muscle is there for, "
            "not how hard it works."
        )
    elif controls["lens"] == estimates.LENS:
        colours = (
            "Colour: band of a maximal effort, measured where a study has it, else an estimate of "
            "the leg model (grade physics). Striped: neither, which is not zero."
        )
    elif compared.metric is None:
        colours = "Bands: not measured this way, which is not zero."
    else:
        scale = tables.load("metrics").set_index("metric").loc[compared.metric]
        colours = (
            f"Colour: {escaped(scale['label'])}. Bands: not measured, which is not zero. "
            "Point at a muscle for its grade."
        )
    return f"{colours} Drag it, or swipe sideways, to turn it."


def draw_words(controls: Controls, compared: Shown, drawing: str) -> None:
    """Every muscle in words, exercise by exercise, and the way to the flat maps."""
    chosen = tuple(compared.exercises["exercise_id"])
    for place, rows in enumerate(rows_of(compared, controls["lens"]), 1):
        name = compared.exercises["name"].iloc[place - 1]
        is_role = controls["lens"] == "role"
        listed = role_words(rows) if is_role else value_words(rows, controls["lens"])
        st.markdown(f"**{place} · {escaped(name)}**\n\n{listed}")
    slow = "This browser draws without a graphics card, so turning may be slow. " * (
        drawing == "slow"
    )
    layout.note(
        f"{slow}Pectineus, quadratus femoris and the gemelli are not in this model; pectineus "
        "shares the column of adductor brevis."
    )
    st.button(
        "The same as flat maps",
        icon=":material/accessibility_new:",
        type="tertiary",
        key="leg/maps",
        on_click=lambda: to_maps(controls, chosen),
    )


def role_words(rows: pd.DataFrame) -> str:
    """Muscles of the leg by their role; Markdown."""
    names = rows.set_index("muscle_id")["muscle"]
    return story.roles_list(rows[["muscle_id", "role"]], names)


def value_words(rows: pd.DataFrame, lens: str) -> str:
    """Muscles of the leg with a number, its unit and its grade; Markdown."""
    measured = rows[~rows["no_data"]]
    lines = [
        f"- {escaped(row['muscle'])}: "
        f"{escaped(estimate_words.shown_label(row['label'], row['grade']))}"
        f"{NBSP if row['unit'] else ''}{escaped(row['unit'])}, {story.GRADE_LABELS[row['grade']]}"
        for row in measured.to_dict("records")
    ]
    n_left = len(rows) - len(measured)
    rest = (
        f"- {'Neither measured nor estimated' if lens == estimates.LENS else 'Not measured'}: "
        f"{counted(n_left)} {'muscle' if n_left == 1 else 'muscles'}"
    )
    return "\n".join([*lines, rest] if n_left else lines)


def muscle_table(compared: Shown, lens: str) -> pd.DataFrame:
    """Every muscle of every exercise, in words."""
    each = pd.concat(rows_of(compared, lens)).assign(
        role_label=lambda own: own["role"].map(story.ROLE_LABELS),
        grade_label=lambda own: own["grade"].map(story.GRADE_LABELS),
        metric=lambda own: own["metric"].replace(estimates.METRIC, estimate_words.SCALE),
    )
    each["shown"] = [
        estimate_words.shown_label(*pair) for pair in zip(each["label"], each["grade"], strict=True)
    ]
    columns = {
        "exercise": "Exercise", "muscle": "Muscle", "role_label": "Role", "shown": "Value",
        "metric": "Scale", "grade_label": "Evidence",
    }  # fmt: skip
    return each[list(columns)].rename(columns=columns)
