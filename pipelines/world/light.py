"""Light of a scene: what time and weather do to sky, pigments, form, haze and the finish of a frame."""

from dataclasses import dataclass, replace

from pipelines.storyboard import Time, Weather
from pipelines.world.geometry import Colour, Point, clamp, mix


@dataclass(frozen=True)
class Light:
    """One light rig. Directions are unit vectors in the frame (x right, y down) that point towards the light."""

    time: Time
    sky: tuple[tuple[float, Colour], ...]  # (0 zenith to 1 horizon, colour)
    tint: Colour  # what white looks like in this light, 255 = unchanged
    fill: Colour  # colour that unlit sides lean to
    key: Colour  # colour that lit sides lean to
    key_towards: Point
    rim: Colour
    rim_towards: Point
    rim_strength: float  # 0 to 1
    haze: Colour  # what distance fades to
    haze_length: float  # metres at which 63 % of a colour has gone to haze
    sun: Point | None  # place in the sky: (share of the frame's width, share of the sky's height), None: hidden
    sun_colour: Colour = (255, 253, 238)
    sun_size: float = 0.07  # radius as a share of the frame's width
    moon: bool = False
    stars: float = 0.0  # 0 to 1
    cloud: float = 0.35  # 0 clear to 1 overcast
    cloud_colour: Colour = (255, 255, 255)
    cloud_shade: Colour = (190, 200, 220)
    bloom: float = 0.5
    contrast: float = 1.06
    shadow: float = 0.5  # darkness of the shadow on the ground, 0 to 1

    def lit(self, colour: Colour) -> Colour:
        """A pigment as this light shows it."""
        (red, green, blue), tint = colour, self.tint
        return red * tint[0] / 255, green * tint[1] / 255, blue * tint[2] / 255


def haze_share(light: Light, distance: float) -> float:
    """Share of haze, 0 to 1, in what is seen at a distance in metres (Beer–Lambert law, first 8 m left clear)."""
    return 1 - 2.718281828 ** (-max(0.0, distance - 8) / light.haze_length)


_BY_TIME = {
    Time.DAY: Light(
        Time.DAY,
        sky=((0, (46, 116, 206)), (0.45, (98, 166, 232)), (0.8, (170, 212, 244)), (1, (226, 238, 244))),
        tint=(255, 252, 244),
        fill=(74, 92, 150),
        key=(255, 246, 214),
        key_towards=(-0.5, -0.86),
        rim=(255, 250, 226),
        rim_towards=(-0.55, -0.83),
        rim_strength=0.62,
        haze=(206, 226, 240),
        haze_length=210,
        sun=(0.2, 0.16),
        sun_size=0.05,
        cloud=0.42,
        cloud_shade=(176, 196, 224),
        bloom=0.32,
        shadow=0.42,
    ),
    Time.DAWN: Light(
        Time.DAWN,
        sky=(
            (0, (74, 88, 158)),
            (0.35, (140, 134, 190)),
            (0.62, (228, 166, 178)),
            (0.85, (255, 206, 164)),
            (1, (255, 234, 196)),
        ),
        tint=(250, 226, 222),
        fill=(78, 66, 130),
        key=(255, 222, 170),
        key_towards=(-0.75, -0.66),
        rim=(255, 230, 190),
        rim_towards=(-0.8, -0.6),
        rim_strength=0.8,
        haze=(250, 212, 190),
        haze_length=120,
        sun=(0.26, 0.84),
        sun_size=0.06,
        cloud=0.4,
        cloud_colour=(255, 214, 190),
        cloud_shade=(168, 132, 176),
        bloom=0.5,
        shadow=0.45,
    ),
    Time.SUNSET: Light(
        Time.SUNSET,
        sky=(
            (0, (38, 24, 84)),
            (0.26, (92, 44, 128)),
            (0.5, (196, 76, 132)),
            (0.7, (250, 132, 96)),
            (0.86, (255, 196, 112)),
            (1, (255, 226, 160)),
        ),
        tint=(255, 214, 190),
        fill=(70, 36, 96),
        key=(255, 206, 128),
        key_towards=(0.62, -0.78),
        rim=(255, 230, 160),
        rim_towards=(0.7, -0.7),
        rim_strength=0.95,
        haze=(255, 178, 132),
        haze_length=90,
        sun=(0.72, 0.76),
        sun_size=0.068,
        cloud=0.45,
        cloud_colour=(255, 186, 150),
        cloud_shade=(150, 84, 148),
        bloom=0.62,
        contrast=1.08,
        shadow=0.58,
    ),
    Time.NIGHT: Light(
        Time.NIGHT,
        sky=((0, (8, 10, 34)), (0.45, (18, 26, 70)), (0.8, (40, 54, 112)), (1, (72, 88, 146))),
        tint=(122, 142, 200),
        fill=(14, 16, 52),
        key=(176, 200, 255),
        key_towards=(-0.55, -0.83),
        rim=(196, 216, 255),
        rim_towards=(-0.6, -0.8),
        rim_strength=0.7,
        haze=(44, 58, 112),
        haze_length=85,
        sun=(0.26, 0.24),
        sun_colour=(244, 246, 255),
        sun_size=0.055,
        moon=True,
        stars=1.0,
        cloud=0.3,
        cloud_colour=(90, 106, 160),
        cloud_shade=(38, 46, 92),
        bloom=0.55,
        contrast=1.05,
        shadow=0.5,
    ),
}


