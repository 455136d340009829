"""The frame that every page stands in, and the few patterns that pages share."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from spotcheck import tables
from spotcheck.charts.theme import Theme, themed
from spotcheck.ui.controls import REPORTED, RESET_PART, WHOLE_PAGE, Controls
from spotcheck.ui.unsent import keep_unsent
from spotcheck.wording import counted, escaped, for_spreadsheet, number

# Here, as every way to serve a page comes by.
keep_unsent()

ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"
HOME = "streamlit_app.py"
# Title of each page, its script, and its name in the menu.
PAGES = {
    "Home": (HOME, "Home"),
    "Calorie deficit": ("pages/calorie_deficit.py", "Calories"),
    "Muscle matrix": ("pages/muscle_matrix.py", "Muscles"),
    "Articles": ("pages/articles.py", "Articles"),
    "Methods": ("pages/methods.py", "Methods"),
}
PAGE_WIDTH_PX = 1160
_PHRASE_WIDTH_PX = 660
_MENU_HEIGHT_PX = 28
_CHART_CONFIG = {
    "displaylogo": False,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": [
        *("zoom2d", "pan2d", "select2d", "lasso2d"),
        *("zoomIn2d", "zoomOut2d", "autoScale2d", "resetScale2d"),
    ],
}
# A tap reaches Plotly as a touch and as a click. It must not pass for a double click, which
# would take the choice back.
_CLICK_CONFIG = {"doubleClick": False, "doubleClickDelay": 1}
_log = logging.getLogger(__name__)


def address(script: str) -> str:
    """Last part of a page's address; home has none."""
    return "" if script == HOME else Path(script).stem


