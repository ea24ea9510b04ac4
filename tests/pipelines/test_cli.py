"""Clips from the shell: JSON on stdout, progress on stderr, one sentence and no file when something is wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.__main__ import main
from pipelines.engines import ENGINES
from tests.pipelines.clips import files_in

ROOT = Path(__file__).parents[2]
SMALL = ["--seconds", "1", "--size", "180x320", "--engine", "square"]

# a shell of its own, with the engine of these tests; `--engine stuck` never finishes a frame
PROGRAM = """
import sys
from pipelines.__main__ import main
from pipelines.engines import ENGINES
ENGINES["square"] = "tests.pipelines.square_engine:SquareEngine"
ENGINES["stuck"] = "tests.pipelines.test_cli:StuckEngine"
sys.exit(main(sys.argv[1:]))
"""


def StuckEngine():  # noqa: N802, stands where a class is named
    from tests.pipelines.square_engine import SquareEngine

    return SquareEngine(name="stuck", scene="tests.pipelines.small_scenes:stuck_scene", plan={"seconds": 0})


@pytest.fixture(autouse=True)
def _square_engine(monkeypatch):
    monkeypatch.setitem(ENGINES, "square", "tests.pipelines.square_engine:SquareEngine")


def started(*arguments: str) -> subprocess.Popen:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )


def test_make_prints_the_record_as_json_and_progress_beside_it(tmp_path, capsys):
    out = tmp_path / "clip.mp4"
    assert main(["make", "a dog runs in a meadow", str(out), "--seed", "7", "--style", "paper", "--json", *SMALL]) == 0
    printed = capsys.readouterr()
    record = json.loads(printed.out)
    assert (record["path"], record["seed"], record["seconds"]) == (str(out), 7, 1.0)
    assert (record["width"], record["height"], record["engine"]) == (180, 320, "square")
    assert record["storyboard"]["shots"][0]["style"] == "paper"
    assert record["bytes"] == out.stat().st_size
    assert "Drawing" in printed.err
    assert files_in(tmp_path) == ["clip.jpg", "clip.mp4", "clip.preview.mp4"]


def test_make_without_json_tells_what_was_understood_and_what_was_not(tmp_path, capsys):
    assert main(["make", "a dog runs, a quark yodels", str(tmp_path / "clip.mp4"), "--seed", "7", *SMALL]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "1 s, 180x320" in told[0] and "seed 7" in told[0]
    assert told[1].startswith("Understood: ") and "dog" in told[1]
    assert told[2].startswith("Not understood: ") and "quark" in told[2]


def test_without_a_seed_a_new_one_is_taken_and_shown(tmp_path, capsys):
    seeds = []
    for name in ("a.mp4", "b.mp4"):
        assert main(["make", "a dog", str(tmp_path / name), "--json", *SMALL]) == 0
        seeds.append(json.loads(capsys.readouterr().out)["seed"])
    assert seeds[0] != seeds[1]


def test_a_seed_that_was_shown_makes_the_same_clip_again(tmp_path, capsys):
    looks, marks = [], []
    for name in ("a.mp4", "b.mp4"):
        main(["make", "a dog", str(tmp_path / name), "--seed", "31", "--json", *SMALL])
        record = json.loads(capsys.readouterr().out)
        looks.append(record["fingerprint"])
        marks.append(record["mark"])
    assert looks[0] == looks[1]
    assert marks[0] != marks[1], "each file carries a number of its own"


def test_the_command_may_be_left_out(tmp_path, capsys):
    assert main(["a dog runs", str(tmp_path / "clip.mp4"), *SMALL]) == 0
    assert (tmp_path / "clip.mp4").exists()


def test_plan_prints_the_storyboard_and_its_coverage(capsys):
    assert main(["plan", "A black cat sleeps on the beach at night", "--seconds", "3"]) == 0
    board = json.loads(capsys.readouterr().out)
    assert board["shots"][0]["seconds"] == 3
    assert (board["shots"][0]["place"], board["shots"][0]["time"]) == ("beach", "night")
    assert board["shots"][0]["subjects"][0]["kind"] == "cat"
    assert {"phrase", "field"} == set(board["coverage"]["understood"][0])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["make", "", "{out}"], "The prompt is empty."),
        (["make", "a" * 10_000, "{out}"], "The prompt has 10,000 characters; the limit is 2,000."),
        (["make", "a dog", "{out}", "--seconds", "0"], "A clip lasts 1 to 20 seconds; 0.0 was asked for."),
        (["make", "a dog", "{out}", "--seconds", "500"], "A clip lasts 1 to 20 seconds; 500.0 was asked for."),
        (["make", "a dog", "{out}", "--seconds", "soon"], "invalid float value: 'soon'"),
        (["make", "a dog", "{out}", "--size", "huge"], "The size 'huge' is not WIDTHxHEIGHT"),
        (["make", "a dog", "{out}", "--size", "10x10"], "The width must be an even number"),
        (["make", "a dog", "{out}", "--seed", "-4"], "The seed must be a whole number"),
        (["make", "a dog", "{out}", "--style", "cubist"], "The style 'cubist' is not known."),
        (["make", "a dog", "{out}", "--engine", "dreams"], "The engine 'dreams' is not known. Choose one of: world"),
        (["make", "a dog", "{folder}/nowhere/clip.mp4"], "There is no folder"),
        (["make", "a dog", "/dev/null/clip.mp4"], "There is no folder"),
        (["make", "a dog", "{folder}"], "must end in .mp4"),
        (["make", "a dog", "{folder}/clip.mov"], "must end in .mp4"),
        (["make", "a dog"], "he following arguments are required: OUT.mp4"),
        (["plan", ""], "The prompt is empty."),
        (["plan", "a dog", "--seconds", "99"], "A clip lasts 1 to 20 seconds"),
        ([], "required"),
        (["a dog"], "required"),
        (["make", "a dog", "{out}", "--colour", "red"], "nrecognized arguments: --colour red"),
    ],
)
def test_bad_input_gets_one_sentence_and_leaves_no_file(tmp_path, capsys, arguments, sentence):
    given = [part.format(out=tmp_path / "clip.mp4", folder=tmp_path) for part in arguments]
    assert main(given) == 2
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1
    assert files_in(tmp_path) == []


def test_help_is_offered(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    assert "make" in capsys.readouterr().out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_cancels_cleanly(tmp_path, number, code):
    with started("make", "a dog", str(tmp_path / "clip.mp4"), "--seconds", "5", "--engine", "stuck") as process:
        end = time.monotonic() + 30
        while files_in(tmp_path) == [] and time.monotonic() < end:
            time.sleep(0.05)
        assert files_in(tmp_path) != [], "the clip is under way"
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == code
    assert err.splitlines()[-1] == "Cancelled; nothing was kept."
    assert "Traceback" not in err and out == ""
    assert files_in(tmp_path) == []


def test_signals_are_given_back_afterwards(tmp_path):
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    main(["make", "a dog", str(tmp_path / "clip.mp4"), *SMALL])
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_the_package_runs_as_a_program():
    done = subprocess.run(
        [sys.executable, "-m", "pipelines", "plan", "Un chat noir dort"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stderr == ""
    assert json.loads(done.stdout)["language"] == "fr"


def test_a_bad_request_is_answered_without_loading_what_makes_clips():
    program = "import sys; from pipelines.__main__ import main; main(['make', '', 'out.mp4']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert not {"av", "cv2", "skia", "scipy"} & set(done.stdout.split())
