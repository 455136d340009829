"""A page's settings: one store a page, the widgets that change it, and its link.

The store in ``st.session_state`` is the truth. Widgets start from it, and what a reader
changed is taken over before the page is drawn, so that every part of the page sees the same values
in whatever order it stands, and settings survive a trip to another page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from spotcheck.ui.links import Field, Values, defaults, read, write


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
            {"values": {}, "notices": (), "at_notice": None, "link": "", "at_link": None},
        )
        self.values: Values = self._store["values"]
        for name, value in defaults(fields).items():
            self.values.setdefault(name, value)
        self._take_over_widgets()
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
        # Set by a callback just before this run, by the link or by ``fit``.
        self._set_from_code: set[str] = self._store.pop("set_from_code", set())

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
        """Change settings from code: in a callback, or before the widget is drawn."""
        for name, value in values.items():
            self.values[name] = self.fields[name].clean(value)
            st.session_state[self._key(name)] = self._for_widget(self.values[name])
            self._store.setdefault("set_from_code", set()).add(name)

    def reset(self) -> None:
        """Go back to the start; :meth:`undo_reset` brings the settings back."""
        self._store["before_reset"] = dict(self.values)
        self.set(**defaults(list(self.fields.values())))

    def undo_reset(self) -> None:
        """Bring back the settings from before the last reset."""
        self.set(**self._store.pop("before_reset"))

    @property
    def can_undo_reset(self) -> bool:
        """Whether a reset was the last thing that happened."""
        return self.is_untouched and "before_reset" in self._store

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
    ) -> None:
        """Slider of a number, as wide as what a link may ask for unless ``limits`` are given."""
        field: Any = self.fields[name]
        cast = int if isinstance(self.values[name], int) else float
        low, high = limits or (field.low, field.high)
        st.slider(
            label,
            cast(low),
            cast(high),
            step=cast(step),
            format=format,
            key=self._key(name),
            help=help or None,
            **self._start(name, value=cast(self.values[name])),
        )

    def views(self, labels: Mapping[str, str]) -> str:
        """Row of the page's named views; gives the open one, the only one that is built."""
        st.segmented_control(
            "View",
            list(labels),
            format_func=_labeller(labels),
            key=self._key("view"),
            required=True,
            label_visibility="collapsed",
            **self._start("view", default=self.values["view"]),
        )
        return self.values["view"]

    def segments(self, name: str, label: str, labels: Mapping[str, str], help: str = "") -> None:
        """Row of a few short choices, one of which is always chosen."""
        st.segmented_control(
            label,
            list(labels),
            format_func=_labeller(labels),
            key=self._key(name),
            required=True,
            width="stretch",
            help=help or None,
            **self._start(name, default=self.values[name]),
        )

    def select(
        self, name: str, label: str, labels: Mapping[str, str], *, none: str = "", help: str = ""
    ) -> None:
        """Drop-down list; ``none`` is the words for no choice, where that is possible."""
        codes, chosen = list(labels), self.values[name]
        st.selectbox(
            label,
            codes,
            format_func=_labeller(labels),
            key=self._key(name),
            placeholder=none or "Choose one",
            help=help or None,
            **self._start(name, index=None if chosen is None else codes.index(chosen)),
        )

    def pills(self, name: str, label: str, labels: Mapping[str, str], help: str = "") -> None:
        """Any number of choices."""
        st.pills(
            label,
            list(labels),
            selection_mode="multi",
            format_func=_labeller(labels),
            key=self._key(name),
            help=help or None,
            **self._start(name, default=list(self.values[name])),
        )

    def toggle(self, name: str, label: str, help: str = "") -> None:
        """Yes or no."""
        st.toggle(
            label,
            key=self._key(name),
            help=help or None,
            **self._start(name, value=self.values[name]),
        )

    def _key(self, name: str) -> str:
        return f"{self.page}/{name}"

    def _start(self, name: str, **start: Any) -> dict[str, Any]:
        """Start value for a widget that Streamlit takes for a new one.

        It does so on another page, when a slider's limits move, and sometimes between the first
        two runs of a fresh server; the start is not used otherwise. After :meth:`set` the widget
        already has its value, and Streamlit wants one or the other.
        """
        return {} if name in self._set_from_code else start

    @staticmethod
    def _for_widget(value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else value

    def _take_over_widgets(self) -> None:
        for name, field in self.fields.items():
            key = self._key(name)
            if key in st.session_state:
                self.values[name] = field.clean(st.session_state[key])

    def _take_over_link(self) -> None:
        """Apply a link once, and take it out of the address when the page no longer shows it."""
        parameters = {name: st.query_params.get_all(name) for name in st.query_params}
        link = repr(sorted(parameters.items()))
        if parameters and link != self._store["link"]:
            reading = read(list(self.fields.values()), parameters)
            self.set(**reading.values)
            here = dict(self.values)
            self._store.update(notices=reading.notices, at_notice=here, at_link=here)
        elif self._store["at_link"] not in (None, self.values):
            self._store["at_link"] = None
            st.query_params.clear()
            link = repr([])
        self._store["link"] = link


def _labeller(labels: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: labels[code]
