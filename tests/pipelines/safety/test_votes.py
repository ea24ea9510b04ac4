"""Votes of models: without one the rules stand alone; with one a person looks at what it doubts, and no more."""

from pathlib import Path

import numpy as np
import pytest

from pipelines.engines import Rendering
from pipelines.engines.judges import areas_in, guard, lookers
from pipelines.engines.model import catalog_of
from pipelines.engines.settings import EngineSettings
from pipelines.safety import Decision
from pipelines.safety.votes import EVERY, PictureVotes, vote_on_text
from pipelines.safety.watching import Watch, said

FRAME = np.full((64, 36, 3), 90, np.uint8)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> EngineSettings:
    """Settings of a machine with tiny judges: a guard of random words, and a classifier that doubts every picture."""
    from tests.pipelines.engines.tiny import tools as tiny

    folder = tmp_path_factory.mktemp("judges")
    tiny.llama_guard(folder / "llama-guard-3-1b")
    tiny.nsfw(folder / "nsfw-images")
    return EngineSettings(models=folder, device="cpu", offline=True)


def test_without_models_the_rules_stand_alone(tmp_path: Path) -> None:
    nothing = EngineSettings(models=tmp_path, offline=True)
    assert guard(nothing) is None and lookers(nothing) == ()
    assert vote_on_text("a dog on a beach", settings=nothing).allowed
    votes = PictureVotes(settings=nothing)
    assert len(list(votes.watched(iter([FRAME] * 3 * EVERY)))) == 3 * EVERY and votes.ruling().allowed


def test_a_guard_reads_a_conversation_and_its_words_are_no_verdict_unless_they_say_so(judged: EngineSettings) -> None:
    assert guard(judged)("a dog on the beach") == ()
    assert vote_on_text("a dog on the beach", settings=judged).allowed


@pytest.mark.parametrize(
    ("verdict", "areas"),
    [
        ("\n\nsafe", ()),
        ("unsafe\nS4,S12", ("minors", "sexual")),
        ("unsafe\nS12, S3.", ("sexual",)),
        ("unsafe\nS6", ()),
    ],
)
def test_a_verdict_names_areas_of_the_policy(verdict: str, areas: tuple[str, ...]) -> None:
    table = catalog_of().tools["llama-guard-3-1b"].arguments
    assert areas_in(verdict, table) == areas


def test_what_a_guard_calls_unsafe_waits_for_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.safety.votes.guard", lambda settings: lambda text: ("hate",))
    ruling = vote_on_text("a text")
    assert (ruling.decision, ruling.rule) == (Decision.HOLD, "hate.vote")
    assert "moderator" in ruling.reason.en and "modération" in ruling.reason.fr


def test_pictures_that_a_model_doubts_are_held_after_a_second_look(judged: EngineSettings) -> None:
    once, twice = PictureVotes(settings=judged), PictureVotes(settings=judged)
    list(once.watched(iter([FRAME] * EVERY)))
    list(twice.watched(iter([FRAME] * (EVERY + 1))))
    assert once.ruling().allowed
    assert (twice.ruling().decision, twice.ruling().rule) == (Decision.HOLD, "sexual.vote")


def test_a_model_is_asked_about_violence_and_its_yes_is_a_vote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.pipelines.engines.tiny import tools as tiny

    tiny.shield_gemma(tmp_path / "shieldgemma-2-4b")
    settings = EngineSettings(models=tmp_path, device="cpu", offline=True)
    (look,) = lookers(settings)
    picture = np.random.default_rng(1).integers(0, 255, FRAME.shape, np.uint8)
    shares = look(picture[:, :, ::-1])
    assert set(shares) == {"violence", "sexual", "dangerous"} and all(0 < share < 1 for share in shares.values())
    assert shares != look(FRAME), "it looks at the picture"
    monkeypatch.setattr("pipelines.safety.votes.SURE", min(shares.values()))
    votes = PictureVotes(settings=settings)
    assert votes.look(picture) == votes.look(picture) == ("dangerous", "sexual", "violence")
    assert votes.ruling().decision is Decision.HOLD


def test_what_a_clip_says_is_ruled_on_like_a_prompt_but_never_refused_on_hearsay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert said("the sea is calm today", None).allowed
    assert said("Donald Trump speaks", None).decision is Decision.HOLD
    monkeypatch.setattr("pipelines.safety.watching.listener", lambda settings: lambda samples: "Donald Trump speaks")
    sound = np.zeros((48_000, 2), np.float32)
    watch = Watch((), None)
    seen = watch.over(Rendering(36, 64, 24, 1, iter([FRAME]), sound))
    assert len(list(seen.frames)) == 1 and seen.sound() is sound
    assert watch.ruling().decision is Decision.HOLD and watch.ruling().rule.startswith("real_people")
