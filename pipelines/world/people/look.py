"""What somebody looks like, as plain data: the same rig with other numbers is another person."""

from dataclasses import dataclass, field

from pipelines.world.geometry import Colour, clamp


@dataclass(frozen=True)
class Outfit:
    """What somebody wears. Kinds of garments are the rows of garments.py."""

    top: str = "jumper"
    top_colour: Colour = (70, 110, 150)
    bottom: str = "trousers"  # trousers, shorts, skirt, none
    bottom_colour: Colour = (52, 56, 84)
    shoes: str = "trainers"  # shoes, trainers, boots, slippers, bare
    shoe_colour: Colour = (60, 38, 34)
    accent: Colour = (244, 232, 214)  # collars, stripes, buttons, ribbons
    pattern: str = ""  # stripes, band, dots, star, buttons, zip: what is on the top
    sleeve: float | None = None  # share of the arm that is covered; none: what is usual for the top
    skirt_length: float = 0.5  # of the leg


@dataclass(frozen=True)
class Extra:
    """Something worn besides clothes, such as a scarf or glasses."""

    kind: str
    colour: Colour | None = None


@dataclass(frozen=True)
class Look:
    """A person."""

    height: float = 1.75  # metres
    age: float = 0.35  # 0 child, 0.3 adult, 1 old
    feminine: float = 0.0  # 0 to 1: proportions of the body
    build: float = 1.0
    belly: float = 0.0
    stoop: float = 0.0
    skin: Colour = (232, 172, 136)
    hair: Colour = (62, 36, 30)
    hair_style: str = "short"  # a row of hair_styles.py
    eyes: Colour = (86, 62, 48)
    eye_size: float = 1.0
    nose: float = 1.0
    jaw: float = 1.0
    brow: float = 1.0
    lips: Colour = (190, 92, 88)
    lashes: float = 0.3
    beard: str = ""  # stubble, full, long, moustache
    freckles: bool = False
    hat: str = ""  # a row of hats.py
    hat_colour: Colour = (216, 46, 54)
    outfit: Outfit = field(default_factory=Outfit)
    extras: tuple[Extra, ...] = ()
    mood: float = 0.35  # −1 sad, 0 even, 1 beaming
    temper: float = 0.0  # 0 calm, 1 angry
    head: str = "drawn"  # who draws the head: drawn, robot, helmet

    @property
    def childhood(self) -> float:
        """1 for a small child, 0 from adolescence."""
        return clamp(1 - self.age * 4)

    @property
    def oldness(self) -> float:
        """0 until middle age, 1 for somebody old."""
        return clamp((self.age - 0.5) * 2)

    @property
    def head_unit(self) -> float:
        """Half the width of the head in metres; heads are a little large."""
        return (0.121 + 0.002 * (1 - self.feminine) * (1 - self.childhood)) * (self.height / 1.75) ** (
            0.35 if self.childhood < 0.5 else 0.12
        )
