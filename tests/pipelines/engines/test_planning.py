"""What models are told: sizes they can make, calls for long clips, and paragraphs from storyboards."""

import pytest

from pipelines.director import direct
from pipelines.engines.model import catalog_of
from pipelines.engines.planning import plan, size_for
from pipelines.engines.prompting import prompt_for
from pipelines.materials import NOTHING
from pipelines.request import RequestError, make_request
from pipelines.storyboard import Camera, Framing, Line, Move, Shot, Storyboard, Subject, Time, Weather

MODELS = catalog_of().video


def request(prompt="a dog runs on a beach", **fields):
    return make_request(prompt=prompt, **fields)


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("size", [(540, 960), (960, 540), (720, 720), (128, 182), (1920, 1080), (130, 1918)])
def test_a_model_makes_a_size_of_its_own_in_the_shape_of_the_clip(name, size):
    model = MODELS[name]
    width, height = size_for(*size, model)
    assert width % model.kin.multiple == 0 and height % model.kin.multiple == 0
    assert width * height <= model.pixels[1]
    long, short = max(size) / min(size), max(width, height) / min(width, height)
    assert short == pytest.approx(long, rel=0.25), "within what its multiples allow"


@pytest.mark.parametrize("name", [name for name, model in MODELS.items() if "text" in model.tasks])
def test_five_seconds_are_one_call_within_the_models_length(name):
    model = MODELS[name]
    calls = plan(Storyboard(shots=(Shot(seconds=5),)), request(), model, NOTHING)
    assert len(calls) == 1
    assert (
        calls[0].keep == 5 * model.rate <= calls[0].frames <= model.kin.frames_for(round(model.seconds[1] * model.rate))
    )


def test_a_long_shot_becomes_calls_that_overlap_as_much_as_the_family_wants():
    calls = plan(Storyboard(shots=(Shot(seconds=18),)), request(), MODELS["ltx-2"], NOTHING)
    assert [(call.task, call.overlap, call.keep) for call in calls] == [("text", 0, 240), ("extend", 9, 192)]
    assert sum(call.keep for call in calls) == 18 * 24
    assert all((call.frames - 1) % 8 == 0 for call in calls)
    assert len({call.seed for call in calls}) == 2


def test_a_model_that_knows_cuts_is_told_them_in_one_call_and_others_shot_by_shot():
    cut = Storyboard(shots=(Shot(seconds=2, place="beach"), Shot(seconds=3, place="forest")))
    (together,) = plan(cut, request(), MODELS["ltx-2"], NOTHING)
    assert "Shot 1:" in together.prompt and "Shot 2:" in together.prompt
    first, second = plan(cut, request(), MODELS["wan-2.1-1.3b"], NOTHING)
    assert "beach" in first.prompt and "forest" not in first.prompt
    assert "forest" in second.prompt and "Shot" not in second.prompt
    assert second.first == first.keep


def test_options_change_how_a_model_is_called():
    asked = request(options={"steps": 7, "guidance": 0})
    (call,) = plan(Storyboard(shots=(Shot(seconds=2),)), asked, MODELS["wan-2.2-a14b"], NOTHING)
    assert call.values == {"steps": 7, "guidance": 0, "guidance_2": 3.0}


def test_a_shot_that_is_too_long_for_a_family_that_cannot_go_on_is_refused():
    with pytest.raises(RequestError, match=r"AnyFlow 1.3B makes shots of at most 5.06 seconds; one lasts 9"):
        plan(Storyboard(shots=(Shot(seconds=9),)), request(), MODELS["anyflow-1.3b"], NOTHING)


SAID = Storyboard(
    shots=(
        Shot(
            place="beach",
            time=Time.SUNSET,
            weather=Weather.RAIN,
            camera=Camera(framing=Framing.CLOSE, move=Move.PUSH_IN),
            subjects=(
                Subject(kind="woman", colours=("red",), action="dance"),
                Subject(kind="puppy", count=2, action="run"),
            ),
            lines=(Line(text="Salut tout le monde.", speaker="woman", language="fr"),),
            sounds=("birdsong",),
            music="calm",
        ),
    )
)


def told(storyboard=SAID, asked=None, **changes):
    how = {"speaks": True, "sounds": True, "limit": 200} | changes
    return prompt_for(asked or request("something else"), storyboard, storyboard.shots, **how)


def test_a_storyboard_becomes_sentences_about_all_that_it_holds():
    assert told() == (
        "Cinematic live-action footage with natural light and fine detail. A close-up at eye level; the camera pushes "
        "in slowly. A woman in red dancing and two puppies running on a beach at sunset in the rain. The woman says in "
        "French: “Salut tout le monde”. One hears birdsong. Calm music plays."
    )


def test_lines_are_quoted_only_for_models_that_say_them():
    silent = told(speaks=False, sounds=False)
    assert "Salut" not in silent and "Somebody is talking" in silent, "others would write them into the picture"
    assert "birdsong" not in silent


@pytest.mark.parametrize("prompt", ["a dog runs on a beach at sunset", "un chien court sur une plage"])
def test_a_persons_own_words_come_first_while_the_storyboard_still_says_the_same(prompt):
    asked = request(prompt, seconds=4)
    storyboard = direct(prompt, seconds=4)
    assert told(storyboard, asked).startswith(f"{prompt}. ")
    edited = storyboard.model_copy(update={"shots": (storyboard.shots[0].model_copy(update={"place": "forest"}),)})
    assert prompt not in told(edited, asked)


def test_a_paragraph_keeps_to_what_the_text_encoder_reads():
    assert len(told(limit=25).split()) == 25
