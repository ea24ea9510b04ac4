"""Colour names of storyboards as pigments in daylight."""

from pipelines.world.geometry import Colour

COLOURS: dict[str, Colour] = {
    "red": (216, 46, 54),
    "orange": (240, 132, 44),
    "yellow": (250, 202, 62),
    "green": (74, 158, 84),
    "blue": (56, 116, 204),
    "violet": (140, 92, 222),
    "purple": (122, 62, 178),
    "pink": (244, 128, 172),
    "brown": (126, 82, 54),
    "black": (38, 36, 44),
    "white": (246, 244, 240),
    "grey": (136, 140, 150),
    "gold": (226, 176, 66),
    "silver": (192, 198, 210),
    "turquoise": (58, 188, 190),
    "beige": (226, 204, 168),
    "golden": (226, 154, 78),
    "cream": (250, 236, 208),
    "navy": (36, 48, 96),
    "magenta": (216, 54, 140),
    "lime": (164, 214, 70),
    "rose": (240, 140, 150),
}


def pigment(name: str | None, default: Colour) -> Colour:
    """The colour of that name, or the default where the name is none or unknown."""
    return COLOURS.get(name or "", default)
