"""What may be asked for, and the sentence that says what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.request import (
    MAX_PROMPT,
    SHAPES,
    GenerationRequest,
    RequestError,
    make_request,
    new_seed,
    parse_size,
)


def test_a_prompt_is_enough():
    request = make_request(prompt="a cat sleeps")
    assert (request.width, request.height, request.seed, request.engine) == (540, 960, 0, "world")
    assert request.seconds is None and request.style is None, "the prompt decides"


@pytest.mark.parametrize("shape", SHAPES.values())
def test_every_shape_that_is_offered_can_be_made(shape):
    width, height = shape
    assert make_request(prompt="a cat", width=width, height=height).width == width


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"prompt": ""}, "The prompt is empty."),
        ({"prompt": " \n\t "}, "The prompt is empty."),
        ({"prompt": "\x00\x07"}, "The prompt is empty."),
        ({"prompt": "a" * 10_000}, "The prompt has 10,000 characters; the limit is 2,000."),
        ({"seconds": 0}, "A clip lasts 1 to 20 seconds; 0 was asked for."),
        ({"seconds": 500}, "A clip lasts 1 to 20 seconds; 500 was asked for."),
        ({"seconds": -3.5}, "A clip lasts 1 to 20 seconds; -3.5 was asked for."),
        ({"seconds": float("nan")}, "A clip lasts 1 to 20 seconds"),
        ({"seconds": float("inf")}, "A clip lasts 1 to 20 seconds"),
        ({"width": 100}, "The width must be an even number of pixels from 128 to 1920; 100 was given."),
        ({"width": 541}, "541"),
        ({"height": 4000}, "The height must be an even number of pixels from 128 to 1920; 4000 was given."),
        ({"seed": -1}, "The seed must be a whole number from 0 to 2147483647; -1 was given."),
        ({"seed": 2**31}, "The seed must be a whole number"),
        ({"style": "cubist"}, "The style 'cubist' is not known. Choose one of: cinematic, flat, paper."),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(fields, sentence):
    with pytest.raises(RequestError) as refused:
        make_request(**({"prompt": "a cat"} | fields))
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value) and "pydantic" not in str(refused.value)


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(RequestError) as refused:
        make_request(prompt="", seconds=0, seed=-1)
    assert "prompt" in str(refused.value) and "seconds" in str(refused.value) and "seed" in str(refused.value)


def test_the_longest_prompt_is_taken():
    assert len(make_request(prompt="é" * MAX_PROMPT).prompt) == MAX_PROMPT


def test_control_characters_vanish_and_lines_stay():
    assert make_request(prompt="  a\x00 cat\nruns\x1b[31m ").prompt == "a cat\nruns[31m"


def test_a_request_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        make_request(prompt="a cat").seed = 3


@given(st.builds(dict, prompt=st.text(min_size=1), seed=st.integers(0, 2**31 - 1), seconds=st.floats(1, 20)))
def test_a_request_survives_json(fields):
    try:
        request = make_request(**fields)
    except RequestError:
        assert not fields["prompt"].strip() or not fields["prompt"].isprintable() or len(fields["prompt"]) > MAX_PROMPT
        return
    assert GenerationRequest.model_validate_json(request.model_dump_json()) == request


@pytest.mark.parametrize("text", ["540x960", " 540 x 960 ", "540×960"])
def test_a_size_is_width_by_height(text):
    assert parse_size(text) == (540, 960)


@pytest.mark.parametrize("text", ["", "big", "540", "540x", "x960", "540x960x3", "-540x960", "5.4x9", "1000000x2"])
def test_a_size_that_is_none_is_refused(text):
    with pytest.raises(RequestError, match="WIDTHxHEIGHT"):
        parse_size(text)


def test_new_seeds_are_short_and_differ():
    seeds = {new_seed() for _ in range(50)}
    assert len(seeds) > 45
    assert all(0 <= seed < 1_000_000 for seed in seeds)
