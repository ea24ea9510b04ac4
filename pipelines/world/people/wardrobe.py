"""What attributes do to a look: roles and garments as rows. `<item>_<colour>` gives an item its colour."""

from dataclasses import dataclass, field, replace

from pipelines.world.colours import COLOURS
from pipelines.world.geometry import Colour
from pipelines.world.people.look import Extra, Look, Outfit
from pipelines.world.people.palette import HAIRS

Changes = dict[str, object]


@dataclass(frozen=True)
class Costume:
    """What somebody of a trade wears."""

    outfit: Changes
    look: Changes = field(default_factory=dict)
    extras: tuple[Extra, ...] = ()
    when_old: Changes = field(default_factory=dict)


_WHITE: Colour = (246, 246, 244)

COSTUMES: dict[str, Costume] = {
    "fisherman": Costume(
        {
            "top": "raincoat",
            "top_colour": (246, 190, 46),
            "shoes": "boots",
            "shoe_colour": (60, 84, 92),
            "bottom_colour": (64, 74, 88),
        },
        {"hat": "souwester"},
        when_old={"beard": "long", "hair": HAIRS["white"]},
    ),
    "sailor": Costume(
        {
            "top": "jumper",
            "top_colour": (246, 244, 238),
            "pattern": "stripes",
            "accent": (48, 66, 124),
            "bottom_colour": (44, 52, 92),
        },
        {"hat": "sailor_cap"},
    ),
    "dancer": Costume(
        {
            "top": "vest",
            "top_colour": (104, 44, 66),
            "accent": (250, 240, 222),
            "bottom_colour": (44, 40, 58),
            "shoes": "shoes",
            "shoe_colour": (42, 26, 28),
        }
    ),
    "ballerina": Costume(
        {
            "top": "dress",
            "bottom": "skirt",
            "top_colour": (246, 178, 200),
            "bottom_colour": (250, 206, 220),
            "skirt_length": 0.34,
            "shoes": "slippers",
            "shoe_colour": (246, 186, 200),
        },
        {"hair_style": "bun"},
    ),
    "astronaut": Costume(
        {
            "top": "spacesuit",
            "top_colour": (240, 242, 246),
            "bottom_colour": (240, 242, 246),
            "accent": (236, 128, 62),
            "shoes": "boots",
            "shoe_colour": (176, 182, 196),
            "bottom": "trousers",
            "pattern": "",
        },
        {"head": "helmet", "build": 1.12},
        (Extra("tank"),),
    ),
    "chef": Costume(
        {
            "top": "whites",
            "top_colour": _WHITE,
            "bottom_colour": (74, 78, 92),
            "accent": (150, 150, 158),
            "shoes": "shoes",
            "shoe_colour": (40, 38, 44),
        },
        {"hat": "toque"},
    ),
    "skater": Costume(
        {"top": "hoodie", "bottom_colour": (66, 84, 116), "shoes": "trainers", "shoe_colour": (216, 66, 62)},
        {"hat": "beanie"},
    ),
    "pirate": Costume(
        {
            "top": "jacket",
            "top_colour": (128, 34, 44),
            "accent": (244, 236, 220),
            "bottom": "breeches",
            "bottom_colour": (54, 46, 58),
            "shoes": "boots",
            "shoe_colour": (58, 40, 36),
        },
        {"hat": "tricorn"},
    ),
    "knight": Costume(
        {
            "top": "armour",
            "top_colour": (172, 180, 196),
            "bottom_colour": (126, 134, 152),
            "shoes": "boots",
            "shoe_colour": (140, 148, 166),
            "pattern": "",
        },
        {"hat": "knight_helmet"},
        (Extra("cape"),),
    ),
    "wizard": Costume(
        {"top": "robe", "top_colour": (82, 70, 164), "accent": (244, 208, 96), "pattern": "star"},
        {"hat": "wizard", "beard": "long", "hair": HAIRS["white"]},
    ),
    "king": Costume(
        {"top": "coat", "top_colour": (150, 34, 56), "accent": (246, 240, 226), "bottom_colour": (70, 50, 90)},
        {"hat": "crown", "beard": "full"},
        (Extra("cape", (112, 30, 60)),),
    ),
    "queen": Costume(
        {
            "top": "frock",
            "top_colour": (122, 54, 140),
            "bottom": "skirt",
            "bottom_colour": (122, 54, 140),
            "skirt_length": 0.9,
            "sleeve": 0.95,
        },
        {"hat": "crown"},
        (Extra("cape", (150, 34, 56)),),
    ),
    "prince": Costume(
        {"top": "suit", "top_colour": (52, 84, 156), "accent": (246, 214, 110), "bottom_colour": (240, 236, 228)},
        {"hat": "crown"},
        (Extra("cape", (150, 34, 56)),),
    ),
    "princess": Costume(
        {
            "top": "frock",
            "top_colour": (244, 150, 186),
            "bottom": "skirt",
            "bottom_colour": (244, 150, 186),
            "skirt_length": 0.86,
        },
        {"hat": "crown", "hair_style": "waves"},
    ),
    "teacher": Costume(
        {"top": "jacket", "top_colour": (122, 96, 74), "accent": (240, 232, 214), "bottom_colour": (70, 74, 92)},
        extras=(Extra("glasses"),),
    ),
    "doctor": Costume(
        {"top": "lab_coat", "top_colour": _WHITE, "accent": (110, 176, 200), "bottom_colour": (72, 92, 120)}
    ),
    "scientist": Costume(
        {"top": "lab_coat", "top_colour": _WHITE, "accent": (150, 196, 130), "bottom_colour": (84, 80, 92)},
        extras=(Extra("glasses"),),
    ),
    "firefighter": Costume(
        {
            "top": "fire_coat",
            "top_colour": (66, 62, 66),
            "bottom_colour": (60, 56, 62),
            "pattern": "",
            "shoes": "boots",
            "shoe_colour": (46, 42, 46),
        },
        {"hat": "fire_helmet"},
    ),
    "police_officer": Costume(
        {
            "top": "shirt",
            "top_colour": (72, 104, 168),
            "accent": (60, 84, 140),
            "bottom_colour": (40, 48, 82),
            "shoes": "shoes",
            "shoe_colour": (36, 34, 42),
        },
        {"hat": "police_cap"},
    ),
    "soldier": Costume(
        {
            "top": "jacket",
            "top_colour": (98, 110, 78),
            "bottom_colour": (88, 98, 70),
            "shoes": "boots",
            "shoe_colour": (60, 50, 40),
        },
        {"hat": "helmet", "hat_colour": (86, 98, 70)},
    ),
    "farmer": Costume(
        {
            "top": "shirt",
            "top_colour": (190, 82, 70),
            "accent": (240, 226, 200),
            "bottom_colour": (72, 98, 142),
            "shoes": "boots",
            "shoe_colour": (110, 78, 54),
        },
        {"hat": "straw_hat"},
    ),
    "gardener": Costume(
        {
            "top": "shirt",
            "top_colour": (104, 150, 96),
            "bottom_colour": (96, 110, 140),
            "shoes": "boots",
            "shoe_colour": (74, 110, 88),
        },
        {"hat": "straw_hat"},
    ),
    "shepherd": Costume(
        {"top": "coat", "top_colour": (150, 122, 90), "bottom_colour": (96, 84, 70), "shoes": "boots"},
        {"hat": "hat", "hat_colour": (110, 84, 60)},
    ),
    "basketball_player": Costume(
        {
            "top": "singlet",
            "top_colour": (232, 102, 46),
            "accent": (250, 246, 236),
            "pattern": "band",
            "bottom": "shorts",
            "bottom_colour": (232, 102, 46),
            "shoes": "trainers",
        }
    ),
    "football_player": Costume(
        {
            "top": "tshirt",
            "top_colour": (54, 96, 190),
            "accent": (250, 246, 236),
            "pattern": "band",
            "bottom": "shorts",
            "bottom_colour": (248, 246, 240),
            "shoes": "trainers",
        }
    ),
    "runner": Costume({"top": "tshirt", "bottom": "shorts", "shoes": "trainers"}),
    "swimmer": Costume({"top": "bare", "bottom": "trunks", "shoes": "bare", "bottom_colour": (46, 96, 176)}),
    "singer": Costume({"top": "suit", "accent": (250, 244, 236)}),
    "musician": Costume(
        {"top": "suit", "top_colour": (46, 44, 58), "accent": (246, 242, 236), "bottom_colour": (42, 40, 52)}
    ),
}

