"""Places: planes in space, a floor, a sky; the same model under every style.

A place is one function, registered with `@place("meadow", …)` in a file under places/. It returns a Layout: planes
painted once in metres through the style's painter, then only moved; a floor; how much it mirrors. Parallax follows
from depth.
"""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from pipelines.storyboard import Season, Style, Time, Weather
from pipelines.world.geometry import Colour, Point3
from pipelines.world.light import Light
from pipelines.world.styles.painter import Painter

Paint = Callable[[Painter, np.random.Generator], None]


@dataclass(frozen=True)
class Plane:
    """A flat layer of the world: a rectangle in space, painted once in metres (x right, y down from its top left)."""

    origin: Point3  # its top left corner
    width: float  # metres
    height: float
    paint: Paint
    across: Point3 = (1, 0, 0)
    down: Point3 = (0, -1, 0)
    repeat: bool = False  # goes on to both sides with its width as period; only for planes that face the camera
    sway: float = 0.0  # metres by which the wind moves its top; its foot stays
    soft: float = 0.0  # metres of blur: out of focus
    mirrored: bool = True  # seen in wet or polished ground
    haze: bool = True  # fades with distance; not the sky
    detail: float = 1.0  # resolution of its picture relative to what the camera sees
    shift: Callable[[float], Point3] | None = None  # seconds → metres it has moved (clouds, boats)
    live: Callable[[Painter, float], None] | None = None  # painted anew in every frame, over the baked picture

    @property
    def faces_camera(self) -> bool:
        """Whether it faces the camera: moving it then takes no more than scale and offset."""
        return self.across == (1, 0, 0) and self.down == (0, -1, 0)

    @property
    def lies_flat(self) -> bool:
        """Whether it is level, as a rug, a path or a hoop's ring is."""
        return self.across[1] == self.down[1] == 0

    @property
    def depth(self) -> float:
        """Depth by which it is drawn, far to near: its middle; its far edge if it is level, for nothing is under it."""
        if self.lies_flat:
            return max(self.origin[2], self.origin[2] + self.down[2] * self.height)
        return self.origin[2] + (self.across[2] * self.width + self.down[2] * self.height) / 2


@dataclass(frozen=True)
class Floor:
    """The ground in perspective: a tile that repeats for ever, painted from above (x right, y towards the camera)."""

    paint: Paint
    period: float = 4.0  # metres: side of the tile
    mirror: float = 0.0  # 0 dull to 1 mirror
    ripple: float = 0.0  # how far the mirror image wavers, as a share of half the frame's height
    haze: bool = True


@dataclass(frozen=True)
class Layout:
    planes: tuple[Plane, ...]
    floor: Floor | None = None


@dataclass(frozen=True)
class Segment:
    """A wall, board or edge that bodies bounce off, in the plane of the performers."""

    start: tuple[float, float]  # metres: x, y
    end: tuple[float, float]
    material: str
    radius: float = 0.01  # metres
    name: str = ""  # such as "backboard": what staged events refer to


@dataclass(frozen=True)
class Site:
    """What a place is built for."""

    light: Light
    time: Time
    weather: Weather
    season: Season
    style: Style
    seed: int
    left: float = -10.0  # metres: what the camera gets to see at the performers' depth
    right: float = 10.0
    nearest: float = -2.0  # metres: how near the camera comes
    flowers: tuple[Colour, ...] = ()  # asked for by the storyboard
    aspect: float = 0.5625  # width over height of the frame
    eye: float = 1.0  # metres: how high the camera stands at most

    def rng(self, *salt: int) -> np.random.Generator:
        return np.random.default_rng([self.seed, *salt])


@dataclass(frozen=True)
class PlaceKind:
    name: str
    build: Callable[[Site], Layout]
    surface: str = "grass"  # what is under the feet: footsteps and impacts
    ambiences: tuple[str, ...] = ()  # by day
    night_ambiences: tuple[str, ...] | None = None
    room: str = "outdoors"
    indoor: bool = False
    obstacles: tuple[Segment, ...] = ()
    gravity: float = 9.81  # m/s²
    motes: bool = True  # pollen floats in its air, fireflies at night
    relight: Callable[[Light], Light] | None = None  # an air of its own: water, empty space
    medium: float = 1.2  # kg/m³: density of what fills it (air 1.2, water 1000, nothing 0)
    water: float | None = None  # metres: depth from which boats and swimmers find open water
    lamps: Colour | None = None  # light that falls on actors at night, from windows, signs and street lamps


_places: dict[str, PlaceKind] = {}


def place(name: str, **facts: object) -> Callable[[Callable[[Site], Layout]], Callable[[Site], Layout]]:
    """Registers a place; `facts` are fields of PlaceKind."""

    def register(build: Callable[[Site], Layout]) -> Callable[[Site], Layout]:
        _places[name] = PlaceKind(name, build, **facts)
        return build

    return register


@cache
def places() -> dict[str, PlaceKind]:
    """Every place by name."""
    from pipelines.world import places as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return _places
