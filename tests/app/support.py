"""What a test reads off a page."""


def assert_sound(app):
    """Fail with what a broken page says."""
    assert not app.exception, [one.value for one in app.exception]
    assert not app.error, [one.value for one in app.error]


def changed(app, widget, value):
    """Change a widget, and have the whole page drawn.

    Streamlit's test runner shows only a part that is drawn alone, and finds no page from there.
    """
    widget.set_value(value).run()
    assert_sound(app.run())


def titles(app):
    return [one.value for one in app.title]


def headings(app, *levels):
    """Headings of some levels, of the second where none is named: those over pictures first."""
    signs = tuple("#" * level + " " for level in levels or (2,))
    lines = [line for one in app.markdown for line in one.value.splitlines()]
    found = [line.lstrip("# ") for line in lines if line.startswith(signs)]
    alone = {2: app.header, 3: app.subheader}
    return found + [one.value for level in levels or (2,) for one in alone[level]]


def body(app):
    """All running text of a page."""
    return "\n".join(
        [one.value for one in (*app.title, *app.header, *app.subheader, *app.markdown)]
        + [one.value for one in (*app.info, *app.warning)]
    )
