"""Faces over time: blinks, glances, moods, and what speaking does to mouth, brows, head and hands."""

import math
from dataclasses import dataclass, replace

from pipelines.sound.mouth import Mouth, mouth_at
from pipelines.world.actor import Cue, Role
from pipelines.world.geometry import bump, clamp, ease, lerp
from pipelines.world.people.look import Look
from pipelines.world.people.pose import Face, Hand, Pose

SETTLE = 0.35  # seconds for somebody to turn to speaking and back


@dataclass(frozen=True)
class Expression:
    """What a face does by itself through a shot."""

    role: Role
    look: Look
    blinks: tuple[float, ...]  # seconds
    glances: tuple[tuple[float, float, float], ...]  # (time, eyes to the right, eyes down)
    accents: tuple[float, ...]  # seconds at which words begin

    @staticmethod
    def of(role: Role, look: Look) -> "Expression":
        """The blinks, glances and accents of a role, drawn by its seed."""
        rng = role.rng(41, *role.kind.encode())
        blinks, glances, time = [], [(-1.0, 0.0, 0.0)], float(rng.uniform(0.4, 1.6))
        while time < role.seconds + 1:
            blinks.append(time)
            if rng.random() < 0.25:
                blinks.append(time + 0.28)
            time += float(rng.uniform(1.6, 4.2))
        time = float(rng.uniform(1.0, 2.0))
        while time < role.seconds:
            glances.append((time, float(rng.uniform(-0.5, 1.0)), float(rng.uniform(-0.2, 0.3))))
            glances.append((time + float(rng.uniform(0.5, 1.1)), 0.0, 0.0))
            time += float(rng.uniform(1.8, 3.6))
        accents = tuple(cue.time + word for cue in role.cues for word in _words(cue))
        return Expression(role, look, tuple(blinks), tuple(glances), accents)

    def speaking(self, t: float) -> float:
        """0 to 1: whether a line is being spoken, eased in and out."""
        value = 0.0
        for cue in self.role.cues:
            if cue.speech.phonemes:
                end = cue.time + cue.speech.phonemes[-1].end
                value = max(value, ease((t - cue.time + SETTLE) / SETTLE) * (1 - ease((t - end - 0.1) / SETTLE)))
        return value

    def mouth(self, t: float) -> Mouth:
        """The mouth's shape; at rest when nothing is said."""
        for cue in self.role.cues:
            if cue.speech.phonemes and -0.2 < t - cue.time < cue.speech.phonemes[-1].end + 0.3:
                return mouth_at(cue.speech, t - cue.time)
        return Mouth()

    def stress(self, t: float, width: float = 0.16) -> float:
        """0 to 1: on the beginnings of words, unevenly."""
        return clamp(
            sum(
                bump(t, a + 0.12, width) * (0.45 + 0.55 * abs(math.sin(i * 2.4 + 1)))
                for i, a in enumerate(self.accents)
            )
        )

    def glance(self, t: float) -> tuple[float, float]:
        value = (0.0, 0.0)
        for (time, x, y), (_, bx, by) in zip(self.glances[1:], self.glances, strict=False):
            if t > time:
                k = ease((t - time) / 0.12)
                value = (lerp(bx, x, k), lerp(by, y, k))
        return value

    def face(self, base: Face, t: float, attends: bool) -> Face:
        """The face of a motion with mood, blinks, glances and speech."""
        look, talk, stress = self.look, self.speaking(t), self.stress(t)
        mouth = self.mouth(t)
        if mouth == Mouth() and base.mouth != Mouth():
            mouth = base.mouth
        blink = max([base.blink, *(bump(t, b, 0.075) for b in self.blinks if abs(t - b) < 0.4)])
        gx, gy = self.glance(t) if attends else (0.0, 0.0)
        turn = 0.6 * gx * (1 - 0.6 * talk)
        nod = 0.07 * stress * talk
        return replace(
            base,
            yaw=base.yaw + turn * 0.5 + 0.05 * talk * math.sin(t * 1.7),
            pitch=base.pitch + nod - 0.02 * talk + 0.06 * max(0.0, -look.mood),
            roll=base.roll + 0.045 * talk * math.sin(t * 1.25 + 1),
            gaze=(clamp(base.gaze[0] + gx * (1 - 0.7 * talk), -1, 1), clamp(base.gaze[1] + gy * (1 - talk), -1, 1)),
            blink=clamp(blink),
            brow=clamp(
                base.brow + 0.18 * talk + 0.55 * talk * self.stress(t, 0.24) + 0.25 * max(0.0, -look.mood), -1, 1
            ),
            frown=clamp(base.frown + look.temper),
            smile=clamp(base.smile - 0.3 + look.mood - 0.7 * look.temper, -1, 1) * (1 - 0.35 * talk),
            mouth=mouth,
        )

    def gestured(self, pose: Pose, t: float) -> Pose:
        """The pose with hands that speak along."""
        talk = self.speaking(t)
        if talk <= 0:
            return pose
        hands = []
        for i, hand in enumerate(pose.hands):
            slow = math.sin(t * 1.15 + i * 2.1 + self.role.index)
            share = talk * clamp(0.62 + 0.6 * slow + (0.25 if i == 1 else -0.05))
            beat = self.stress(t - 0.05 * i, 0.14)
            talking = Hand(
                -0.06 + 0.10 * slow + 0.12 * beat,
                -0.44 + 0.20 * beat + 0.05 * math.sin(t * 2.3 + i),
                0.46 + 0.12 * beat,
                "open" if share > 0.45 else "relax",
                wrist=(0.25 - 0.45 * beat) * (1 if i else -1),
            )
            hands.append(blended(hand, talking, share))
        return replace(pose, hands=(hands[0], hands[1]), curl=pose.curl + 0.025 * talk * self.stress(t))


def blended(a: Hand, b: Hand, k: float) -> Hand:
    """A hand between two."""
    return Hand(
        lerp(a.out, b.out, k),
        lerp(a.up, b.up, k),
        lerp(a.forward, b.forward, k),
        b.grip if k > 0.5 else a.grip,
        lerp(a.flare, b.flare, k),
        lerp(a.wrist, b.wrist, k),
    )


def _words(cue: Cue) -> tuple[float, ...]:
    speech = cue.speech
    return speech.words or tuple(p.start for p in speech.phonemes[::4])
