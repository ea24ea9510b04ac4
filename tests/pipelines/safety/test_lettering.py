"""Text in pictures: what is read of it, what the rules make of it, and that texture is not taken for words."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import skimage.data
from PIL import Image, ImageDraw, ImageFont

from pipelines.engines import Rendering
from pipelines.safety import Decision, lettering, rule
from pipelines.safety.lettering import AGAIN, LOOKS, LetterWatch, forbidden_words, letterings, rule_on_lettering
from pipelines.safety.watching import Watch

needs_tesseract = pytest.mark.skipif(
    shutil.which("tesseract") is None, reason="needs Tesseract: apt-get install tesseract-ocr tesseract-ocr-fra"
)
THREAT = "I will kill\nyou tomorrow"
GREETING = "HAPPY\nBIRTHDAY\ngrandma"
ROOT = Path(__file__).parents[3]


def lettered(
    text: str,
    ground: np.ndarray | tuple[int, int, int] = (235, 230, 220),
    *,
    ink: str = "black",
    height: int = 70,
    outline: int = 0,
    turned: float = 0,
) -> np.ndarray:
    """(800, 640, 3) uint8 BGR: a text of a few lines over a colour or a photo, letters so many pixels high, turned by
    so many degrees."""
    if isinstance(ground, tuple):
        picture = Image.new("RGB", (640, 800), ground)
    else:
        picture = Image.fromarray(ground).convert("RGB").resize((640, 800))
    layer = Image.new("RGBA", picture.size)
    ImageDraw.Draw(layer).multiline_text(
        (320, 300),
        text,
        ink,
        ImageFont.load_default(size=height),
        anchor="mm",
        align="center",
        stroke_width=outline,
        stroke_fill="black",
    )
    layer = layer.rotate(turned, Image.Resampling.BICUBIC)
    picture.paste(layer, mask=layer.getchannel("A"))
    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


WAYS = {
    "dark on light": {},
    "light on dark": {"ground": (40, 20, 60), "ink": "white"},
    "turned": {"turned": 5},
    "small": {"height": 20},
    "large": {"height": 100},
    "white on a photo": {"ground": skimage.data.rocket(), "ink": "white"},
    "as memes are written": {"ground": skimage.data.chelsea(), "ink": "white", "outline": 5},
}


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy this machine is, reading is not given up."""
    monkeypatch.setattr(lettering, "LONGEST", 120)


@needs_tesseract
@pytest.mark.parametrize("way", WAYS)
def test_a_threat_is_refused_however_it_is_written(way: str) -> None:
    ruling = rule_on_lettering(lettered(THREAT, **WAYS[way]))
    assert (ruling.decision, ruling.rule) == (Decision.REFUSE, "harassment.threat")
    assert "kill you" in forbidden_words(ruling).lower()


@needs_tesseract
@pytest.mark.parametrize("way", ["dark on light", "large", "as memes are written"])
def test_a_greeting_is_read_and_passes(way: str) -> None:
    picture = lettered(GREETING, **WAYS[way])
    assert "BIRTHDAY" in " ".join(letterings(picture))
    assert rule_on_lettering(picture).allowed


@needs_tesseract
@pytest.mark.parametrize(
    ("text", "named", "words"),
    [
        ("Anna Martin\n12 rue de Paris\n06 12 34 56 78", "private_data.phone", "06 12 34 56 78"),
        ("Je vais te tuer", "harassment.threat", "vais te tuer"),
        ("BREAKING NEWS\nThe president is dead", "deception.news", "BREAKING NEWS"),
    ],
)
def test_what_no_caption_may_say_no_picture_may_show(text: str, named: str, words: str) -> None:
    ruling = rule_on_lettering(lettered(text, height=55))
    assert (ruling.decision, ruling.rule) == (Decision.REFUSE, named)
    assert words in forbidden_words(ruling)


@needs_tesseract
@pytest.mark.parametrize(
    "paper",
    [
        "PASSPORT\nSurname: MARTIN\nGiven names: ANNA\nNationality: BRITISH\nDate of birth: 12 MAY 1990",
        "CARTE NATIONALE\nD'IDENTITE\nNOM : MARTIN\nPRENOMS : ANNA\nNATIONALITE : FRA",
    ],
)
def test_somebody_s_papers_are_not_shown(paper: str) -> None:
    ruling = rule_on_lettering(lettered(paper, height=38))
    assert (ruling.decision, ruling.rule) == (Decision.REFUSE, "deception.paper_shown")
    assert rule(paper.replace("\n", " "), where="caption").rule != "deception.paper_shown", "only where it is shown"


@needs_tesseract
def test_the_cover_of_a_passport_and_advice_for_travellers_pass() -> None:
    assert rule_on_lettering(lettered("PASSPORT\nUnited Kingdom")).allowed
    assert rule_on_lettering(lettered("Have your\npassport ready\nand your bags", height=55)).allowed


@needs_tesseract
def test_a_shirt_may_name_a_brand_and_a_poster_a_singer() -> None:
    picture = lettered("NIKE\nTaylor Swift\nlive in Paris")
    assert "Taylor Swift" in " ".join(letterings(picture))
    assert rule_on_lettering(picture).allowed


