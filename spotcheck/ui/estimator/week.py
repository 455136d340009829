"""Editor of the training week: a list of sessions in place of the quick sliders."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from spotcheck.energy.running import MOST_REPEATS
from spotcheck.energy.story import session_title
from spotcheck.energy.training import MOST_SESSIONS, strength_mets
from spotcheck.ui import layout, plans, settings
from spotcheck.ui.controls import Controls, speed_scale
from spotcheck.ui.terms import hint
from spotcheck.wording import NBSP, counted, escaped, number, percent

# Length of a fast part and of the recovery after it [s], as the table explains its shares: four
# minutes of intervals, sprints of 12 seconds every 2 minutes.
USUAL_SECONDS = {"intervals": (240, 180), "hill_sprints": (12, 108)}
SECONDS = (
    *(5, 10, 12, 15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180, 210, 240, 270, 300),
    *(360, 420, 480, 540, 600, 720, 900, 1200, 1800),
)

Row = tuple[Any, ...]


def draw(controls: Controls) -> None:
    """Draw the drawer of the week: closed over the quick sliders, open once there is a list."""
    editor = Editor(controls)
    rows = controls["week"]
    label, key = ("Your week", "list") if rows else ("Plan a whole week", "start")
    drawer = st.expander(
        label,
        expanded=bool(rows),
        icon=":material/calendar_month:",
        key=editor.key(key),
        on_change="rerun",
    )
    if not drawer.open:
        return
    with drawer:
        if rows:
            draw_list(editor)
        else:
            layout.note("A list of sessions, each of its own kind, takes the place of the sliders.")
            st.button(
                "Plan several kinds of session",
                icon=":material/add:",
                key=editor.key("begin"),
                on_click=editor.begin,
            )
        draw_undo(editor)


def title(kind: str, times_per_week: int, minutes: float) -> str:
    """Session in a few words, with the short name of a strength exercise."""
    types = settings.labels("session_types", "session_type")
    name = types.get(kind) or settings.labels("exercises", "exercise_id", "short_name")[kind]
    return session_title(name, times_per_week, minutes)


def draw_list(editor: Editor) -> None:
    """Draw every session as one line, the open one with its controls under it."""
    rows = editor.rows
    times = sum(row[1] for row in rows)
    hours = sum(row[1] * row[2] for row in rows) / 60
    plural = "s" if times > 1 else ""
    layout.note(f"{times} session{plural} a week, {number(hours, 1)} hours in all.")
    with st.container(gap=None):
        for name, row in zip(editor.names, rows, strict=True):
            draw_session(editor, name, row)
    if editor.is_full:
        layout.note(f"A week holds up to {counted(MOST_SESSIONS)} kinds of session here.")
    else:
        st.button(
            "Add a session", icon=":material/add:", key=editor.key("add"), on_click=editor.add
        )
    st.button(
        "Back to one kind of session",
        icon=":material/tune:",
        type="tertiary",
        key=editor.key("clear"),
        on_click=editor.clear,
    )


def draw_session(editor: Editor, name: int, row: Row) -> None:
    """Draw a session's line, which opens and closes it."""
    is_open = editor.opened == name
    # An expander would do, but a new label makes it a new one: whoever changes a number by the
    # keyboard would be thrown out of the field with every step.
    st.button(
        escaped(title(*row[:3])),
        icon=f":material/keyboard_arrow_{'down' if is_open else 'right'}:",
        type="tertiary",
        key=editor.key(name, "line"),
        on_click=lambda: editor.open(None if is_open else name),
    )
    if is_open:
        with st.container(border=True):
            draw_settings(editor, name)


def draw_settings(editor: Editor, name: int) -> None:
    """Draw the controls of the open session."""
    session = SessionControls(editor, name)
    kind = session["kind"]
    session.select("kind", "Kind of session", settings.session_kinds())
    session.slider("times", "Times a week", step=1)
    session.slider("minutes", "Minutes", step=5)
    if kind in strength_mets():
        layout.note(f"Rests included. Counted at {number(strength_mets()[kind], 1)}{NBSP}MET.")
    else:
        draw_speed(editor.controls, session, kind)
        limits = settings.grade_limits(kind)
        session.slider("grade", "Slope, %", step=1, limits=limits, help=hint("grade"))
        if kind in USUAL_SECONDS:
            draw_repeats(session)
    with st.container(horizontal=True, gap="small"):
        if not editor.is_full:
            st.button(
                "Duplicate",
                icon=":material/content_copy:",
                type="tertiary",
                key=editor.key(name, "duplicate"),
                on_click=lambda: editor.duplicate(name),
            )
        st.button(
            "Remove",
            icon=":material/close:",
            type="tertiary",
            key=editor.key(name, "remove"),
            on_click=lambda: editor.remove(name),
        )


