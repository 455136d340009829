"""The store is the truth: widgets, links, resets and code all change the same settings."""

import pytest
from streamlit.testing.v1 import AppTest

from spotcheck.ui.controls import REPORTED


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
            Choice("sex", "a sex", ("female", "male"), "female"),
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
    controls.select("sex", "Sex", {"female": "Female", "male": "Male"})
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


def test_a_change_outranks_the_address_that_it_was_sent_from():
    app = AppTest.from_function(script)
    app.query_params["minutes"] = "50"
    app.run()
    for minutes in (55, 60):
        # The browser has not heard yet that its address is not true any more.
        app.query_params["minutes"] = "50"
        app.slider[0].set_value(minutes).run()
        assert app.slider[0].value == shown(app)["minutes"] == minutes
        assert not app.query_params
    # Back to the link, or opened once more.
    app.query_params["minutes"] = "50"
    app.run()
    assert app.slider[0].value == shown(app)["minutes"] == 50


def test_a_report_of_the_browser_does_not_bring_back_the_address_that_was_left():
    app = AppTest.from_function(script)
    app.query_params["minutes"] = "50"
    # A server that was started anew knows nothing yet: the link counts.
    app.session_state[REPORTED] = True
    app.run()
    assert shown(app)["minutes"] == 50
    app.query_params["minutes"] = "50"
    app.slider[0].set_value(55).run()
    app.query_params["minutes"] = "50"
    app.session_state[REPORTED] = True
    app.run()
    assert app.slider[0].value == shown(app)["minutes"] == 55
    assert not app.query_params
    # The next visit is one again.
    app.query_params["minutes"] = "50"
    app.run()
    assert app.slider[0].value == shown(app)["minutes"] == 50


def test_a_setting_of_a_closed_drawer_stays_as_the_reader_left_it():
    def script():
        import streamlit as st

        from spotcheck.ui.controls import Controls
        from spotcheck.ui.links import Number

        controls = Controls("trial", [Number("minutes", "a duration", 10, 180, 40)])
        st.json(controls.values)
        if st.toggle("More"):
            controls.slider("minutes", "Minutes", step=5)

    app = AppTest.from_function(script)
    app.query_params["minutes"] = "60"
    app.run()
    app.toggle[0].set_value(True).run()
    app.slider[0].set_value(90).run()
    app.toggle[0].set_value(False).run()
    app.run()
    assert shown(app) == {"minutes": 90}
    app.toggle[0].set_value(True).run()
    assert app.slider[0].value == 90


def units_script():
    import streamlit as st

    from spotcheck.ui.controls import Controls, mass_scale, speed_scale, whole_inches
    from spotcheck.ui.links import Choice, Number
    from spotcheck.wording import UNITS

    controls = Controls(
        "trial",
        [
            Choice("units", "units", tuple(UNITS), "metric"),
            Choice("view", "a view", ("weight", "body"), "weight"),
            Number("weight", "a weight", 35, 200, 68.0, 0.1, "kg"),
            Number("height", "a height", 130, 215, 168.0, 0.1, "cm"),
            Number("speed", "a speed", 3, 22, 9.0, 0.01, "km/h"),
            Number("target", "a target", 35, 200, None, 0.1, "kg", optional=True),
        ],
    )
    units = UNITS[controls["units"]]
    st.json(controls.values)
    st.json({"link": controls.link(with_personal=True)})
    controls.segments("units", "Units", {"metric": "Metric", "imperial": "Imperial"})
    controls.slider("weight", "Weight", step=0.1, format="%.1f", scale=mass_scale(units))
    controls.slider(
        "speed", "Speed", step=0.1, limits=(3.0, 9.0), format="%.1f", scale=speed_scale(units)
    )
    controls.number("target", "Target", step=0.5, format="%.1f", scale=mass_scale(units, 0.1))
    if units.code == "imperial":
        controls.stops("height", "Height", whole_inches(130, 215), units.height, unit="in")
    else:
        controls.slider("height", "Height", step=1)
    phone = st.checkbox("Phone")
    st.text(controls.views({"weight": "Weight", "body": "Body"}, narrow=phone))
    st.button("80 kg", on_click=lambda: controls.set(weight=80, height=180.3, target=70))
    st.button("Reset", on_click=controls.reset)


@pytest.fixture
def units_app():
    return AppTest.from_function(units_script).run()


def switch(app, units):
    app.button_group[0].set_value(units).run()
    return shown(app)


def test_the_units_shown_never_change_the_person(units_app):
    start = shown(units_app)
    units_app.slider[0].set_value(67.3).run()
    units_app.slider[2].set_value(171.0).run()
    units_app.number_input[0].set_value(61.2).run()
    before = {**start, "weight": 67.3, "height": 171.0, "target": 61.2}
    assert shown(units_app) == before
    for _ in range(2):
        assert switch(units_app, "imperial") == {**before, "units": "imperial"}
        assert units_app.slider[0].value == 148
        assert units_app.slider[1].value == 5.5  # last step within 9 km/h
        assert units_app.number_input[0].value == pytest.approx(134.9)
        assert units_app.select_slider[0].value == pytest.approx(67 * 2.54)
        assert switch(units_app, "metric") == before
        assert units_app.slider[0].value == 67.3
        assert units_app.slider[2].value == 171


