"""The rules on the way to a clip: refused before a frame is drawn, held and finished, or free."""

from pathlib import Path

import pytest

from pipelines.__main__ import REFUSED, main
from pipelines.generate import generate
from pipelines.request import make_request
from pipelines.safety import Decision, Refused, load_policy
from pipelines.storyboard import Line, Shot, Storyboard
from tests.pipelines.clips import files_in
from tests.pipelines.square_engine import SquareEngine


def request(prompt: str) -> object:
    return make_request(prompt=prompt, seconds=1, seed=5, width=180, height=320)


def test_a_refused_prompt_leaves_no_file_and_says_why(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="real person") as refused:
        generate(request("Taylor Swift runs in a meadow"), tmp_path / "clip.mp4", engine=SquareEngine())
    assert refused.value.ruling.rule == "real_people.named"
    assert files_in(tmp_path) == []


def test_words_put_into_a_storyboard_by_hand_are_refused_in_its_language(tmp_path: Path) -> None:
    by_hand = Storyboard(language="fr", shots=(Shot(seconds=1, lines=(Line(text="je vais te tuer", language="fr"),)),))
    with pytest.raises(Refused, match="menacent"):
        generate(request("un chien"), tmp_path / "clip.mp4", storyboard=by_hand, engine=SquareEngine())


def test_a_doubtful_clip_is_made_and_held(tmp_path: Path) -> None:
    clip = generate(request("a corpse floats in the river"), tmp_path / "clip.mp4", engine=SquareEngine())
    assert clip.ruling.decision is Decision.HOLD and clip.path.exists()


def test_the_policy_that_is_in_force_decides(tmp_path: Path) -> None:
    policy = load_policy({"dropped_people": ["Taylor Swift"]})
    clip = generate(
        request("Taylor Swift runs in a meadow"), tmp_path / "clip.mp4", engine=SquareEngine(), policy=policy
    )
    assert clip.ruling.allowed and clip.ruling.policy == policy.version


def test_the_shell_tells_a_refusal_with_a_code_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["make", "Batman eats soup", str(tmp_path / "clip.mp4"), "--seconds", "1"]) == REFUSED
    assert "belongs to somebody" in capsys.readouterr().err
    assert main(["rule", "Batman eats soup"]) == 0
    assert '"decision": "refuse"' in capsys.readouterr().out
