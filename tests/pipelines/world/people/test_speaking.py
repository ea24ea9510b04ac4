"""Who has lines speaks them with the mouth, and shuts it afterwards; faces live."""

from pipelines.world.people.motion import motions
from tests.pipelines.world.people.people import person, picture, spoken

AH = (("a", 0.0, 0.3), ("m", 0.3, 0.42), ("a", 0.42, 0.8))


def test_the_mouth_opens_with_the_sound_and_is_shut_at_rest():
    actor = person("woman", "talk", cues=spoken(*AH))
    assert actor.pose(0.1).face.mouth.open < 0.02
    assert actor.pose(0.65).face.mouth.open > 0.6
    assert actor.pose(0.5 + 0.36).face.mouth.closed > 0.9
    assert actor.pose(2.5).face.mouth.open < 0.02


def test_people_talk_whatever_they_do():
    for action in set(motions()) - {"laugh", "eat"}:
        assert person("man", action, cues=spoken(*AH)).pose(0.65).face.mouth.open > 0.5, action


def test_an_open_mouth_is_seen():
    quiet, loud = person("man", "talk", seed=2), person("man", "talk", seed=2, cues=spoken(*AH))
    a, b = picture(quiet, 0.65, near=3.2), picture(loud, 0.65, near=3.2)
    assert (abs(a.astype(int) - b.astype(int)).max(axis=2) > 40).sum() > 40


def test_hands_speak_along():
    actor = person("man", "talk", cues=spoken(*AH, ("o", 0.8, 2.0)))
    before, during = actor.pose(0.0).hands, [actor.pose(0.7 + i * 0.1).hands for i in range(10)]
    assert max(abs(h[1].forward - before[1].forward) for h in during) > 0.1


def test_eyes_blink_now_and_then_and_only_shortly():
    actor = person("girl", "stand", seconds=12.0)
    closed = [actor.pose(i / 24).face.blink > 0.6 for i in range(12 * 24)]
    assert 3 <= sum(b and not a for a, b in zip(closed, closed[1:], strict=False)) <= 12
    assert sum(closed) < 0.12 * len(closed)


def test_moods_show_in_the_smile():
    happy, sad = person("man", "stand", attributes=("happy",)), person("man", "stand", attributes=("sad",))
    assert happy.pose(1.0).face.smile > 0.5 and sad.pose(1.0).face.smile < -0.3
    assert person("man", "stand", attributes=("angry",)).pose(1.0).face.frown > 0.5


def test_people_do_not_blink_in_step():
    crowd = [person(kind, "stand", seed=7, seconds=8.0) for kind in ("man", "woman", "girl", "old_woman")]
    together = sum(all(one.pose(i / 24).face.blink > 0.6 for one in crowd) for i in range(8 * 24))
    assert together == 0


def test_speakers_look_up_from_each_other_to_us():
    """Somebody who listens glances towards the side that they face, and back."""
    actor = person("man", "talk", seed=4, seconds=12.0)
    turns = [actor.pose(i / 12).face.yaw for i in range(144)]
    assert max(turns) > min(turns) + 0.2 and min(abs(turn) for turn in turns) < 0.15
