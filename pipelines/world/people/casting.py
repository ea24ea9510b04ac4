"""Who plays a role: a look drawn by the role's seed, then what the storyboard asks for."""

from dataclasses import dataclass, replace

import numpy as np

from pipelines.world.actor import Role
from pipelines.world.people.look import Look, Outfit
from pipelines.world.people.palette import CLOTHES, EYES, HAIRS, SKINS
from pipelines.world.people.wardrobe import COSTUMES, GARMENT_ITEMS, dressed


@dataclass(frozen=True)
class Type:
    """A sort of person, as ranges that a seed picks from."""

    height: tuple[float, float]  # metres
    age: float
    feminine: float
    styles: tuple[str, ...]
    tops: tuple[str, ...]
    bottoms: tuple[str, ...]
    hairs: tuple[str, ...] = ("black", "dark", "brown", "chestnut", "red", "blond")
    beards: tuple[str, ...] = ("",)
    shoes: tuple[str, ...] = ("trainers", "shoes")


_MALE, _FEMALE = ("short", "tousled", "crop", "curls", "short"), ("long", "waves", "bob", "ponytail", "bun", "ringlets")

TYPES: dict[str, Type] = {
    "man": Type(
        (1.74, 1.86),
        0.36,
        0.0,
        (*_MALE, "afro"),
        ("shirt", "jumper", "jacket", "tshirt", "hoodie"),
        ("trousers",),
        beards=("", "", "stubble", "full", "moustache"),
    ),
    "woman": Type(
        (1.63, 1.73),
        0.33,
        1.0,
        (*_FEMALE, "afro"),
        ("blouse", "jumper", "tshirt", "frock", "jacket"),
        ("trousers", "skirt"),
    ),
    "boy": Type(
        (1.16, 1.32),
        0.04,
        0.1,
        ("tousled", "short", "curls", "tousled"),
        ("tshirt", "jumper", "hoodie"),
        ("shorts", "trousers"),
        shoes=("trainers",),
    ),
    "girl": Type(
        (1.14, 1.30),
        0.04,
        0.55,
        ("bob", "ponytail", "braids", "ringlets", "waves"),
        ("tshirt", "jumper", "frock"),
        ("skirt", "shorts", "trousers"),
        shoes=("trainers", "slippers"),
    ),
    "old_man": Type(
        (1.64, 1.74),
        1.0,
        0.0,
        ("bald", "short", "bald", "crop"),
        ("jumper", "shirt", "jacket"),
        ("trousers",),
        ("grey", "white"),
        ("", "moustache", "full", ""),
        ("shoes",),
    ),
    "old_woman": Type(
        (1.54, 1.63),
        1.0,
        0.9,
        ("bun", "curls", "bob", "bun"),
        ("jumper", "blouse", "frock"),
        ("skirt", "trousers"),
        ("grey", "white", "white"),
        shoes=("shoes",),
    ),
}
UNDER_A_HAT = {"short": "crop", "tousled": "crop", "curls": "crop", "afro": "crop", "bald": "bald", "bun": "bun"}


def look_of(role: Role, kind: str) -> Look:
    """The look of a role of one of these types. Two of one kind differ; the same role always looks the same."""
    rng = role.rng(5, *kind.encode()[:8])
    if kind == "person":
        drawn = 0 if role.cues else int(role.rng(3).integers(2))  # who speaks looks as the kind's voice sounds
        kind = ("woman", "man")[(drawn + role.index) % 2] if "baby" not in role.attributes else "boy"
        kind = _aged(kind, role.attributes)
    shared = np.random.default_rng(
        [role.seed, *kind.encode()[:8]]
    )  # the same for all of a kind: their index sets them apart
    look = _drawn(TYPES[kind], rng, shared, role.index)
    look = dressed(look, _with_swimwear(role), role.colours)
    if look.hat and look.head == "drawn":
        look = replace(look, hair_style=UNDER_A_HAT.get(look.hair_style, look.hair_style))
    return replace(look, height=look.height * role.scale)


def _with_swimwear(role: Role) -> tuple[str, ...]:
    """The role's attributes; who swims and is given no clothes wears what swimmers wear."""
    clothed = any(
        name in COSTUMES or name.rpartition("_")[0] in GARMENT_ITEMS or name in GARMENT_ITEMS
        for name in role.attributes
    )
    return role.attributes if role.action != "swim" or clothed else ("swimmer", *role.attributes)


def _aged(kind: str, attributes: tuple[str, ...]) -> str:
    """A person who is called old or a child is one from the beginning."""
    female = kind == "woman"
    if "old" in attributes:
        return "old_woman" if female else "old_man"
    if "child" in attributes:
        return "girl" if female else "boy"
    return kind


def _drawn(kind: Type, rng: np.random.Generator, shared: np.random.Generator, index: int) -> Look:
    """A look drawn at random; neighbours (by index) get other skins, clothes and hair."""
    skin = (int(shared.integers(len(SKINS))) + 3 * index) % len(SKINS)
    clothes = CLOTHES[(int(shared.integers(len(CLOTHES))) + 3 * index) % len(CLOTHES)]
    dark = skin >= 4
    hairs = [h for h in kind.hairs if not (dark and h in ("red", "blond", "chestnut"))] or list(kind.hairs)
    styles = [s for s in kind.styles if s != "afro" or dark]
    top, bottom = _pick(kind.tops, rng, index), _pick(kind.bottoms, rng, index)
    bottom = "skirt" if top == "frock" else bottom
    outfit = Outfit(
        top,
        clothes[0],
        bottom,
        clothes[0] if top == "frock" else clothes[1],
        _pick(kind.shoes, rng, index),
        clothes[2],
        clothes[3],
        pattern=_pick(("", "", "band", "stripes", "star" if kind.age < 0.1 else ""), rng, index)
        if top in ("jumper", "tshirt")
        else "dots"
        if top == "frock" and rng.random() < 0.5
        else "",
    )
    feminine = kind.feminine
    return Look(
        height=float(rng.uniform(*kind.height)),
        age=kind.age,
        feminine=feminine,
        build=float(rng.uniform(0.94, 1.08)),
        belly=float(rng.uniform(0, 0.35)) * (1 - feminine) + 0.35 * (kind.age > 0.9),
        stoop=0.10 * (kind.age > 0.9),
        skin=SKINS[skin],
        hair=HAIRS[_pick(tuple(hairs), rng, index)],
        hair_style=_pick(tuple(styles), rng, index),
        eyes=EYES[int(rng.integers(len(EYES))) if not dark else int(rng.integers(2))],
        eye_size=float(rng.uniform(0.98, 1.10)) + 0.06 * feminine,
        nose=float(rng.uniform(0.88, 1.14)) + 0.12 * (kind.age > 0.9),
        jaw=float(rng.uniform(0.95, 1.05)),
        brow=1.15 - 0.2 * feminine + 0.25 * (kind.age > 0.9) * (1 - feminine),
        lips=(206, 84, 92) if feminine > 0.5 and kind.age > 0.1 else (190, 100, 96),
        lashes=0.15 + 0.7 * feminine,
        mood=float(rng.uniform(0.4, 0.75)),
        beard=_pick(kind.beards, rng, index),
        freckles=bool(rng.random() < 0.15) and not dark,
        outfit=outfit,
    )


def _pick(options: tuple[str, ...], rng: np.random.Generator, index: int) -> str:
    return options[(int(rng.integers(len(options))) + index) % len(options)]
