"""Every lesson runs from top to bottom, without GPU or network, and finds what its prose says it finds."""

from collections.abc import Callable

Teach = Callable[..., dict]


def test_a_first_clip_can_be_made_again_and_a_word_changes_what_it_says(teach: Teach) -> None:
    found = teach(
        1,
        changed="share_changed",
        again="fingerprint(again) == fingerprint(first)",
        other="bool((draw(shot) == draw(shot, seed=8)).all())",
        alone="identical",
        understood="shares",
        silent="bool(abs(sound).max() < 0.01)",
    )
    night, colour = found["changed"]
    assert night > 0.9 and 0 < colour < 0.2
    assert found["again"] and found["alone"] and not found["other"]
    assert found["understood"][0] == 1.0 and found["understood"][-1] < 0.5
    assert not found["silent"]


def test_gravity_is_measured_from_pixels_and_sound_falls_on_the_contact(teach: Teach) -> None:
    found = teach(
        2,
        earth="g",
        moon="g_moon",
        kept="[float(share) for share in kept]",
        pendulum="[simulated / expected for simulated, expected in zip(by_length, law.tolist())]",
        wide="by_angle[-1] / float(law[2])",
        landed="{'/'.join(key): time for key, time in landed.items()}",
        lags="lags",
        reached="farthest",
    )
    assert abs(found["earth"] / 9.81 - 1) < 0.05
    assert abs(found["moon"] / 1.62 - 1) < 0.05
    assert max(found["kept"]) - min(found["kept"]) < 0.1, "each bounce keeps about the same share"
    assert all(abs(ratio - 1) < 0.01 for ratio in found["pendulum"])
    assert found["wide"] > 1.2, "the law fails for wide swings"
    assert abs(found["landed"]["vacuum/feather"] - found["landed"]["vacuum/basketball"]) < 0.1
    assert found["landed"]["air/feather"] > 2 * found["landed"]["air/basketball"]
    assert all(abs(lag) < 17 for lag in found["lags"])
    assert found["reached"][0] < 2 < 5 < found["reached"][-1], "slow balls stop at the wall, fast ones pass it"


def test_a_tiny_video_transformer_learns_to_obey_words(teach: Teach) -> None:
    found = teach(
        3,
        first="float(np.mean(mistakes[:20]))",
        last="float(np.mean(mistakes[-50:]))",
        colour="colour_right",
        direction="direction_right",
        unseen="new_direction_right",
        many="len({tuple(film.flatten()[:5].tolist()) for film in made})",
        ring="float((walk(50)[-1].norm(dim=1) - 1.5).abs().mean())",
        looks="float(looks.sum())",
    )
    assert found["last"] < 0.05 * found["first"]
    assert found["colour"] > 0.9 and found["direction"] > 0.9
    assert found["unseen"] > 0.6
    assert found["many"] == 12
    assert found["ring"] < 0.25, "the points end on the ring"
    assert abs(found["looks"] - 1) < 1e-3


def test_compression_loses_the_ball_first_and_one_model_keeps_time(teach: Teach) -> None:
    found = teach(
        4,
        whole="everywhere",
        ball="at_ball",
        gaps="median_gap",
        true="true_delays",
        measured="found_delays",
        sounds="bool(rebuilt_talk.abs().max() > 0.1)",
    )
    assert found["whole"] == sorted(found["whole"]) and found["ball"] == sorted(found["ball"])
    assert all(ball < whole for ball, whole in zip(found["ball"], found["whole"], strict=True))
    assert found["gaps"]["joint"] < 0.1 < found["gaps"]["separate"]
    assert all(abs(a - b) <= 35 for a, b in zip(found["true"], found["measured"], strict=True))
    assert found["sounds"]


def test_the_real_pipeline_classes_make_film_and_sound_and_are_counted(teach: Teach) -> None:
    found = teach(
        5,
        film="list(film.shape)",
        sound="list(sound.shape)",
        wan="list(wan_film.shape)",
        billions="{name: count / 1e9 for name, count in counts.items()}",
        tokens="tokens(544, 960, 5)",
        distilled="seconds_for(1, 1, 40, 1) / seconds_for(1, 1, 8, 1, guided=False)",
    )
    assert found["film"][1:] == [32, 32, 3] and found["sound"][:2] == [1, 2]
    assert found["wan"] == [9, 16, 16, 3]
    assert 18 < found["billions"]["LTX-2"] < 20
    assert 1.2 < found["billions"]["Wan 2.1 1.3B"] < 1.6
    assert found["tokens"] == 17 * 30 * 16
    assert found["distilled"] == 10


def test_consent_holds_against_every_attack_and_ends_at_once(teach: Teach) -> None:
    found = teach(
        6,
        walk="walk",
        before="before",
        after="after",
        refused="[a.startswith(words['refused']) for a in (without_permission, with_weapon, late, *tricked)]",
        attacks="[a.startswith(words['refused']) or a == words['rows'].format(0) for a in answers]",
        wrong="wrong",
        sloppy="shown_against_will",
        honest="honest",
        tampered="tampered",
    )
    assert found["walk"] == ["none", "asked", "granted", "revoked"]
    assert found["before"] and not found["after"]
    assert all(found["refused"]) and all(found["attacks"])
    assert found["wrong"] == 0 < found["sloppy"]
    assert found["honest"] is None and found["tampered"] is not None


def test_tampering_is_detected_and_a_mark_survives_a_crop(teach: Teach) -> None:
    found = teach(
        7,
        verdicts="{name: answer.verdict.value for name, answer in answers.items()}",
        signature="[fits(words['message'], signature), fits(words['forged'], signature)]",
        right="right",
        wrong="float(wrong.max())",
        endured="list(endured.values())",
        changed="float(abs(marked - grey).max())",
    )
    verdicts = found["verdicts"]
    assert verdicts["intact"] == "made_here"
    assert {verdicts[name] for name in ("byte", "recoded", "crop")} == {"made_here_changed"}
    assert verdicts["tiny"] == "no_trace" and verdicts["other"] != "made_here"
    assert found["signature"] == [True, False]
    assert found["right"] > 20 > 5 > found["wrong"]
    assert found["endured"][-1] < 5 < found["endured"][0]
    assert found["changed"] < 2.01, "levels of 255: nobody sees it"


def test_feeds_choose_who_is_seen_and_filters_err_both_ways(teach: Teach) -> None:
    found = teach(
        8,
        inequality="inequality",
        liked="{name: result['liked'] for name, result in results.items()}",
        topics="{name: result['topics'] for name, result in results.items()}",
        alarms="false_alarms.tolist()",
        misses="misses.tolist()",
        cheapest="list(cheapest.values())",
        right="right.tolist()",
        project="list(project_errors)",
        learnt="list(learnt_errors)",
    )
    inequality, liked, topics = found["inequality"], found["liked"], found["topics"]
    assert inequality["creation"] < inequality["chronological"] < inequality["engagement"]
    assert liked["chronological"] < min(liked["diverse"], liked["engagement"], liked["creation"])
    assert topics["creation"] < topics["engagement"] < topics["diverse"] < topics["chronological"]
    assert found["alarms"] == sorted(found["alarms"], reverse=True) and found["misses"] == sorted(found["misses"])
    assert found["cheapest"] == sorted(found["cheapest"], reverse=True), "the worse a harm, the sooner it is refused"
    assert found["right"][1] < 0.5 < found["right"][-1], "rare harm makes most refusals wrong"
    assert found["project"][0] < 0.02 <= found["learnt"][0], "written rules hardly ever refuse the innocent"
