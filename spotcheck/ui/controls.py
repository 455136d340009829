"""A page's settings: one store a page, the widgets that change it, and its link.

The store in ``st.session_state`` is the truth. Widgets show it, and what a reader changes reaches
it in the widget's callback, before the page is drawn, so that every part of the page sees the same
values in whatever order it stands, and settings survive a closed drawer and a trip to another page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st

from spotcheck.ui.links import Field, Values, defaults, read, write
from spotcheck.wording import CM_PER_INCH, METRIC, Units

WHOLE_PAGE = "page"
"""Key of the part that holds all of a page but its menu and footer."""

REPORTED = "reported"
"""Key in the session's state of whether the browser asks by itself, from the address it is at."""

RESET_PART = "reset"
"""Key of the part that shows whether there is anything to reset."""


@dataclass(frozen=True)
class Scale:
    """Unit in which a widget shows a setting that is stored in another one.

    Parameters
    ----------
    unit : str
        Sign of the shown unit; every unit has widgets of its own.
    to_shown, to_stored : callable
        Turn a stored number into the shown unit, and back; both increase.
    step : float
        Grid of the shown numbers.
    format : str
        How the widget prints them.

    Examples
    --------
    >>> from spotcheck.wording import IMPERIAL
    >>> pounds = mass_scale(IMPERIAL)
    >>> pounds.limits(35, 200), pounds.nearest(68, 35, 200), pounds.to_stored(150)
    ((78.0, 440.0), 150.0, 68.0388555)
    """

    unit: str
    to_shown: Callable[[float], float]
    to_stored: Callable[[float], float]
    step: float
    format: str

    def limits(self, low: float, high: float) -> tuple[float, float]:
        """First and last point of the grid that are not outside the stored limits."""
        first = math.ceil(round(self.to_shown(low) / self.step, 6))
        last = math.floor(round(self.to_shown(high) / self.step, 6))
        return self._at(first), self._at(last)

    def nearest(self, value: float, low: float, high: float) -> float:
        """Point of the grid that is nearest to a stored value, within the stored limits."""
        first, last = self.limits(low, high)
        return min(max(self._at(round(self.to_shown(value) / self.step)), first), last)

    def _at(self, steps: int) -> float:
        return round(steps * float(self.step), 6)


def mass_scale(units: Units, step: float = 1) -> Scale | None:
    """Scale for a setting in kg; none where the reader thinks in kg."""
    if units == METRIC:
        return None
    printed = "%.0f" if float(step).is_integer() else "%.1f"
    return Scale(units.mass_unit, units.mass_value, units.mass_kg, step, printed)


def speed_scale(units: Units) -> Scale | None:
    """Scale for a setting in km/h, in steps of 0.1; none where the reader thinks in km/h."""
    if units == METRIC:
        return None
    return Scale(units.speed_unit, units.speed_value, units.speed_km_h, 0.1, "%.1f")


def whole_inches(low_cm: float, high_cm: float) -> list[float]:
    """Heights of whole inches between two heights [cm].

    Examples
    --------
    >>> whole_inches(130, 136)
    [132.08, 134.62]
    """
    inches = range(math.ceil(low_cm / CM_PER_INCH), math.floor(high_cm / CM_PER_INCH) + 1)
    return [round(CM_PER_INCH * one, 2) for one in inches]


