"""Coats: the pigments and markings of an animal, from the colours and attributes of its role."""

from dataclasses import dataclass, replace

from pipelines.world.actor import Role
from pipelines.world.colours import COLOURS
from pipelines.world.geometry import Colour, mix

DARK: Colour = (46, 30, 30)


@dataclass(frozen=True)
class Coat:
    """Pigments in daylight, and which marks the coat carries."""

    base: Colour
    under: Colour  # belly, chest, inner legs
    points: Colour  # ears, muzzle shadow, tail's end
    nose: Colour = (40, 30, 34)
    inner_ear: Colour = (226, 168, 156)
    socks: Colour | None = None  # lower legs
    tail_tip: Colour | None = None
    mask: Colour | None = None  # pale face
    muzzle: Colour | None = None
    cape: Colour | None = None  # dark back
    spots: Colour | None = None
    patches: Colour | None = None
    stripes: Colour | None = None
    mane: Colour | None = None  # of mane and tail
    head: Colour | None = None  # where the head has a colour of its own
    under_share: float = 0.5  # how much of the side is belly-coloured, 0 to 1
    iris: Colour | None = None
    shine: float = 1.0  # 0 dull to 1


# Pigments of coats, where the plain colour of that name would look painted on.
_FUR: dict[str, Colour] = {
    "black": (56, 52, 60),
    "white": (244, 240, 234),
    "grey": (146, 146, 154),
    "brown": (136, 88, 56),
    "orange": (232, 138, 62),
    "yellow": (240, 206, 120),
    "golden": (226, 160, 84),
    "gold": (230, 172, 84),
    "beige": (226, 198, 156),
    "cream": (246, 228, 196),
    "red": (196, 84, 48),
    "pink": (244, 168, 190),
}


def coloured(coat: Coat, role: Role) -> Coat:
    """The coat in the role's first colour, if it names one; a second colour becomes its patches."""
    names = [name for name in role.colours if name in COLOURS]
    if not names:
        return _varied(coat, role)
    base = _FUR.get(names[0], COLOURS[names[0]])
    pale = sum(base) / 3 > 170
    under = mix(base, (255, 252, 246), 0.45 if pale else 0.14)
    points = mix(base, DARK, 0.12 if pale else 0.4)
    changed = replace(
        coat,
        base=base,
        under=under,
        points=points,
        mask=None,
        muzzle=None,
        cape=None,
        socks=None,
        head=None,
        tail_tip=None,
        mane=mix(base, DARK, 0.35) if coat.mane else None,
        stripes=mix(base, DARK, 0.5) if coat.stripes else None,
    )
    if len(names) > 1:
        changed = replace(changed, patches=_FUR.get(names[1], COLOURS[names[1]]))
    return changed


def _varied(coat: Coat, role: Role) -> Coat:
    """A little lighter or darker, so that two of a kind differ; the first keeps the usual coat."""
    if role.index == 0:
        return coat
    k = float(role.rng(31).uniform(-0.16, 0.16))
    towards = (255, 240, 216) if k > 0 else DARK
    return replace(coat, base=mix(coat.base, towards, abs(k)), under=mix(coat.under, towards, abs(k) * 0.6))


def marked(coat: Coat, role: Role) -> Coat:
    """The coat with the markings that the role's attributes name."""
    if "spotted" in role.attributes:
        coat = replace(coat, spots=mix(coat.base, DARK, 0.75))
    if "striped" in role.attributes:
        coat = replace(coat, stripes=mix(coat.base, DARK, 0.6))
    if "old" in role.attributes:
        grey = (214, 208, 202)
        coat = replace(coat, muzzle=mix(coat.muzzle or coat.base, grey, 0.75), base=mix(coat.base, grey, 0.12))
    return coat