def draw_speed(controls: Controls, session: Controls, kind: str) -> None:
    """Draw a speed, or a pace; both set the same ``speed``, and the note says the other.

    Parameters
    ----------
    controls : Controls
        Settings of the page.
    session : Controls
        Settings with the ``speed``.
    kind : str
        Key of ``session_types``.
    """
    units, limits = plans.units(controls), settings.speed_limits(kind)
    controls.segments("pace", "Speed or pace", settings.SPEED_UNITS)
    if controls["pace"] == "min_km":
        session.stops(
            "speed",
            f"Speed as pace, {units.pace_unit}",
            settings.speeds_of_paces(limits, units),
            lambda speed: units.pace(speed).removesuffix(NBSP + units.pace_unit),
            unit=units.pace_unit,
        )
        layout.note(units.speed(session["speed"]))
        return
    session.slider(
        "speed",
        f"Speed, {units.speed_unit}",
        step=0.1,
        limits=limits,
        format="%.1f",
        scale=speed_scale(units),
    )
    layout.note(units.pace(session["speed"]))


def draw_repeats(session: SessionControls) -> None:
    """Draw the fast parts: the kind's usual share, or repeats of the reader's own."""
    key = f"{session.page}/own_repeats"
    st.session_state[key] = session["repeats"] > 0
    st.toggle(
        "Set the repeats",
        key=key,
        on_change=lambda: session.set(**_repeats(session, wanted=st.session_state[key])),
    )
    if session["repeats"] == 0:
        share = settings.session_type(session["kind"])["work_share"]
        layout.note(f"As usual: {percent(share)} of the time is fast.")
        return
    each = session["work"] + session["recovery"]
    most = min(int(60 * session["minutes"] / each), MOST_REPEATS)
    # A slider needs two ends; what does not fit is taken back with a word why.
    session.slider("repeats", "Repeats", step=1, limits=(1, max(most, 2)))
    for name, label in (("work", "Fast part"), ("recovery", "Recovery")):
        session.stops(
            name,
            f"{label}, min:s",
            sorted({*SECONDS, session[name]}),
            lambda seconds: f"{seconds // 60}:{seconds % 60:02d}",
            unit="s",
        )


def _repeats(session: SessionControls, *, wanted: bool) -> dict[str, int]:
    """Repeats to start from, or none; lengths that were given once are kept."""
    if not wanted:
        return {"repeats": 0}
    seconds = 60 * session["minutes"]
    share = settings.session_type(session["kind"])["work_share"]
    work, recovery = session["work"], session["recovery"]
    if not 0 < work + recovery <= seconds:
        usual_work, usual_recovery = USUAL_SECONDS[session["kind"]]
        work = min(usual_work, int(share * seconds))
        recovery = min(usual_recovery, int((1 - share) * seconds))
    repeats = max(int(share * seconds / work), 1) if work else 1
    return {
        "repeats": min(repeats, int(seconds / (work + recovery))),
        "work": work,
        "recovery": recovery,
    }


def draw_undo(editor: Editor) -> None:
    """Draw the way back from the last removal."""
    lost = editor.lost
    if lost is not None:
        st.button(
            "Bring the list back" if not editor.rows else "Bring the session back",
            icon=":material/undo:",
            type="tertiary",
            key=editor.key("undo"),
            on_click=editor.undo,
        )