# The menu of every page, in one element: a browser goes through a row of page links as long as
# through a sixth of the matrix. The server learns neither the window's width nor a change of the
# system's theme; the same element reports both, and that a lost connection is back. It also
# carries the few styles of our own.
_FRAME = st.components.v2.component(
    "spotcheck_frame",
    html='<nav aria-label="Pages">{}</nav>'.format(
        "".join(
            f'<a href="{address(script) or "./"}" data-title="{title}">{label}</a>'
            for title, (script, label) in PAGES.items()
        )
    ),
    css=(ASSETS / "frame.css").read_text(encoding="utf-8"),
    js=(ASSETS / "frame.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
# Streamlit folds the sidebar away at this width, so the controls must stand in the page.
_NARROW_WIDTH_PX = 768
# One answer for a whole run of a page; every session's script runs in a context of its own.
_narrow: ContextVar[bool] = ContextVar("narrow", default=False)
_redrawn: ContextVar[bool] = ContextVar("redrawn", default=False)


def is_narrow() -> bool:
    """Whether the page is laid out for a phone."""
    return _narrow.get()


def is_redrawn() -> bool:
    """Whether the page stands already, so that its parts may be sent in another order.

    A browser begins to go through a page with what reached it in the first hundredth of a second;
    what a reader waits for should be among it. A page that is opened is sent from top to bottom, or
    it would move.
    """
    return _redrawn.get()


def _looks_narrow() -> bool:
    """Width that the browser has reported; until then a phone's own word is taken."""
    if "frame" in st.session_state:
        reported = st.session_state["frame"].get("narrow")
        if reported is not None:
            return bool(reported)
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def page(
    title: str,
    main: Callable[[Theme], None],
    prepare: Callable[[Theme], None] = lambda _: None,
    prepare_next: Callable[[], None] = lambda: None,
) -> None:
    """Draw a page within its menu and footer, and one calm sentence if anything breaks.

    Parameters
    ----------
    title : str
        Title of the browser's tab.
    main : callable
        Draws the page. It is called again, without menu and footer, after every change.
    prepare : callable, optional
        Fills caches with what takes time. It is called before the first element leaves: a browser
        goes through the whole page for every batch of elements that reaches it.
    prepare_next : callable, optional
        Fills caches with what a reader's next choice needs, once the last element has left.
    """
    colours = themed(st.context.theme.type)
    narrow = _looks_narrow()
    is_alone = False

    @st.fragment(key=WHOLE_PAGE)
    def drawn() -> None:
        # Drawn alone, the page runs in a context of its own.
        _narrow.set(narrow)
        _redrawn.set(is_alone)
        if is_alone:
            _quietly(lambda: prepare(colours))
        with _faults_in_words():
            main(colours)
        if is_alone:
            _quietly(prepare_next)

    _narrow.set(narrow)
    _quietly(lambda: prepare(colours))
    st.set_page_config(
        page_title=f"{title} · Spotcheck",
        page_icon=str(ASSETS / "icon.svg"),
        layout="wide",
        initial_sidebar_state="auto",
    )
    st.logo(str(ASSETS / f"wordmark_{colours.name}.svg"), size="medium")
    with st.container(width=PAGE_WIDTH_PX):
        _menu(title, colours)
        drawn()
        _footer()
    is_alone = True
    _quietly(prepare_next)


def _quietly(work: Callable[[], None]) -> None:
    """Do what can be done later: if it fails here, it fails again in the page, which says so."""
    with suppress(Exception):
        work()


def _menu(title: str, colours: Theme) -> None:
    frame = _FRAME(
        key="frame",
        data={
            "title": title,
            "theme": colours.name,
            "narrow": is_narrow(),
            "narrowWidth": _NARROW_WIDTH_PX,
        },
        # Its place is kept until a browser has fetched what draws it.
        height=_MENU_HEIGHT_PX,
        on_page_change=lambda: None,
        on_theme_change=_note_report,
        on_narrow_change=_note_report,
        on_reconnected_change=_note_report,
    )
    # A browser can send anything.
    if chosen := PAGES.get(str(frame.page)):
        st.switch_page(chosen[0])


def _note_report() -> None:
    """Say that nobody came by an address: the browser reports something, from where it is."""
    st.session_state[REPORTED] = True


@contextmanager
def _faults_in_words() -> Iterator[None]:
    """One calm sentence in place of whatever breaks."""
    try:
        yield
    except tables.TableError as error:
        _log.exception("A table is broken")
        st.error(
            f"The data of this page cannot be used. {escaped(str(error))} Other pages may still "
            "work.",
            icon=":material/error:",
        )
    except Exception:
        _log.exception("A page failed")
        st.error(
            "Something went wrong on our side, and this page could not be finished. "
            "Your settings are kept; changing one of them may help.",
            icon=":material/error:",
        )


def part(controls: Controls, key: str, own: Sequence[str], draw: Callable[[], None]) -> None:
    """Part of a page that is drawn again without the rest when only its settings changed.

    Parameters
    ----------
    controls : Controls
        Settings of the page.
    key : str
        Name of the part on its page.
    own : sequence of str
        Settings that the part shows, and of the page only parts show.
    draw : callable
        Draws the part, from the settings as they are then. What it draws into places outside it,
        such as the left column, belongs to the part as well.
    """
    narrow = is_narrow()
    controls.add_part(key, own)

    @st.fragment(key=key)
    def drawn() -> None:
        # Drawn alone, the part runs in a context of its own.
        _narrow.set(narrow)
        with controls.drawing(key), _faults_in_words():
            draw()

    drawn()


@contextmanager
def outside(place: DeltaGenerator) -> Iterator[None]:
    """Place outside a part, for what the part draws there in some runs and not in others.

    Streamlit lets a part draw only where it drew when the whole page was drawn, so something that
    takes no room stands there always.
    """
    with place:
        st.empty()
        yield


def drawer(label: str, draw: Callable[[], None], *, icon: str, key: str, n_set: int = 0) -> None:
    """Drawer of settings that few need, built when it is opened; closed, it says what is set."""
    place = st.expander(label, icon=icon, key=key, on_change="rerun")
    if place.open:
        with place:
            draw()
    elif n_set:
        note(f"{counted(n_set).capitalize()} of these {'is' if n_set == 1 else 'are'} set.")


def _footer() -> None:
    data = "Data"
    with suppress(tables.TableError, KeyError):
        package = tables.package().descriptor
        data = f"Data version {package['version']} of {package['created'][:10]},"
    note(
        f"{data} CC BY 4.0; code MIT. "
        "General information, not medical advice. This app stores nothing about you; whoever "
        "hosts it may log visits as web servers do."
    )


@contextmanager
def left_column(label: str) -> Iterator[None]:
    """Controls: the left column of a wide screen, a closed drawer under the headline of a phone."""
    place = st.expander(label, icon=":material/tune:") if is_narrow() else st.sidebar
    with place:
        yield


def choose(
    controls: Controls, name: str, label: str, labels: Mapping[str, str], help: str = ""
) -> None:
    """One of a few words: all in sight, one tap away and quick to draw; on a phone a list."""
    draw = controls.select if is_narrow() else controls.pill
    draw(name, label, labels, help=help)


def is_by_name(key: str) -> bool:
    """Whether a reader wants to choose by name; until then, draw the button to say so.

    A browser goes through every name of a closed list at each change of the page, and a page that
    has none comes up a tenth sooner.
    """
    if not st.session_state.get(key):
        st.button(
            "Choose by name",
            icon=":material/search:",
            on_click=lambda: st.session_state.update({key: True}),
            key=f"{key}/ask",
        )
    return bool(st.session_state.get(key))


def note(*paragraphs: str, **options: Any) -> None:
    """Small grey text. ``st.caption`` fades below the contrast that WCAG AA asks for."""
    st.markdown("\n\n".join(f":small[:gray[{text}]]" for text in paragraphs), **options)


def headline(answer: str, uncertainty: str, controls: Controls) -> None:
    """Open a page: the answer as its title, how sure it is, and Share and Reset beside it."""
    _title(answer, controls)
    _how_sure(uncertainty, controls)


def opening(
    answer: str,
    uncertainty: str,
    controls: Controls,
    *,
    draw_controls: Callable[[], None],
    draw_figures: Callable[[], None],
    draw_picture: Callable[[], None],
    draw_save: Callable[[], None] = lambda: None,
) -> None:
    """First screen of a page, in the order that its width allows.

    On a wide screen everything stands in reading order, the controls in the left column; what
    changes is sent before what stands above it. On a phone the answer, the first control and the
    top of the picture fill the first screen, and what qualifies them follows.

    Parameters
    ----------
    answer, uncertainty : str
        Title and the sentence that says how sure it is; Markdown.
    controls : Controls
        For Share, Reset and notices.
    draw_controls, draw_figures, draw_picture : callable
        Draw the controls, the key figures and the open view.
    draw_save : callable, optional
        Draws a button beside Share.
    """
    _title(answer, controls)
    if is_narrow():
        draw_controls()
        draw_picture()
        _how_sure(uncertainty, controls, draw_save)
        draw_figures()
        return
    above = st.container()

    def draw_above() -> None:
        with above:
            _how_sure(uncertainty, controls, draw_save)
            draw_controls()
            draw_figures()

    if is_redrawn():
        draw_picture()
        draw_above()
    else:
        draw_above()
        draw_picture()


def _title(answer: str, controls: Controls) -> None:
    st.title(answer, anchor=False)
    # Without notices their place stays taken: what stands below would move, and a phone's open
    # drawer would be a new one, and close.
    with st.container():
        if controls.notices:
            st.info("  \n".join(controls.notices), icon=":material/info:")


def _how_sure(
    uncertainty: str, controls: Controls, draw_save: Callable[[], None] = lambda: None
) -> None:
    # The key is for our style sheet, which pushes the buttons to the edge of a wide screen. Its
    # width keeps the sentence easy to read, and the page in its place until the styles arrive.
    with st.container(horizontal=True, gap="small", vertical_alignment="top", key="how-sure"):
        st.markdown(uncertainty, width=_PHRASE_WIDTH_PX)
        with st.container(width="content"):
            part(controls, RESET_PART, (), lambda: _reset(controls))
        draw_save()
        _share(controls)


def _reset(controls: Controls) -> None:
    key = f"{controls.page}/reset"
    if controls.can_undo_reset:
        st.button(
            "Undo reset",
            icon=":material/undo:",
            type="tertiary",
            key=key + "/undo",
            on_click=controls.undo_reset,
        )
    else:
        st.button(
            "Reset",
            icon=":material/restart_alt:",
            type="tertiary",
            key=key,
            on_click=controls.reset,
            disabled=controls.is_untouched,
        )


def _share(controls: Controls) -> None:
    if st.button("Share", icon=":material/link:", type="tertiary", key=f"{controls.page}/share"):
        _links(controls)


@st.dialog("Share this page")
def _links(controls: Controls) -> None:
    if controls.has_personal:
        st.markdown(
            "**Plan only.** The link holds the settings, but no age, sex, height or weight."
        )
        st.code(controls.link(with_personal=False), language=None, wrap_lines=True)
        st.markdown("**With my numbers.** The link also holds age, sex, height and weight.")
    else:
        st.markdown("This link opens the page as you see it now.")
    st.code(controls.link(with_personal=True), language=None, wrap_lines=True)


def finding(title: str, definition: str, *paragraphs: str, level: int = 2) -> None:
    """Heading that states what a picture shows, over its definition and unit, and what follows.

    One element: a browser goes through a heading, a text and what holds them three times as long.
    """
    text = [f"{'#' * level} {title}", f":small[:gray[{definition}]]", *paragraphs]
    st.markdown("\n\n".join(text), anchors=False)


def side_by_side(columns: Sequence[Sequence[str]]) -> str:
    """Texts beside each other, the first of each as its head; under each other on a phone.

    Parameters
    ----------
    columns : sequence of sequences of str
        Paragraphs of each column; Markdown without line breaks.

    Returns
    -------
    str
        Markdown.
    """
    if is_narrow():
        return "\n\n---\n\n".join("\n\n".join(own) for own in columns)
    head, *rows = zip_longest(*columns, fillvalue="")
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(columns), *rows))


