"""How a real person's body looks: drawn, in their own colours."""

from dataclasses import replace

from pipelines.world.actor import Role
from pipelines.world.people.look import Look
from pipelines.world.people.wardrobe import COSTUMES, GARMENT_ITEMS

HIGH = 160.0  # Hz from which a voice counts as high


def cameo_look(look: Look, role: Role) -> Look:
    """The look of a role that a real person plays: their skin and hair; their clothes, unless others are asked for."""
    palette = role.likeness.palette
    outfit = look.outfit
    if not role.colours and not _dressed(role):
        outfit = replace(outfit, top_colour=palette.clothes)
        if outfit.top == "frock":
            outfit = replace(outfit, bottom_colour=palette.clothes)
    return replace(
        look,
        skin=palette.skin,
        hair=palette.hair,
        eyes=palette.eyes,
        lips=palette.lips,
        outfit=outfit,
        beard="",
        extras=tuple(e for e in look.extras if e.kind not in ("glasses", "sunglasses")),
    )


def body_of(role: Role) -> str:
    """The kind of body for a role that a real person plays: as the voice sounds, where nothing is said."""
    if role.kind != "person":
        return role.kind
    return "woman" if role.likeness.voice.pitch > HIGH else "man"


def _dressed(role: Role) -> bool:
    """Whether the role itself says what is worn."""
    return any(
        name in COSTUMES or name in GARMENT_ITEMS or name.rpartition("_")[0] in GARMENT_ITEMS
        for name in role.attributes
    )