class Editor:
    """Rows of the setting ``week``, which of them is open, and what was removed last.

    The rows themselves are the page's setting. Every row has a name here, a number that is never
    used again, so that its controls stay its own while others come and go.

    Parameters
    ----------
    controls : Controls
        Settings of the page.
    """

    def __init__(self, controls: Controls) -> None:
        self.controls = controls
        self._memory: dict[str, Any] = st.session_state.setdefault(
            self.key("editor"), {"rows": (), "names": (), "next": 0, "open": None, "lost": None}
        )
        if self.rows != self._memory["rows"]:
            self._catch_up()

    def key(self, *parts: object) -> str:
        """Key of one of the editor's widgets."""
        return "/".join(map(str, (self.controls.page, "week", *parts)))

    @property
    def rows(self) -> tuple[Row, ...]:
        """Sessions, as the setting has them."""
        rows: tuple[Row, ...] = self.controls["week"]
        return rows

    @property
    def names(self) -> tuple[int, ...]:
        """Name of each row."""
        names: tuple[int, ...] = self._memory["names"]
        return names

    @property
    def opened(self) -> int | None:
        """Name of the row whose controls are shown."""
        opened: int | None = self._memory["open"]
        return opened

    @property
    def is_full(self) -> bool:
        """Whether no row can be added."""
        return len(self.rows) >= MOST_SESSIONS

    @property
    def lost(self) -> tuple[Row, ...] | None:
        """Rows before the last removal, as long as nothing else came in their place."""
        before, after = self._memory["lost"] or (None, None)
        return before if after == self.rows else None

    def open(self, name: int | None) -> None:
        """Show the controls of a row, and of no other."""
        self._memory["open"] = name

    def begin(self) -> None:
        """Start the list with the quick session."""
        quick = [self.controls[field] for field in ("minutes", "speed", "grade")]
        times = max(self.controls["sessions"], 1)
        self._put([(self.controls["session"], times, *quick, 0, 0, 0)], [self._new_name()])

    def add(self) -> None:
        """Add a session of a kind that the week does not have yet."""
        kinds = settings.codes("session_types", "session_type")
        taken = {row[0] for row in self.rows}
        kind = next((one for one in kinds if one not in taken), kinds[0])
        usual = settings.session_type(kind)
        row = (
            *(kind, 1, self.controls["minutes"]),
            *(float(usual["speed_default_km_h"]), round(100 * usual["grade_default"])),
            *(0, 0, 0),
        )
        name = self._new_name()
        self._put([*self.rows, row], [*self.names, name])
        self.open(name)

    def duplicate(self, name: int) -> None:
        """Put a copy of a row after it."""
        rows, names = list(self.rows), list(self.names)
        place = names.index(name) + 1
        rows.insert(place, rows[place - 1])
        names.insert(place, self._new_name())
        self._put(rows, names)
        self.open(names[place])

    def remove(self, name: int) -> None:
        """Take a row out."""
        kept = [(row, one) for row, one in zip(self.rows, self.names, strict=True) if one != name]
        self._lose([row for row, _ in kept], [one for _, one in kept])

    def clear(self) -> None:
        """Go back to the quick session."""
        self._lose([], [])

    def undo(self) -> None:
        """Bring back what was removed last."""
        if self.lost is not None:
            self.controls.set(week=self.lost)

    def change(self, name: int, row: Row) -> None:
        """Take over a row from its controls; a row that has gone since is left alone."""
        if name in self.names:
            rows = list(self.rows)
            rows[self.names.index(name)] = row
            self._put(rows, list(self.names))

    def _put(self, rows: list[Row], names: list[int]) -> None:
        self.controls.set(week=tuple(rows))
        self._memory.update(rows=self.rows, names=tuple(names))

    def _lose(self, rows: list[Row], names: list[int]) -> None:
        before = self.rows
        self._put(rows, names)
        self._remember(before)

    def _catch_up(self) -> None:
        """Take note of rows that a link, a ready plan, a reset or a limit has changed."""
        memory = self._memory
        if memory["rows"] and not self.rows:
            self._remember(memory["rows"])
        if len(self.rows) != len(self.names):
            memory.update(names=tuple(self._new_name() for _ in self.rows), open=None)
        memory["rows"] = self.rows

    def _remember(self, before: tuple[Row, ...]) -> None:
        self._memory["lost"] = before, self.rows
        # Without a list the drawer is another one, and would hide the way back.
        st.session_state[self.key("start")] = not self.rows

    def _new_name(self) -> int:
        self._memory["next"] += 1
        return int(self._memory["next"])


class SessionControls(Controls):
    """Settings of one session of the week, with the same widgets as those of a page.

    Parameters
    ----------
    editor : Editor
        The week.
    name : int
        Name of the row.
    """

    def __init__(self, editor: Editor, name: int) -> None:
        week: Any = editor.controls.fields["week"]
        row = editor.rows[editor.names.index(name)]
        self.page = editor.key(name)
        self.fields = {column.name: column for column in week.columns}
        self.values = dict(zip(self.fields, row, strict=True))
        self._parts, self._inside = {}, ""
        self._store = editor.controls._store
        self._take_over: Callable[[Row], None] = lambda row: editor.change(name, row)

    def set(self, **values: Any) -> None:
        """Change the session, and with it the week."""
        super().set(**values)
        self._take_over(tuple(self.values.values()))
