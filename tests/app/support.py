"""What a test reads off a page."""


def assert_sound(app):
    """Fail with what a broken page says."""
    assert not app.exception, [one.value for one in app.exception]
    assert not app.error, [one.value for one in app.error]


def titles(app):
    return [one.value for one in app.title]


def body(app):
    """All running text of a page."""
    return "\n".join(
        [one.value for one in (*app.title, *app.header, *app.subheader, *app.markdown)]
        + [one.value for one in (*app.info, *app.warning)]
    )
