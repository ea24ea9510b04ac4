"""Settings come from the environment, and a wrong one is named."""

import pytest

from ui.settings import Settings


def test_without_an_environment_the_app_is_for_this_machine_alone():
    settings = Settings.from_environment({})
    assert (settings.host, settings.port, settings.secure_cookies) == ("127.0.0.1", 7860, False)


def test_on_a_space_it_is_open_and_known_by_the_name_of_the_space():
    settings = Settings.from_environment({"SPACE_ID": "ada/hibari", "SPACE_HOST": "ada-hibari.hf.space"})
    assert (settings.host, settings.secure_cookies) == ("0.0.0.0", True)
    assert settings.origins == ("https://ada-hibari.hf.space",)


def test_several_addresses_may_lead_to_the_app():
    listed = {"HIBARI_ORIGINS": "https://a.example/, http://b.example:8080"}
    assert Settings.from_environment(listed).origins == ("https://a.example", "http://b.example:8080")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HIBARI_PORT", "many"),
        ("HIBARI_PORT", "0"),
        ("HIBARI_FRAME_SCALE", "9"),
        ("HIBARI_FRAME_SCALE", "nan"),
        ("HIBARI_ORIGINS", "clips.example.org"),
        ("HIBARI_ORIGINS", "https://a.example/app"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_given(name, value):
    with pytest.raises(ValueError, match=name) as error:
        Settings.from_environment({name: value})
    assert value in str(error.value)
