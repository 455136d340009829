"""The store is the truth: widgets, links, resets and code all change the same settings."""

import pytest
from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from spotcheck.ui.controls import Controls
    from spotcheck.ui.links import Choice, Flag, Number, Several

    def no_more_minutes_than_weight(values):
        if values["minutes"] > values["weight"]:
            return {"minutes": values["weight"]}, ("Minutes went down to the weight.",)
        return {}, ()

    controls = Controls(
        "trial",
        [
            Number("minutes", "a duration", 10, 180, 40, unit="min"),
            Number("weight", "a weight", 35, 200, 68, unit="kg", personal=True),
            Choice("muscle", "a muscle", ("soleus", "gracilis"), None, optional=True),
            Several("group", "a group", ("calf", "shin"), ("calf",)),
            Flag("single", "the switch", False),
        ],
        no_more_minutes_than_weight,
    )
    st.json({**controls.values, "seen first": True})
    st.json({"earlier": controls.before_last_change(controls["minutes"])})
    controls.slider("minutes", "Minutes", step=5)
    controls.slider("weight", "Weight", step=1)
    controls.select("muscle", "Muscle", {"soleus": "Soleus", "gracilis": "Gracilis"}, none="All")
    controls.pills("group", "Group", {"calf": "Calf", "shin": "Shin"})
    controls.toggle("single", "Single")
    for notice in controls.notices:
        st.info(notice)
    st.button("Reset", on_click=controls.reset)
    if controls.can_undo_reset:
        st.button("Undo", on_click=controls.undo_reset)


@pytest.fixture
def app():
    return AppTest.from_function(script).run()


def shown(app):
    import json

    return json.loads(app.json[0].value)


def test_starts_at_the_defaults(app):
    assert shown(app)["minutes"] == 40
    assert app.slider[0].value == 40
    assert app.selectbox[0].value is None


def test_the_page_sees_a_change_before_the_widget_is_drawn(app):
    app.slider[0].set_value(60).run()
    assert shown(app)["minutes"] == 60
    app.toggle[0].set_value(True).run()
    assert shown(app)["single"] is True
    assert shown(app)["minutes"] == 60


def test_several_may_be_none(app):
    app.button_group[0].set_value([]).run()
    assert shown(app)["group"] == []


def test_settings_that_do_not_go_together_are_mended_and_said(app):
    app.slider[0].set_value(90).run()
    assert app.slider[0].value == 68
    assert app.info[0].value == "Minutes went down to the weight."
    app.slider[1].set_value(100).run()
    assert not app.info


def test_reset_and_undo(app):
    app.slider[0].set_value(60).run()
    app.button[0].click().run()
    assert app.slider[0].value == 40
    app.button[1].click().run()
    assert app.slider[0].value == 60


def test_what_was_before_the_last_change(app):
    import json

    assert json.loads(app.json[1].value) == {"earlier": None}
    app.slider[0].set_value(60).run()
    assert json.loads(app.json[1].value) == {"earlier": 40}
    app.run()
    assert json.loads(app.json[1].value) == {"earlier": 40}


def test_a_link_sets_what_it_names_and_is_said_once():
    app = AppTest.from_function(script)
    app.query_params["weight"] = "999"
    app.query_params["group"] = ["shin", "nose"]
    app.run()
    assert shown(app)["weight"] == 200
    assert shown(app)["group"] == ["shin"]
    assert len(app.info) == 2
    app.slider[0].set_value(60).run()
    assert not app.info
    assert shown(app)["weight"] == 200