# item → what it changes on the outfit; its colour goes to the field that `tinted` names
GARMENT_ITEMS: dict[str, tuple[Changes, str]] = {
    "raincoat": ({"top": "raincoat", "top_colour": (246, 190, 46), "pattern": ""}, "top_colour"),
    "dress": ({"top": "dress", "bottom": "skirt", "pattern": ""}, "top_colour"),
    "shirt": ({"top": "shirt", "pattern": ""}, "top_colour"),
    "coat": ({"top": "coat", "pattern": ""}, "top_colour"),
    "jumper": ({"top": "jumper"}, "top_colour"),
    "suit": ({"top": "suit", "accent": (246, 244, 238), "pattern": ""}, "top_colour"),
    "skirt": ({"bottom": "skirt"}, "bottom_colour"),
    "trousers": ({"bottom": "trousers"}, "bottom_colour"),
    "boots": ({"shoes": "boots"}, "shoe_colour"),
}
HAT_ITEMS = {"hat": "hat", "cap": "cap", "helmet": "helmet", "crown": "crown"}
EXTRA_ITEMS = ("scarf", "glasses", "sunglasses", "backpack", "bow", "bandana", "cape")

TRAITS: dict[str, Changes] = {
    "young": {"age": 0.28},
    "child": {"age": 0.08, "height": 1.22},
    "baby": {"age": 0.0, "height": 0.86},
    "teenager": {"age": 0.2, "height": 1.62},
    "happy": {"mood": 0.85},
    "playful": {"mood": 0.8},
    "proud": {"mood": 0.6},
    "calm": {"mood": 0.35},
    "sad": {"mood": -0.75},
    "scared": {"mood": -0.35},
    "tired": {"mood": -0.1},
    "angry": {"mood": -0.2, "temper": 0.9},
    "beard": {"beard": "full"},
    "bearded": {"beard": "full"},
    "white_beard": {"beard": "long", "hair": HAIRS["white"]},
    "moustache": {"beard": "moustache"},
    "bald": {"hair_style": "bald"},
    "long_hair": {"hair_style": "long"},
    "short_hair": {"hair_style": "short"},
    "curly_hair": {"hair_style": "curls"},
    "braids": {"hair_style": "braids"},
    "ponytail": {"hair_style": "ponytail"},
    "freckles": {"freckles": True},
    "blond": {"hair": HAIRS["blond"]},
    "blonde": {"hair": HAIRS["blond"]},
    "red_hair": {"hair": HAIRS["red"]},
    "dark_hair": {"hair": HAIRS["black"]},
    "white_hair": {"hair": HAIRS["white"]},
    "fat": {"build": 1.22, "belly": 0.8},
    "thin": {"build": 0.88},
}