def test_pounds_miles_feet_and_inches_are_stored_metric(units_app):
    switch(units_app, "imperial")
    units_app.slider[0].set_value(150.0).run()
    units_app.slider[1].set_value(5.0).run()
    units_app.number_input[0].set_value(143.3).run()
    units_app.select_slider[0].set_value(70 * 2.54).run()
    now = shown(units_app)
    assert now["weight"] == round(150 * 0.45359237, 1)
    assert now["speed"] == round(5 * 1.609344, 2)
    assert now["target"] == 65.0
    assert now["height"] == 177.8
    assert "weight=68&height=177.8&speed=8.05&target=65" in units_app.json[1].value
    assert units_app.slider[0].value == 150
    assert units_app.slider[1].value == 5.0
    assert units_app.number_input[0].value == pytest.approx(143.3)
    assert units_app.select_slider[0].value == pytest.approx(177.8)


def test_a_scale_offers_nothing_outside_the_limits(units_app):
    switch(units_app, "imperial")
    weight, speed = units_app.slider
    assert (weight.min, weight.max) == (78, 440)
    assert (speed.min, speed.max) == (1.9, 5.5)


def test_code_and_reset_move_widgets_of_every_unit(units_app):
    switch(units_app, "imperial")
    units_app.slider[0].set_value(200.0).run()
    units_app.button[0].click().run()
    assert shown(units_app)["weight"] == 80
    assert units_app.slider[0].value == 176
    assert units_app.select_slider[0].value == pytest.approx(71 * 2.54)
    assert units_app.number_input[0].value == pytest.approx(154.3)
    units_app.button[1].click().run()
    assert shown(units_app)["units"] == "metric"
    assert units_app.slider[0].value == 68
    assert units_app.number_input[0].value is None


def test_an_optional_number_can_be_emptied_again(units_app):
    for units in ("metric", "imperial"):
        switch(units_app, units)
        assert units_app.number_input[0].value is None
        units_app.number_input[0].set_value(100.0).run()
        units_app.run()
        assert shown(units_app)["target"] == (100.0 if units == "metric" else 45.4)
        assert units_app.number_input[0].proto.HasField("default") is False
        units_app.number_input[0].set_value(None).run()
        assert shown(units_app)["target"] is None


def test_an_optional_choice_can_be_emptied_again(app):
    app.selectbox[0].set_value("soleus").run()
    app.run()
    assert shown(app)["muscle"] == "soleus"
    assert app.selectbox[0].value == "soleus"
    assert app.selectbox[0].proto.HasField("default") is False
    app.selectbox[0].set_value(None).run()
    assert shown(app)["muscle"] is None


def test_views_are_a_row_or_on_a_phone_a_list(units_app):
    units_app.button_group[1].set_value("body").run()
    assert units_app.text[0].value == "body"
    units_app.checkbox[0].check().run()
    assert len(units_app.button_group) == 1
    assert units_app.selectbox[0].value == "body"
    units_app.selectbox[0].set_value("weight").run()
    assert units_app.text[0].value == "weight"
    units_app.checkbox[0].uncheck().run()
    assert units_app.button_group[1].value == "weight"


def test_a_browser_that_outlives_the_server_keeps_its_settings(app):
    app.slider[0].set_value(60).run()
    app.selectbox[0].set_value("gracilis").run()
    app.button_group[0].set_value(["shin"]).run()
    app.toggle[0].set_value(True).run()
    app.selectbox[1].set_value("male").run()
    restarted = AppTest.from_function(script)
    restarted._run(app._tree.get_widget_states())  # what the browser still shows
    assert shown(restarted) == shown(app)
    assert restarted.slider[0].value == 60


def broken_off_script():
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    from spotcheck.ui.controls import Controls
    from spotcheck.ui.links import Choice

    class Labels(dict):
        """Names that Streamlit asks for once more when it has made the widget's value its own."""

        def __getitem__(self, code):
            if "trial/muscle" in st.session_state and "was_broken_off" not in st.session_state:
                st.session_state["was_broken_off"] = True
                context = get_script_run_ctx()
                context.script_requests.request_rerun(
                    RerunData(context.query_string, page_script_hash=context.page_script_hash)
                )
            return super().__getitem__(code)

    controls = Controls(
        "trial", [Choice("muscle", "a muscle", ("soleus", "gracilis", "psoas"), "soleus")]
    )
    labels = Labels(soleus="Soleus", gracilis="Gracilis", psoas="Psoas")
    controls.select("muscle", "Muscle", labels)
    st.button("Psoas", on_click=lambda: controls.set(muscle="psoas"))
    st.text(controls["muscle"])


def test_what_a_browser_kept_outlives_a_run_that_is_broken_off():
    app = AppTest.from_function(broken_off_script).run()
    app.selectbox[0].set_value("gracilis").run()
    restarted = AppTest.from_function(broken_off_script)
    restarted._run(app._tree.get_widget_states())
    assert "was_broken_off" in restarted.session_state
    assert restarted.selectbox[0].value == restarted.text[0].value == "gracilis"
    restarted.button[0].click().run()
    assert restarted.selectbox[0].value == restarted.text[0].value == "psoas"