def figures(rows: Sequence[tuple[str, str, str]], behind: str) -> None:
    """Key figures in a row, and one line that says what stands behind them.

    Parameters
    ----------
    rows : sequence of (str, str, str)
        Label, value, and what the word means, for each figure.
    behind : str
        Markdown.
    """
    with st.container(horizontal=True, gap="small" if is_narrow() else "medium"):
        for label, value, meaning in rows:
            # The mark of a help text is 16 px, too small for a finger; the page's drawer of
            # words has the same meanings.
            if is_narrow():
                st.metric(label, value, width=150)
            else:
                st.metric(label, value, help=meaning, width=220)
    note(behind)


def chart(
    figure: go.Figure,
    *,
    name: str,
    alt: str,
    source: str,
    table: Callable[[], pd.DataFrame],
    notes: Sequence[str] = (),
    on_select: Callable[[], None] | None = None,
    column_config: dict[str, Any] | None = None,
    config: dict[str, Any] | None = None,
) -> None:
    """Picture with its source, its table and its downloads.

    Parameters
    ----------
    figure : Figure
        Drawn as it is.
    name : str
        Stable key of the chart, and the name of its files.
    alt : str
        One sentence that says what the picture shows.
    source : str
        Markdown line that names the source.
    table : callable
        Gives the figures behind the picture; called only when a reader asks for them.
    notes : sequence of str, optional
        Paragraphs that follow the source; Markdown.
    on_select : callable, optional
        Called when a reader clicks a mark of a :class:`~spotcheck.charts.theme.Clickable` figure.
    column_config : dict, optional
        How Streamlit shows columns of the table that are more than text, such as links.
    config : dict, optional
        What differs from the house settings of Plotly.
    """
    picture(figure, name=name, alt=alt, on_select=on_select, config=config)
    note(source, *notes)
    downloads(name, table, column_config)