def dressed(look: Look, attributes: tuple[str, ...], colours: tuple[str, ...]) -> Look:
    """The look with everything that attributes ask for; the first colour goes to the main garment."""
    if "old" in attributes:
        look = _with_trait(look, "old")
    for name in attributes:
        if name in COSTUMES:
            look = _in_costume(look, COSTUMES[name])
    for name in attributes:
        look = _with_trait(look, name)
    if colours and colours[0] in COLOURS and not any(_item(a)[0] in GARMENT_ITEMS and _item(a)[1] for a in attributes):
        look = _coloured(look, COLOURS[colours[0]])
    for name in attributes:
        look = _with_item(look, *_item(name))
    return look


def _in_costume(look: Look, costume: Costume) -> Look:
    outfit = replace(look.outfit, **{"bottom": "trousers", "pattern": "", "sleeve": None, **costume.outfit})
    if costume is COSTUMES["dancer"] and look.feminine > 0.5:
        outfit = replace(
            look.outfit,
            top="dress",
            bottom="skirt",
            top_colour=(214, 44, 60),
            shoes="slippers",
            shoe_colour=(236, 184, 92),
            pattern="",
            skirt_length=0.46,
        )
    if costume is COSTUMES["swimmer"] and look.feminine > 0.5:
        outfit = replace(outfit, top="swimsuit", top_colour=(46, 96, 176))
    look = replace(look, outfit=outfit, extras=look.extras + costume.extras, **costume.look)
    if costume.when_old and look.oldness > 0.4:
        look = replace(look, **costume.when_old)
    return look


def _with_trait(look: Look, name: str) -> Look:
    if name == "old":
        return replace(look, age=1.0, hair=HAIRS["white"], stoop=max(look.stoop, 0.12))
    if name == "tall":
        return replace(look, height=look.height * 1.10)
    if name == "small":
        return replace(look, height=look.height * 0.92)
    if name == "curly_hair" and look.feminine > 0.4:
        return replace(look, hair_style="ringlets")
    return replace(look, **TRAITS[name]) if name in TRAITS else look


def _coloured(look: Look, colour: Colour) -> Look:
    return replace(look, outfit=replace(look.outfit, top_colour=colour))


def _item(name: str) -> tuple[str, Colour | None]:
    """(item, its colour or none) of an attribute such as scarf_red."""
    item, _, colour = name.rpartition("_")
    return (item, COLOURS[colour]) if item and colour in COLOURS else (name, None)


def _with_item(look: Look, item: str, colour: Colour | None) -> Look:
    if item in GARMENT_ITEMS:
        changes, tinted = GARMENT_ITEMS[item]
        outfit: Outfit = replace(look.outfit, **changes)
        return replace(look, outfit=replace(outfit, **{tinted: colour}) if colour else outfit)
    if item in HAT_ITEMS:
        return replace(look, hat=HAT_ITEMS[item], hat_colour=colour or look.hat_colour)
    if item in EXTRA_ITEMS:
        return replace(look, extras=(*look.extras, Extra(item, colour)))
    return look
