"""Staging: who stands where, what is heard, what cannot be shown."""

import pickle

from pipelines.storyboard import Line, Shot, Subject, Time, Weather
from pipelines.world.actor import cast, kinds
from pipelines.world.pace import play
from pipelines.world.place import places
from pipelines.world.staging import stage, undrawable


def staged(*subjects: Subject, **fields: object):
    return stage(Shot(seconds=4.0, subjects=subjects, **fields), seed=3, aspect=0.5625)


def test_several_subjects_stand_side_by_side():
    roles = staged(Subject(kind="dog", count=2, action="sit"), Subject(kind="woman", action="stand")).roles
    assert [role.kind for role in roles] == ["dog", "dog", "woman"]
    spans = sorted((role.x - cast(role).extent()[0] / 2, role.x + cast(role).extent()[0] / 2) for role in roles)
    for (_, right), (left, _) in zip(spans, spans[1:], strict=False):
        assert left > right - 0.15


def test_a_runner_is_in_the_middle_of_its_way_in_the_middle_of_the_shot():
    (role,) = staged(Subject(kind="dog", action="run")).roles
    assert abs(cast(role).position(2.0)[0]) < 0.2
    assert cast(role).position(4.0)[0] > 4


def test_a_puppy_is_smaller_than_a_dog():
    (puppy,) = staged(Subject(kind="dog", attributes=("puppy",))).roles
    (dog,) = staged(Subject(kind="dog")).roles
    assert puppy.scale < dog.scale


def test_somebody_is_found_where_they_belong_when_the_prompt_names_no_place():
    for kind in kinds().values():
        if kind.home in places():
            assert staged(Subject(kind=kind.name)).place == kind.home


def test_a_place_that_was_named_wins():
    assert staged(Subject(kind="whale"), place="beach").place == "beach"


def test_flowers_are_scenery_and_what_nobody_draws_is_told():
    shot = Shot(subjects=(Subject(kind="flower"), Subject(kind="sea_monster")), place="nowhere")
    assert stage(shot, 1, 0.5625).roles == ()
    assert undrawable(shot) == ["sea monster", "nowhere"]


def test_a_line_is_spoken_by_its_speaker_who_gets_the_phonemes_and_not_the_sound():
    result = staged(Subject(kind="man"), Subject(kind="woman"), lines=(Line(text="Hello there.", speaker="woman"),))
    man, woman = result.roles
    assert not man.cues
    (cue,) = woman.cues
    assert cue.speech.phonemes
    assert cue.speech.samples.size == 0
    (line,) = result.score.lines
    assert line.time == cue.time
    assert line.speech.samples.size > 10_000


def test_two_lines_follow_each_other():
    result = staged(Subject(kind="man"), lines=(Line(text="One.", speaker="man"), Line(text="Two.", speaker="man")))
    first, second = result.score.lines
    assert second.time >= first.time + first.speech.seconds


def test_what_is_on_the_left_is_heard_on_the_left():
    events = staged(Subject(kind="dog", action="run"), Subject(kind="woman", action="walk")).score.events
    assert events, "a running dog makes sounds"
    assert all(-1 <= event.pan <= 1 for event in events)
    assert all(0 <= event.time < 4 for event in events)


def test_footsteps_sound_of_what_is_under_the_feet():
    events = staged(Subject(kind="woman", action="walk"), place="beach").score.events
    assert {event.material for event in events if event.kind == "footstep"} == {"sand"}


def test_night_has_its_own_sounds_and_rain_silences_the_birds():
    assert "crickets" in staged(place="meadow", time=Time.NIGHT).score.ambiences
    rainy = staged(place="meadow", weather=Weather.RAIN).score.ambiences
    assert "rain" in rainy
    assert "birdsong" not in rainy


def test_silence_can_be_asked_for():
    assert staged(place="meadow", sounds=("silence",)).score.ambiences == ()


def test_a_staged_shot_travels_as_plain_data():
    result = staged(Subject(kind="dog", action="run"))
    assert pickle.loads(pickle.dumps(result)).roles == result.roles


def test_a_boy_and_a_dog_run_side_by_side():
    roles = staged(Subject(kind="boy", action="run"), Subject(kind="dog", action="run")).roles
    boy, dog = (play(role) for role in roles)
    gaps = [dog.position(t)[0] - boy.position(t)[0] for t in (0.0, 2.0, 4.0)]
    assert max(gaps) - min(gaps) < 1.0
    assert {h.time < 4 for h in dog.happenings()} == {True}


def test_a_rider_who_only_stands_beside_the_horse_is_told():
    shot = Shot(subjects=(Subject(kind="man", attributes=("riding_horse",)), Subject(kind="horse")))
    assert undrawable(shot) == ["riding horse"]


def test_a_boat_in_a_harbour_lies_on_the_water_and_not_on_the_quay():
    (boat,) = staged(Subject(kind="boat"), place="harbour").roles
    (man,) = staged(Subject(kind="man"), place="harbour").roles
    assert boat.z > 3
    assert boat.surface == "water"
    assert man.z == 0
    assert man.surface == "stone"