class Controls:
    """Settings of one page.

    Parameters
    ----------
    page : str
        Name of the page, which is part of the widgets' keys.
    fields : sequence of Field
        The settings.
    fit : callable, optional
        Makes settings go together: gets all values, gives those that had to change and why.
    store : str, optional
        Name of the store where it is not the page's own; pages can share their settings.
    """

    def __init__(
        self,
        page: str,
        fields: Sequence[Field],
        fit: Callable[[Values], tuple[Values, tuple[str, ...]]] | None = None,
        store: str = "",
    ) -> None:
        self.page = page
        self.fields = {field.name: field for field in fields}
        self._store: dict[str, Any] = st.session_state.setdefault(
            f"{store or page}/store",
            {
                "values": {},
                "notices": (),
                "at_notice": None,
                "link": "",
                "at_link": None,
                "left_link": "",
                "is_moved": False,
                "begun": {},
            },
        )
        self.values: Values = self._store["values"]
        for name, value in defaults(fields).items():
            self.values.setdefault(name, value)
        # Settings that each part of the page shows, what it and the rest were last drawn from, and
        # the parts that are about to be drawn again.
        self._parts: dict[str, tuple[str, ...]] = {}
        self._drawn_from: dict[str, tuple[Any, ...]] = {}
        self._page_drawn_from: tuple[Values, tuple[Any, ...]] = {}, ()
        self._awaited: set[str] = set()
        self._inside = ""
        self._take_over_link()
        if fit is not None:
            changes, notices = fit(self.values)
            if changes:
                self.set(**changes)
                self._store.update(
                    notices=self._store["notices"] + notices,
                    at_notice=dict(self.values),
                    at_link=self._store["at_link"] and dict(self.values),
                )
        self._store["is_moved"] = False

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def notices(self) -> tuple[str, ...]:
        """What was asked for and not possible; gone with the next change."""
        return self._store["notices"] if self._store["at_notice"] == self.values else ()

    @property
    def is_untouched(self) -> bool:
        """Whether every setting stands at its start."""
        return all(self.values[name] == field.default for name, field in self.fields.items())

    @property
    def has_personal(self) -> bool:
        """Whether any setting describes the reader."""
        return any(field.personal for field in self.fields.values())

    def link(self, *, with_personal: bool) -> str:
        """Full address that restores the page."""
        query = write(list(self.fields.values()), self.values, with_personal=with_personal)
        return f"{st.context.url or ''}?{query}"

    def set(self, **values: Any) -> None:
        """Change settings: in a callback, or before anything that shows them is drawn."""
        for name, value in values.items():
            self.values[name] = self.fields[name].clean(value)
        self._store["is_moved"] = True

    def reset(self) -> None:
        """Go back to the start; :meth:`undo_reset` brings the settings back."""
        self._store["before_reset"] = dict(self.values)
        self._choose_from_reset(defaults(list(self.fields.values())))

    def undo_reset(self) -> None:
        """Bring back the settings from before the last reset."""
        self._choose_from_reset(self._store.pop("before_reset"))

    def _choose_from_reset(self, values: Values) -> None:
        self.choose(RESET_PART if RESET_PART in self._parts else "", **values)

    @property
    def can_undo_reset(self) -> bool:
        """Whether a reset was the last thing that happened."""
        return self.is_untouched and "before_reset" in self._store

    def add_part(self, key: str, names: Sequence[str]) -> None:
        """Note that a part of the page shows the settings ``names``, which only parts do."""
        self._parts[key] = tuple(names)
        self._page_drawn_from = self._page_state()

    @contextmanager
    def drawing(self, key: str) -> Iterator[None]:
        """Draw a part, or the whole page if more of it is out of date."""
        self._awaited.discard(key)
        others = self._parts.keys() - {key} - self._awaited
        if self._is_page_stale() or any(map(self._is_stale, others)):
            st.rerun()
        self._drawn_from[key] = self._shown_by(key)
        self._inside = key
        try:
            yield
        finally:
            self._inside = ""

    def choose(self, inside: str = "", **values: Any) -> None:
        """Change settings in a callback, of a widget in the part ``inside`` or in none.

        Only parts that show them are drawn again. Streamlit itself draws the one that the widget
        stands in; asked for others, it begins a second run.
        """
        self.set(**values)
        showing = {key for key in self._parts if key == inside or self._is_stale(key)}
        if inside and self._is_page_stale():
            # The whole app would be one run too many: if a part is drawn right after it, Streamlit
            # 1.67 takes the part's elements out of the page for a moment, and open tables close.
            st.rerun(WHOLE_PAGE)
        elif showing - {inside} and not self._is_page_stale():
            self._awaited = showing
            st.rerun(sorted(showing))

    def _is_stale(self, key: str) -> bool:
        """Whether a part that was drawn shows settings that have changed since."""
        return key in self._drawn_from and self._drawn_from[key] != self._shown_by(key)

    def _shown_by(self, key: str) -> tuple[Any, ...]:
        """What a part shows of the settings as they are now."""
        reset = (self.is_untouched, self.can_undo_reset) if key == RESET_PART else ()
        return *reset, *(self.values[name] for name in self._parts[key])

    def _is_page_stale(self) -> bool:
        """Whether anything outside the parts shows what has changed since it was drawn."""
        values, rest = self._page_drawn_from
        in_parts = {name for names in self._parts.values() for name in names}
        return rest != self._page_state()[1] or any(
            value != values[name] for name, value in self.values.items() if name not in in_parts
        )

    def _page_state(self) -> tuple[Values, tuple[Any, ...]]:
        is_address_true = self._store["at_link"] in (None, self.values)
        return dict(self.values), (self.notices, is_address_true)

    def before_last_change(self, result: Any) -> Any:
        """Keep ``result`` for these settings, and give what was kept before they changed."""
        memory = self._store.get("memory")
        if memory is None or memory["values"] != self.values:
            earlier = memory["result"] if memory else None
            memory = {"values": dict(self.values), "result": result, "earlier": earlier}
            self._store["memory"] = memory
        return memory["earlier"]

    def slider(
        self,
        name: str,
        label: str,
        *,
        step: float,
        limits: tuple[float, float] | None = None,
        format: str | None = None,
        help: str = "",
        scale: Scale | None = None,
    ) -> None:
        """Slider of a number, as wide as what a link may ask for unless ``limits`` are given.

        ``limits``, ``step`` and ``format`` are those of the stored number; a ``scale`` has a step
        and a format of its own.
        """
        field: Any = self.fields[name]
        value = self.values[name]
        low, high = limits or (field.low, field.high)
        if scale is None:
            # A slider of decimals stays one where its value happens to be whole: another kind of
            # number would be another widget, which a browser knows nothing of.
            cast = int if float(field.resolution).is_integer() else float
            points = cast(low), cast(high), cast(value)
            step = cast(step)
        else:
            points = *scale.limits(low, high), scale.nearest(value, low, high)
            step, format = float(scale.step), scale.format
        self._draw(
            st.slider,
            name,
            label,
            shown=points[2],
            start={"value": points[2]},
            scale=scale,
            min_value=points[0],
            max_value=points[1],
            step=step,
            format=format,
            help=help or None,
        )

    def stops(
        self,
        name: str,
        label: str,
        values: Sequence[float],
        text: Callable[[float], str],
        *,
        unit: str,
        help: str = "",
    ) -> None:
        """Slider that stops at a few stored ``values``, each with its own ``text``.

        It shows the one that is nearest to the setting. ``unit`` names what the texts are in;
        every unit has a widget of its own.
        """
        shown = min(values, key=lambda one: abs(one - self.values[name]))
        self._draw(
            st.select_slider,
            name,
            label,
            shown=shown,
            start={"value": shown},
            unit=unit,
            options=list(values),
            format_func=text,
            help=help or None,
        )

    def number(
        self,
        name: str,
        label: str,
        *,
        step: float,
        format: str | None = None,
        help: str = "",
        scale: Scale | None = None,
    ) -> None:
        """Field to type a number into; empty means none, where the setting allows that.

        ``step`` is that of the buttons in the shown unit, ``format`` that of the stored number.
        """
        field: Any = self.fields[name]
        value = self.values[name]
        if scale is None:
            cast = int if float(field.resolution).is_integer() else float
            low, high = cast(field.low), cast(field.high)
            shown = None if value is None else cast(value)
        else:
            cast = float
            low, high = scale.limits(field.low, field.high)
            shown = None if value is None else scale.nearest(value, field.low, field.high)
            format = scale.format
        self._draw(
            st.number_input,
            name,
            label,
            shown=shown,
            start={"value": None if field.optional else shown},
            scale=scale,
            min_value=low,
            max_value=high,
            step=cast(step),
            format=format,
            placeholder="Not set" if field.optional else None,
            required=not field.optional,
            help=help or None,
        )

    def views(self, labels: Mapping[str, str], *, narrow: bool = False) -> str:
        """Named views of the page: a row, or a list on a phone.

        Gives the open one, the only one that is built.
        """
        codes, chosen = list(labels), self.values["view"]
        common: dict[str, Any] = {
            "format_func": _labeller(labels),
            "label_visibility": "collapsed",
        }
        if narrow:
            # Nothing to type: a phone would bring up its keyboard over half the page.
            self._draw(
                st.selectbox,
                "view",
                "View",
                shown=chosen,
                start={"index": codes.index(chosen)},
                unit="list",
                options=codes,
                filter_mode=None,
                **common,
            )
        else:
            self._draw(
                st.segmented_control,
                "view",
                "View",
                shown=chosen,
                start={"default": chosen},
                options=codes,
                required=True,
                **common,
            )
        return self.values["view"]

    def segments(self, name: str, label: str, labels: Mapping[str, str], help: str = "") -> None:
        """Row of a few short choices, one of which is always chosen."""
        self._draw(
            st.segmented_control,
            name,
            label,
            shown=self.values[name],
            start={"default": self.values[name]},
            options=list(labels),
            format_func=_labeller(labels),
            required=True,
            width="stretch",
            help=help or None,
        )

    def select(
        self, name: str, label: str, labels: Mapping[str, str], *, none: str = "", help: str = ""
    ) -> None:
        """Drop-down list; ``none`` is the words for no choice, where that is possible."""
        field: Any = self.fields[name]
        codes, chosen = list(labels), self.values[name]
        self._draw(
            st.selectbox,
            name,
            label,
            shown=chosen,
            start={"index": None if field.optional else codes.index(chosen)},
            options=codes,
            format_func=_labeller(labels),
            placeholder=none or "Choose one",
            help=help or None,
        )

    def pill(
        self,
        name: str,
        label: str,
        labels: Mapping[str, str],
        help: str = "",
        *,
        shown: str = "",
        unit: str = "open",
    ) -> None:
        """Choices that all stand open, one of which is always chosen.

        A row that offers only some values shows the one that stands for the setting. On a phone
        the same setting can be a list, which is another widget; ``unit`` tells rows apart.
        """
        chosen = shown or self.values[name]
        self._draw(
            st.pills,
            name,
            label,
            shown=chosen,
            start={"default": chosen},
            unit=unit,
            options=list(labels),
            required=True,
            format_func=_labeller(labels),
            help=help or None,
        )

    def pills(self, name: str, label: str, labels: Mapping[str, str], help: str = "") -> None:
        """Any number of choices."""
        self._draw(
            st.pills,
            name,
            label,
            shown=list(self.values[name]),
            start={"default": list(self.values[name])},
            options=list(labels),
            selection_mode="multi",
            format_func=_labeller(labels),
            help=help or None,
        )

    def toggle(self, name: str, label: str, help: str = "") -> None:
        """Yes or no."""
        self._draw(
            st.toggle,
            name,
            label,
            shown=self.values[name],
            start={"value": self.values[name]},
            help=help or None,
        )

    def _draw(
        self,
        widget: Callable[..., Any],
        name: str,
        label: str,
        *,
        shown: Any,
        start: dict[str, Any],
        scale: Scale | None = None,
        unit: str = "",
        **options: Any,
    ) -> None:
        """Draw a widget that shows the setting, and takes over what a reader makes of it.

        Parameters
        ----------
        widget : callable
            Streamlit's function.
        name, label : str
            Setting and what it is called on the page.
        shown : object
            What the widget has to show.
        start : dict
            Argument that starts a new widget: at what it has to show, or at none where none is
            allowed, as Streamlit lets a reader empty only a widget that starts empty.
        scale : Scale, optional
            Unit that the widget is in, where it is not the stored one.
        unit : str, optional
            Tells the widget's key from those of other widgets of the same setting.
        **options
            Further arguments of the widget.
        """
        unit = scale.unit if scale else unit
        inside = self._inside
        key = f"{self.page}/{name}/{unit}" if unit else f"{self.page}/{name}"

        def stored(value: Any) -> Any:
            return scale.to_stored(value) if scale and value is not None else value

        def take_over() -> None:
            # A browser that has not heard yet that a widget is gone sends its value once more.
            if key in st.session_state:
                self.choose(inside, **{name: stored(st.session_state[key])})

        # What a widget was started at, until it is made: a browser's next request can break the run
        # off before that, and what the browser had brought along must not pass for an old value.
        begun = self._store["begun"]
        is_new = key not in st.session_state
        is_brought = not is_new and key in begun and not _same(st.session_state[key], begun[key])
        if is_new or (key in begun and not is_brought):
            begun[key] = shown
        if is_new:
            # A list starts at a place, not at a value; every start but none is what has to show.
            shows = shown is None or None not in start.values()
        else:
            shows = _same(st.session_state[key], shown)
        if not (shows or is_brought):
            st.session_state[key] = shown
            # A start and a value set from code do not go together, save for the start at none.
            start = {word: one for word, one in start.items() if one is None}
        made = widget(
            label,
            key=key,
            on_change=take_over,
            **start,
            **options,
        )
        # A browser that outlived the server's memory brings its widgets' values along; what stands
        # above this widget does not know them yet.
        if not _same(made, begun.pop(key, made)):
            self.set(**{name: stored(made)})
            st.rerun()

    def _take_over_link(self) -> None:
        """Apply a link once, and take it out of the address when the page no longer shows it."""
        if st.session_state.get("page") != self.page:
            st.session_state["page"] = self.page
            self._store["left_link"] = ""
        parameters = {name: st.query_params.get_all(name) for name in st.query_params}
        link = repr(sorted(parameters.items())) if parameters else ""
        # Who changes something again before the browser has heard that its address is not true any
        # more sends the old address along, and so does a report of the browser's own.
        is_report = st.session_state.pop(REPORTED, False)
        is_late = (self._store["is_moved"] or is_report) and link == self._store["left_link"]
        if link and not is_late and link != self._store["link"]:
            reading = read(list(self.fields.values()), parameters)
            self.set(**reading.values)
            here = dict(self.values)
            self._store.update(notices=reading.notices, at_notice=here, at_link=here)
        elif link and (is_late or self._store["at_link"] not in (None, self.values)):
            self._store["left_link"] = link
            st.query_params.clear()
            link = ""
        if not link:
            self._store["at_link"] = None
        self._store["link"] = link


def _same(value: Any, other: Any) -> bool:
    """Whether two values of a widget are the same; a slider's decimals come with some noise."""
    if isinstance(value, float) and isinstance(other, (int, float)):
        return math.isclose(value, other, abs_tol=1e-6)
    return bool(value == other)


def _labeller(labels: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: labels[code]
