"""Frames drawn in several processes: in order, the same however many draw, and gone at once when told to stop."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import psutil
import pytest

from pipelines.progress import Cancelled
from pipelines.render_crew import DIVIDES, _container_cores, waiting
from pipelines.render_pool import CHUNK, WINDOW, RendererDied, render_frames, usable_cores
from tests.pipelines import small_scenes

SCENES = "tests.pipelines.small_scenes"
ROOT = Path(__file__).parents[2]
RENDERER = "pipelines.render_process"


def renderers_of(process: psutil.Process | None = None) -> list[psutil.Process]:
    """Its own, and those that they became; not those of an app that other tests have started."""
    own = [child for child in (process or psutil.Process()).children() if RENDERER in _command_of(child)]
    return [renderer for child in own for renderer in [child, *_children_of(child)]]


def _children_of(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _command_of(process: psutil.Process) -> str:
    """The command line of a process; nothing for one that has just ended."""
    try:
        return " ".join(process.cmdline())
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return ""


def wait_until(condition, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def test_frames_come_in_order_and_the_same_for_any_number_of_processes():
    alone = list(render_frames(f"{SCENES}:number_scene", {"seed": 4}, 100, processes=1))
    three = list(render_frames(f"{SCENES}:number_scene", {"seed": 4}, 100, processes=3))
    assert [frame[0, 0, 0] for frame in alone] == list(range(100))
    assert all(np.array_equal(a, b) for a, b in zip(alone, three, strict=True))


def test_a_frame_may_be_kept_and_drawn_upon():
    """It is the caller's own: later frames do not overwrite it."""
    frames = []
    for frame in render_frames(f"{SCENES}:number_scene", {}, 60, processes=1):
        frame[0, 1] = 255
        frames.append(frame)
    assert [frame[0, 0, 0] for frame in frames] == list(range(60))


def test_the_work_is_shared_and_the_scene_is_made_once_where_a_process_can_divide():
    frames = render_frames(f"{SCENES}:process_scene", {}, 48, processes=2)
    numbers = [frame.reshape(-1)[:16].view(np.int64) for frame in frames]
    drawn_by, made_by = ({int(pair[which]) for pair in numbers} for which in (0, 1))
    assert len(drawn_by) == 2 and os.getpid() not in drawn_by
    assert len(made_by) == (1 if DIVIDES else 2) and made_by <= drawn_by


def test_one_frame_can_be_looked_at_ahead_of_all_others():
    frames = render_frames(f"{SCENES}:number_scene", {"seed": 3}, 24, processes=2, look=17)
    assert frames.look()[0, 0, 0] == 17
    assert [frame[0, 0, 0] for frame in frames] == list(range(24))


def test_processes_that_wait_draw_the_next_clip_and_are_followed_by_others():
    try:
        waiting.call(f"{SCENES}:get_ready", always=True)
        [first] = renderers_of()
        frames = render_frames(f"{SCENES}:process_scene", {}, 48)
        assert frames._crew._processes[0].pid == first.pid
        assert len(list(frames)) == 48
        assert [other.pid for other in renderers_of()] != [first.pid]
    finally:
        waiting.dismiss()
    assert renderers_of() == []


def test_drawing_begins_before_the_first_frame_is_asked_for():
    frames = render_frames(f"{SCENES}:number_scene", {}, 6, processes=1)
    assert wait_until(lambda: frames._crew.connections[0].poll(0))
    frames.close()


def test_memory_is_a_window_not_the_clip():
    """A slow consumer makes the processes wait, so that memory does not grow with a clip's length."""
    frames = render_frames(f"{SCENES}:number_scene", {}, 5000, processes=2)
    for _ in range(3):
        next(frames)
    assert frames._handed_out <= 3 + 2 * CHUNK * WINDOW
    assert len(frames._slots) == 2 * CHUNK * WINDOW
    frames.close()


def test_closing_ends_every_process_at_once_even_stuck_ones():
    frames = render_frames(f"{SCENES}:stuck_scene", {}, 60, processes=3)
    assert wait_until(lambda: len(renderers_of()) == 3)
    frames.close()
    assert renderers_of() == []
    with pytest.raises(StopIteration):
        next(frames)


