"""Whole prompts as people write them, from the first word to the last."""

import subprocess
import sys

from pipelines.director import direct
from pipelines.storyboard import Angle, Framing, Move, Storyboard, Time

PUPPY = (
    "Un chiot golden retriever portant un bandana rouge vif court joyeusement dans un champ de fleurs violettes au "
    "coucher du soleil. La caméra le suit à ras du sol, avec une lumière chaude et douce, et le chant des oiseaux en "
    "fond sonore."
)
BASKETBALL = (
    "A missed basketball shot hits the backboard, bounces off the rim and rolls across the gym floor, wide shot"
)


def test_the_puppy_in_the_meadow():
    storyboard = direct(PUPPY)
    [shot] = storyboard.shots
    dog, flowers = shot.subjects
    assert (dog.kind, dog.count, dog.action) == ("dog", 1, "run")
    assert set(dog.attributes) == {"puppy", "golden_retriever", "bandana_red", "happy"}
    assert (flowers.kind, flowers.colours, flowers.count, flowers.action) == ("flower", ("violet",), 12, None)
    assert (shot.place, shot.time, shot.sounds) == ("meadow", Time.SUNSET, ("birdsong",))
    assert (shot.camera.move, shot.camera.angle) == (Move.TRACK, Angle.LOW)
    assert storyboard.language == "fr"
    assert storyboard.coverage.missed == ()
    understood = {u.phrase: u.field for u in storyboard.coverage.understood}
    assert understood["bandana rouge vif"] == "shots.0.subjects.0.attributes=bandana_red"
    assert understood["violettes"] == "shots.0.subjects.1.colours=violet"
    assert understood["lumière chaude et douce"] == "shots.0.time=sunset"


def test_the_missed_shot_in_the_gym():
    storyboard = direct(BASKETBALL)
    [shot] = storyboard.shots
    [ball] = shot.subjects
    assert (ball.kind, ball.count) == ("basketball", 1)
    assert shot.events == ("hit_backboard", "bounce_rim", "roll")
    assert (shot.place, shot.camera.framing) == ("gym", Framing.WIDE)
    assert storyboard.coverage.missed == ()
    assert "missed" in [u.phrase for u in storyboard.coverage.understood]


def test_a_story_in_three_shots():
    storyboard = direct(
        "Plan 1 : une baleine nage dans l'océan. Plan 2 : un bateau rouge navigue pendant 3 secondes sous la tempête. "
        "Ensuite, gros plan sur le marin qui crie « Terre ! »"
    )
    whale, boat, sailor = storyboard.shots
    assert (whale.subjects[0].kind, whale.subjects[0].action) == ("whale", "swim")
    assert (boat.subjects[0].colours, boat.seconds, boat.weather, boat.place) == (("red",), 3.0, "storm", "sea")
    assert (sailor.camera.framing, sailor.lines[0].text, sailor.lines[0].speaker) == ("close", "Terre !", "man")
    assert storyboard.coverage.missed == ()


def test_the_same_prompt_reads_the_same_in_any_process():
    program = f"from pipelines.director import direct; print(direct({PUPPY!r}).model_dump_json())"
    for seed in ("1", "2"):
        printed = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_environment(seed)
        ).stdout
        assert Storyboard.model_validate_json(printed) == direct(PUPPY)


def test_importing_the_director_loads_no_model():
    program = "import sys, pipelines.director; print([m for m in ('torch', 'py3langid', 'gradio') if m in sys.modules])"
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_environment("0")
    ).stdout
    assert printed.strip() == "[]"


def _environment(hash_seed: str) -> dict[str, str]:
    return {"PYTHONPATH": ":".join(path for path in sys.path if path), "PYTHONHASHSEED": hash_seed}
