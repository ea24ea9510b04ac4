"""The kinds of people that a storyboard can name."""

from dataclasses import replace

from pipelines.world.actor import Actor, Role, actor
from pipelines.world.colours import pigment
from pipelines.world.people.cameo_head import CameoHead
from pipelines.world.people.cameo_look import body_of, cameo_look
from pipelines.world.people.casting import look_of
from pipelines.world.people.look import Look, Outfit
from pipelines.world.people.person import Person

ACTIONS = (
    "stand",
    "walk",
    "run",
    "jump",
    "dance",
    "talk",
    "sing",
    "wave",
    "sit",
    "sleep",
    "eat",
    "look",
    "laugh",
    "swim",
    "skate",
    "throw",
    "kick",
    "spin",
    "fall",
)


def _person(*names: str, height: float, voice: str) -> None:
    """Registers a kind of person."""

    @actor(*names, size=(0.26 * height + 0.28, height), actions=ACTIONS, family="person", voice=voice)
    def person(role: Role) -> Actor:
        if role.likeness is None:
            return Person(role, look_of(role, role.kind))
        look = cameo_look(look_of(role, body_of(role)), role)
        return Person(role, look, CameoHead(role.likeness, look))


_person("man", height=1.80, voice="man")
_person("woman", height=1.68, voice="woman")
_person("boy", height=1.24, voice="boy")
_person("girl", height=1.22, voice="girl")
_person("old_man", height=1.70, voice="old_man")
_person("old_woman", height=1.58, voice="old_woman")
_person("person", height=1.74, voice="woman")


@actor("robot", size=(0.75, 1.6), actions=ACTIONS, family="person", voice="robot")
def robot(role: Role) -> Actor:
    """A friendly robot on the same skeleton."""
    colour = pigment(next(iter(role.colours), None), ((214, 220, 230), (250, 176, 70), (110, 190, 220))[role.index % 3])
    metal = (168, 176, 194)
    outfit = Outfit("spacesuit", colour, "trousers", metal, "boots", colour, (250, 170, 70), "", 1.0)
    look = Look(
        height=1.58 * role.scale,
        age=0.14,
        build=1.0,
        skin=metal,
        outfit=outfit,
        head="robot",
        mood=0.6,
        hair_style="shaven",
    )
    extras = tuple(
        e
        for e in look_of(replace(role, kind="man"), "man").extras
        if e.kind in ("scarf", "bandana", "bow", "cape", "backpack")
    )
    return Person(role, replace(look, extras=extras))