def picture(
    figure: go.Figure,
    *,
    name: str,
    alt: str,
    on_select: Callable[[], None] | None = None,
    config: dict[str, Any] | None = None,
) -> None:
    """Picture alone, for a page that keeps its source and its table while the picture changes."""
    st.plotly_chart(
        figure,
        key=f"chart/{name}",
        theme=None,
        alt=alt,
        on_select=on_select or "ignore",
        selection_mode="points",
        config={
            **_CHART_CONFIG,
            **(_CLICK_CONFIG if on_select else {}),
            "toImageButtonOptions": {"format": "png", "scale": 2, "filename": f"spotcheck-{name}"},
            **(config or {}),
        },
    )


def downloads(
    name: str,
    table: Callable[[], pd.DataFrame],
    column_config: dict[str, Any] | None = None,
    *,
    key: str | None = None,
) -> None:
    """Table twin of a picture and its CSV, made only when a reader asks for them.

    With a ``key`` of its own the table stays open where its name changes with what it holds.
    """
    if not st.toggle("Table and CSV", key=f"table/{key or name}", width="content"):
        return
    rows = table()
    st.dataframe(
        rows,
        hide_index=True,
        height=min(40 + 35 * len(rows), 320),
        column_config=column_config,
        alt="Table of these figures",
    )
    csv_download(name, table)


def skipped_lines(
    lines: Sequence[Any], verb: str, *, key: str, most: int, expanded: bool = False
) -> None:
    """Drawer of the lines of a reader's file that were not used, if there are any.

    Parameters
    ----------
    lines : sequence
        Each with ``line``, ``shown`` and ``reason``.
    verb : str
        What happened to them.
    key : str
        Stable key of the drawer.
    most : int
        Number of lines that are listed.
    expanded : bool, optional
        Whether the drawer starts open.
    """
    if not lines:
        return
    drawer = st.expander(
        f"{counted(len(lines)).capitalize()} {'line' if len(lines) == 1 else 'lines'} {verb}",
        expanded=expanded,
        icon=":material/rule:",
        key=key,
        on_change="rerun",
    )
    if drawer.open:
        with drawer:
            # Plain text: nothing that a reader typed may be read as markup.
            listed = (f"Line {row.line}: “{row.shown}”, {row.reason}" for row in lines[:most])
            st.text("\n".join(listed))
            if len(lines) > most:
                note(f"And {number(len(lines) - most)} more.")


def csv_download(name: str, table: Callable[[], pd.DataFrame], label: str = "CSV") -> None:
    """CSV of a table, made only when a reader asks for it."""
    st.download_button(
        label,
        lambda: _csv(table()),
        f"spotcheck-{name}.csv",
        "text/csv",
        type="tertiary",
        icon=":material/download:",
        key=f"csv/{name}",
        on_click="ignore",
    )


def _csv(table: pd.DataFrame) -> bytes:
    """CSV in which no text can pass for a formula."""
    harmless = table.map(lambda cell: for_spreadsheet(cell) if isinstance(cell, str) else cell)
    return harmless.to_csv(index=False).encode()


def empty_state(title: str, why: str, action: str, undo: Callable[[], None]) -> None:
    """Nothing to show: why, and one button that leads out."""
    with st.container(border=True):
        st.header(title, anchor=False)
        st.markdown(why)
        st.button(action, on_click=undo, key=f"empty/{action}")