def test_cancelling_while_waiting_for_a_frame_ends_the_processes():
    looks = []

    def check():
        looks.append(1)
        if len(looks) > 5:
            raise Cancelled("stop")

    frames = render_frames(f"{SCENES}:stuck_scene", {}, 60, processes=2, check=check)
    with pytest.raises(Cancelled):
        next(frames)
    assert renderers_of() == []


def test_the_end_leaves_no_process_and_no_open_file():
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    assert len(list(render_frames(f"{SCENES}:number_scene", {}, 30, processes=2))) == 30
    assert renderers_of() == []
    after = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    assert len(after) <= len(before)


@pytest.mark.parametrize("at", [None, 0, 17])
def test_an_error_of_the_scene_arrives_as_it_was(at):
    plan = {"at": at, "error": ValueError("the meadow has no grass")}
    frames = render_frames(f"{SCENES}:failing_scene", plan, 30, processes=2)
    with pytest.raises(ValueError, match="the meadow has no grass") as caught:
        list(frames)
    assert "small_scenes.py" in "".join(caught.value.__notes__)
    assert renderers_of() == []


def test_an_error_is_told_before_the_end_of_the_renderers_that_it_ended():
    plan = {"at": CHUNK - 1, "stuck_at": CHUNK, "error": ValueError("the meadow has no grass")}
    frames = render_frames(f"{SCENES}:failing_scene", plan, 30, processes=2)
    assert wait_until(lambda: renderers_of() == [])  # nothing of what they drew has been taken in
    with pytest.raises(ValueError, match="the meadow has no grass"):
        list(frames)


def test_a_killed_renderer_is_named_with_its_likely_cause():
    frames = render_frames(f"{SCENES}:dying_scene", {"at": 9}, 30, processes=2)
    with pytest.raises(RendererDied, match=r"signal 9.*too little memory"):
        list(frames)
    assert renderers_of() == []


def test_a_renderer_killed_from_outside_is_noticed():
    frames = render_frames(f"{SCENES}:number_scene", {"seconds": 0.05}, 500, processes=2)
    next(frames)
    os.kill(renderers_of()[0].pid, signal.SIGKILL)
    with pytest.raises(RendererDied):
        list(frames)


def test_renderers_end_when_their_parent_is_killed():
    program = textwrap.dedent(f"""
        from pipelines.render_pool import render_frames
        frames = render_frames("{SCENES}:stuck_scene", {{}}, 60, processes=2)
        print("started", flush=True)
        next(frames)
    """)
    with subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout.readline() == "started\n"
        assert wait_until(lambda: len(renderers_of(psutil.Process(parent.pid))) == 2)
        children = renderers_of(psutil.Process(parent.pid))
        parent.kill()
    gone, alive = psutil.wait_procs(children, timeout=10)
    assert alive == []


def test_a_renderer_imports_its_scene_and_nothing_of_the_program_that_started_it():
    """Not even its __main__ file, which may be a whole app or have no guard against running twice."""
    program = "print('main runs')\nfrom pipelines.render_pool import render_frames\n"
    program += f"list(render_frames('{SCENES}:modules_scene', {{}}, 1, processes=1))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "main runs\n"
    imported = done.stderr.splitlines()
    assert "numpy" in imported
    assert not {"pydantic", "cv2", "av", "scipy", "gradio", "torch", "pytest"} & set(imported)


def test_a_scene_that_prints_does_no_harm():
    assert len(list(render_frames(f"{SCENES}:printing_scene", {}, 12, processes=1))) == 12


def test_a_big_plan_reaches_every_renderer():
    plan = {"seed": 1, "bake": np.zeros(20_000_000, np.uint8)}
    assert len(list(render_frames(f"{SCENES}:number_scene", plan, 12, processes=2))) == 12


def test_the_default_is_the_usable_cores_within_limits(tmp_path):
    assert 1 <= usable_cores() <= 8
    quota = tmp_path / "cpu.max"
    quota.write_text("150000 100000\n")
    assert _container_cores(quota) == 1
    quota.write_text("max 100000\n")
    assert _container_cores(quota) == 8
    assert _container_cores(tmp_path / "none") == 8


def test_the_scene_of_these_tests_is_not_what_is_tested():
    """A frame of a pool equals the frame drawn right here."""
    here = small_scenes.number_scene({"seed": 2})(5)
    pool = list(render_frames(f"{SCENES}:number_scene", {"seed": 2}, 6, processes=1))
    assert np.array_equal(pool[5], here)