def light_for(time: Time, weather: Weather) -> Light:
    """The light rig of an hour and a weather."""
    light = _BY_TIME[time]
    if weather == Weather.FOG:
        return replace(
            _greyed(light, 0.45),
            haze_length=16,
            haze=mix(light.haze, light.sky[-1][1], 0.5),
            cloud=0.2,
            stars=light.stars * 0.1,
            sun_size=light.sun_size * 1.5,
            rim_strength=light.rim_strength * 0.4,
            shadow=0.18,
        )
    if weather in (Weather.RAIN, Weather.STORM):
        deep = 0.75 if weather == Weather.STORM else 0.55
        dark = mix((255, 255, 255), (120, 128, 150), deep)
        grey = _greyed(light, deep, dark)
        return replace(
            grey,
            sun=None,
            stars=0.0,
            cloud=1.0,
            haze_length=light.haze_length * 0.45,
            shadow=0.22,
            rim_strength=light.rim_strength * 0.45,
            bloom=light.bloom * 0.8,
            tint=tuple(t * d / 255 for t, d in zip(light.tint, mix(dark, (255, 255, 255), 0.45), strict=True)),
            cloud_colour=grey.sky[-1][1],
            cloud_shade=mix(grey.sky[0][1], (40, 44, 64), 0.35),
        )
    if weather == Weather.SNOW:
        return replace(
            _greyed(light, 0.35),
            cloud=0.75,
            haze_length=light.haze_length * 0.4,
            shadow=0.25,
            haze=mix(light.haze, (232, 236, 246), 0.5 if time != Time.NIGHT else 0.1),
            sun_size=light.sun_size * 1.2,
            rim_strength=light.rim_strength * 0.7,
        )
    return light


MOONLIGHT: Colour = (186, 204, 246)


def lamplit(light: Light, lamps: Colour | None) -> Light:
    """The same night for somebody who stands in the light of lamps of that colour, or of the moon alone: seen more
    clearly than the place, as films show the night."""
    strength = 0.45 if lamps else 0.22
    lamps = lamps or MOONLIGHT
    return replace(
        light,
        tint=mix(mix(light.tint, (255, 255, 255), strength), lamps, 0.3),
        key=mix(lamps, (255, 255, 255), 0.3),
        rim=lamps,
        rim_strength=0.9,
    )


def indoors(light: Light) -> Light:
    """The same hour inside a lit room: lamps carry the pigments, no haze."""
    lamp = {Time.NIGHT: (255, 222, 178), Time.SUNSET: (255, 224, 196), Time.DAWN: (250, 232, 220)}
    return replace(
        light,
        tint=lamp.get(light.time, (255, 248, 238)),
        haze=(58, 42, 70),  # the dark above and behind what is lit
        haze_length=2000,
        sun=None,
        cloud=0,
        fill=mix(light.fill, (70, 52, 84), 0.6),
        key=(255, 226, 178),
        key_towards=(-0.45, -0.89),
        rim_strength=light.rim_strength * 0.7,
    )


def _greyed(light: Light, amount: float, dark: Colour = (255, 255, 255)) -> Light:
    def grey(colour: Colour) -> Colour:
        luminance = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]
        dull = mix(colour, (luminance * 0.96, luminance * 1.0, luminance * 1.06), amount)
        return tuple(clamp(c * d / 255, 0, 255) for c, d in zip(dull, dark, strict=True))

    return replace(
        light,
        sky=tuple((at, grey(colour)) for at, colour in light.sky),
        haze=grey(light.haze),
        key=grey(light.key),
        rim=grey(light.rim),
        tint=mix(light.tint, (232, 236, 244), 0.3 * amount) if light.time != Time.NIGHT else light.tint,
    )
