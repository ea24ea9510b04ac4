"""Garments for the upper body, one row each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Garment:
    hem: float  # place along the spine where it ends
    out: float  # metres of cloth and air round the body
    sleeve: float  # share of the arm that it covers
    collar: str  # crew, shirt, roll, hood, lapel, straps, stand, none
    front: str = ""  # buttons, zip, toggles: how it closes
    flare: float = 0.0  # metres that its hem is wider
    cuffs: bool = False
    vest: bool = False  # its sleeves are those of a shirt under it


GARMENTS: dict[str, Garment] = {
    "tshirt": Garment(-0.10, 0.004, 0.46, "crew"),
    "shirt": Garment(-0.10, 0.005, 0.97, "shirt", "buttons", cuffs=True),
    "blouse": Garment(-0.04, 0.004, 0.48, "shirt", "buttons"),
    "jumper": Garment(-0.14, 0.012, 0.98, "roll", cuffs=True),
    "hoodie": Garment(-0.14, 0.014, 0.98, "hood", "pocket", cuffs=True),
    "jacket": Garment(-0.16, 0.014, 0.97, "lapel", "zip"),
    "coat": Garment(-0.62, 0.020, 0.98, "lapel", "buttons", flare=0.05),
    "raincoat": Garment(-0.55, 0.028, 1.0, "stand", "toggles", flare=0.06, cuffs=True),
    "vest": Garment(-0.04, 0.006, 0.97, "shirt", "buttons", cuffs=True, vest=True),
    "dress": Garment(0.16, 0.002, 0.0, "straps"),
    "frock": Garment(0.16, 0.004, 0.30, "crew"),
    "singlet": Garment(-0.08, 0.002, 0.0, "straps"),
    "robe": Garment(-0.05, 0.020, 1.0, "stand"),
    "whites": Garment(-0.22, 0.012, 0.98, "stand", "double", cuffs=True),
    "lab_coat": Garment(-0.62, 0.018, 0.98, "lapel", "buttons", flare=0.03),
    "suit": Garment(-0.18, 0.010, 0.98, "lapel", "buttons"),
    "spacesuit": Garment(-0.24, 0.034, 1.0, "ring", "pack", cuffs=True),
    "armour": Garment(-0.20, 0.022, 1.0, "stand", "plates", flare=0.02, cuffs=True),
    "fire_coat": Garment(-0.40, 0.022, 0.99, "stand", "bands", flare=0.03, cuffs=True),
    "swimsuit": Garment(-0.22, 0.001, 0.0, "straps"),
    "bare": Garment(0.0, 0.0, 0.0, "none"),
}