@needs_tesseract
@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "rocket", "brick", "grass", "text", "page"])
def test_photos_and_innocent_print_pass(name: str) -> None:
    picture = getattr(skimage.data, name)()
    coloured = picture if picture.ndim == 3 else np.stack([picture] * 3, -1)
    assert rule_on_lettering(np.ascontiguousarray(coloured[:, :, ::-1])).allowed


@needs_tesseract
def test_a_page_longer_than_any_prompt_is_read_to_its_end() -> None:
    line = "the garden was quiet and the birds sang in the old trees"
    page = lettered("\n".join([line] * 30 + [f"{THREAT.replace(chr(10), ' ')}"]), height=18)
    assert rule_on_lettering(page).rule == "harassment.threat"
    text = f"{'calm ' * 1000}I will kill you tomorrow"
    pieces = list(lettering._pieces(text))
    assert max(map(len, pieces)) <= lettering.MAX_CHARACTERS and any("I will kill you" in piece for piece in pieces)


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which the program is missing."""
    lettering.languages.cache_clear()
    monkeypatch.setattr("pipelines.safety.lettering.shutil.which", lambda name: None)
    yield
    lettering.languages.cache_clear()


def test_without_tesseract_nothing_is_read_and_nothing_changes(without_tesseract: None) -> None:
    assert lettering.languages() == "" and list(letterings(lettered(THREAT))) == []
    assert rule_on_lettering(lettered(THREAT)).allowed
    watch = LetterWatch(None, 3)
    assert len(list(watch.watched([lettered(THREAT)] * 3))) == 3 and watch.ruling().allowed


@needs_tesseract
def test_a_picture_that_takes_too_long_counts_as_unread(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(lettering, "LONGEST", 0.001)
    assert rule_on_lettering(lettered(THREAT)).allowed
    assert "was not read" in caplog.text


# ---- finished clips

Reader = Callable[[np.ndarray], str]


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[np.ndarray]:
    """The frames that are looked at. Instead of reading them, white ones threaten and black ones greet."""
    seen: list[np.ndarray] = []

    def read(frame: np.ndarray) -> Iterator[str]:
        seen.append(frame)
        yield THREAT if frame.mean() > 128 else GREETING

    monkeypatch.setattr(lettering, "languages", lambda: "eng")
    monkeypatch.setattr(lettering, "letterings", read)
    return seen


WHITE, BLACK = np.full((64, 36, 3), 255, np.uint8), np.zeros((64, 36, 3), np.uint8)


def passed(frames: list[np.ndarray]) -> LetterWatch:
    watch = LetterWatch(None, len(frames))
    assert all(one is other for one, other in zip(watch.watched(frames), frames, strict=True)), "they pass as they are"
    return watch


def test_a_clip_is_looked_at_a_few_times_however_long_it_is(counted: list[np.ndarray]) -> None:
    for length in (240, 480):
        counted.clear()
        assert passed([BLACK] * length).ruling().allowed
        assert len(counted) == LOOKS


def test_what_two_looks_read_alike_is_held(counted: list[np.ndarray]) -> None:
    ruling = passed([BLACK] * 80 + [WHITE] * (AGAIN + 20) + [BLACK] * 128).ruling()
    assert (ruling.decision, ruling.rule) == (Decision.HOLD, "harassment.threat")
    assert "kill you" in ruling.reason.en and "moderator" in ruling.reason.en and "modération" in ruling.reason.fr
    assert len(counted) == 3, "it is looked at again at once, and no more after that"


def test_what_one_look_alone_reads_is_no_evidence(counted: list[np.ndarray]) -> None:
    frames = [BLACK] * 240
    frames[30] = WHITE
    assert passed(frames).ruling().allowed


@needs_tesseract
def test_a_clip_of_a_model_with_a_threat_in_it_waits_for_a_person() -> None:
    sound = np.zeros((48_000, 2), np.float32)

    def watched(text: str) -> Watch:
        frame = cv2.resize(lettered(text), (480, 600))
        watch = Watch((), None)
        seen = watch.over(Rendering(480, 600, 24, 24, iter([frame] * 24), sound))
        assert len(list(seen.frames)) == 24 and seen.sound() is sound
        return watch

    assert watched(THREAT).ruling().decision is Decision.HOLD
    assert watched(GREETING).ruling().allowed


# ---- what `make` does about it


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make: apt-get install make")
def test_make_goes_on_without_tesseract_and_says_how_to_get_it(tmp_path: Path) -> None:
    """On a machine with neither Tesseract nor apt, where everything else is installed."""
    environment, programs = tmp_path / "environment", tmp_path / "programs"
    (environment / "bin").mkdir(parents=True)
    programs.mkdir()
    for name in ("make", "sh", "touch", "id"):
        (programs / name).symlink_to(shutil.which(name))
    python = environment / "bin" / "python"
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    (environment / "installed").touch()
    done = subprocess.run(
        ["make", f"VENV={environment}", f"{environment}/ready"],
        cwd=ROOT,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and (environment / "ready").exists(), done.stderr
    assert "Text in pictures is not read" in done.stdout and "apt-get install tesseract-ocr" in done.stdout
