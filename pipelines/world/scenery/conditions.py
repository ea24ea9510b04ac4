"""What hour, weather and season do to the things of a place: snow, wetness, lamps, leaves."""

from collections.abc import Sequence

from pipelines.storyboard import Season, Time, Weather
from pipelines.world.geometry import Colour, mix
from pipelines.world.place import Floor, Paint, Site

SNOW: Colour = (240, 246, 255)
LAMPLIGHT: Colour = (255, 206, 130)
WINDOW_LIGHTS: tuple[Colour, ...] = (
    (255, 206, 128),
    (255, 184, 104),
    (255, 226, 166),
    (250, 170, 118),
    (196, 224, 255),
)
LEAVES: dict[Season, tuple[Colour, ...]] = {
    Season.SPRING: ((126, 178, 82), (104, 160, 84), (150, 190, 96)),
    Season.SUMMER: ((72, 136, 72), (88, 146, 70), (58, 120, 76)),
    Season.AUTUMN: ((222, 126, 46), (204, 82, 50), (232, 170, 62), (178, 62, 58)),
    Season.WINTER: ((118, 112, 108), (128, 118, 110)),
}
GRASS: dict[Season, Colour] = {
    Season.SPRING: (112, 168, 82),
    Season.SUMMER: (100, 146, 74),
    Season.AUTUMN: (158, 142, 76),
    Season.WINTER: (150, 150, 122),
}
BLOSSOMS: tuple[Colour, ...] = ((255, 204, 220), (255, 236, 240), (248, 168, 196))
_LIT = {Time.DAY: 0.03, Time.DAWN: 0.2, Time.SUNSET: 0.36, Time.NIGHT: 0.6}


def snowy(site: Site) -> bool:
    """Whether snow lies on things."""
    return site.weather == Weather.SNOW or site.season == Season.WINTER


def wet(site: Site) -> bool:
    """Whether rain has made things shine."""
    return site.weather in (Weather.RAIN, Weather.STORM)


def lamps_lit(site: Site) -> bool:
    """Whether street lamps burn."""
    return site.time == Time.NIGHT or (site.weather == Weather.STORM and site.time != Time.DAY)


def lit_share(site: Site) -> float:
    """Share of windows with a light behind them, 0 to 1."""
    return max(_LIT[site.time], 0.25 if wet(site) else 0.0)


def darker(colour: Colour, amount: float) -> Colour:
    """The colour in shade: `amount` of the way to a deep violet."""
    return mix(colour, (26, 18, 50), amount)


def lighter(colour: Colour, amount: float) -> Colour:
    """The colour in light: `amount` of the way to a warm white."""
    return mix(colour, (255, 246, 224), amount)


def one_of(rng: object, choices: Sequence[Colour]) -> Colour:
    """One of the choices."""
    return choices[int(rng.integers(len(choices)))]


def street_floor(site: Site, paint: Paint, period: float, dry: float = 0.0) -> Floor:
    """Hard ground that mirrors when it rains; `dry` is how much it mirrors otherwise."""
    if wet(site):
        return Floor(paint, period, mirror=0.72, ripple=0.006)
    return Floor(paint, period, mirror=dry)
