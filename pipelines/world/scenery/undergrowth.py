"""What grows near the ground: ferns, reeds, flower beds, hedges, stones."""

import math

import numpy as np

from pipelines.storyboard import Season
from pipelines.world.geometry import Colour, limb, mix, oval, smooth
from pipelines.world.place import Plane, Site
from pipelines.world.scenery.conditions import GRASS, LEAVES, SNOW, darker, lighter, one_of, snowy
from pipelines.world.scenery.trees import bush, crown_outline
from pipelines.world.styles.painter import Painter

BLOOMS: tuple[Colour, ...] = ((236, 86, 110), (250, 196, 74), (244, 244, 250), (164, 104, 220), (250, 140, 80))


def grass_of(site: Site) -> Colour:
    """The pigment of grass in the site's season, white under snow."""
    return (232, 238, 248) if snowy(site) else GRASS[site.season]


def fern(painter: Painter, rng: np.random.Generator, x: float, foot: float, size: float, pigment: Colour) -> None:
    """Paints a fern: fronds that arch out of one root."""
    for i in range(7):
        angle = math.radians(-90 + (i - 3) * 24 + rng.uniform(-6, 6))
        long = size * rng.uniform(0.75, 1.05)
        tip = (x + math.cos(angle) * long, foot + math.sin(angle) * long * 0.85 + abs(i - 3) * long * 0.08)
        middle = (x + math.cos(angle) * long * 0.5, foot + math.sin(angle) * long * 0.62)
        shade = mix(darker(pigment, 0.3), lighter(pigment, 0.2), i / 6)
        painter.patch(limb([(x, foot), middle, tip], [size * 0.03, size * 0.075, size * 0.012]), shade)
        painter.texture(smooth([(x, foot), middle, tip], closed=False), darker(shade, 0.4), size * 0.012, 0.6)


def fern_row(
    site: Site, z: float, period: float = 8.0, size: float = 0.55, count: int = 16, soft: float = 0.0
) -> Plane:
    """A repeating row of ferns and low bushes."""
    leaves = LEAVES[site.season]
    tall = size * 1.25

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(count):
            x, pigment = rng.uniform(0, period), darker(one_of(rng, leaves), 0.15)
            if site.season == Season.WINTER or rng.random() < 0.3:
                bush(painter, rng, x, tall + 0.05, size * rng.uniform(0.4, 0.7), pigment, snowy(site))
            else:
                fern(painter, rng, x, tall, size * rng.uniform(0.7, 1.1), pigment)

    return Plane(
        (-period / 2 + (z * 3.1) % 4, tall, z),
        period,
        tall + 0.02,
        paint,
        repeat=True,
        sway=0.03,
        soft=soft,
        mirrored=False,
        detail=0.8,
    )


def flower_bed(site: Site, z: float, period: float = 6.0, tall: float = 0.42) -> Plane:
    """A repeating bed of garden flowers; bare twigs under snow."""
    leaf = one_of(np.random.default_rng(3), LEAVES[site.season])

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(26):
            bush(
                painter,
                rng,
                rng.uniform(0, period),
                tall + 0.04,
                tall * rng.uniform(0.5, 0.75),
                darker(leaf, 0.15),
                snowy(site),
            )
        if snowy(site):
            return
        for _ in range(90):
            x, y, pigment = rng.uniform(0, period), rng.uniform(0.06, tall * 0.7), one_of(rng, BLOOMS)
            for turn in range(5):
                angle = math.tau * turn / 5
                painter.patch(oval(x + math.cos(angle) * 0.025, y + math.sin(angle) * 0.022, 0.022, 0.02), pigment)
            painter.patch(oval(x, y, 0.016, 0.015), (252, 224, 120))

    return Plane((-period / 2, tall, z), period, tall, paint, repeat=True, sway=0.02, mirrored=False, detail=0.8)


def stones(
    site: Site, z: float, period: float, size: float, count: int, pigment: Colour = (140, 134, 138), clear: float = 0.0
) -> Plane:
    """A repeating scatter of rocks; `clear` metres about the middle stay free."""
    tall = size * 1.3

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(count):
            x, r = rng.uniform(clear, period - clear), size * rng.uniform(0.35, 1.0)
            rock = crown_outline(rng, x, tall - r * 0.36, r * 1.1, r * 0.62, 6)
            painter.body(rock, mix(pigment, (120, 110, 120), rng.random()), r * 0.4, form=0.9)
            if snowy(site):
                painter.patch(crown_outline(rng, x, tall - r * 0.86, r * 0.7, r * 0.16, 5), SNOW)

    return Plane((0.0, tall, z), period, tall, paint, repeat=True, mirrored=False, detail=0.8)


def reeds(site: Site, z: float, period: float = 9.0, tall: float = 1.1) -> Plane:
    """A repeating fringe of reeds and bulrushes."""

    def paint(painter: Painter, rng: np.random.Generator) -> None:
        for _ in range(7):
            root = rng.uniform(0, period)
            for _ in range(14):
                x, lean, high = root + rng.normal(0, 0.3), rng.uniform(-0.2, 0.2), rng.uniform(0.4, 1.0) * tall
                pigment = mix((96, 130, 80), (176, 164, 96), rng.random())
                painter.patch(
                    limb(
                        [(x, tall), (x + lean * 0.3, tall - high * 0.6), (x + lean, tall - high)], [0.018, 0.014, 0.004]
                    ),
                    pigment,
                )
                if rng.random() < 0.2:
                    painter.patch(oval(x + lean, tall - high + 0.08, 0.025, 0.1), (120, 76, 54))

    return Plane((-period / 2, tall, z), period, tall, paint, repeat=True, sway=0.06, detail=0.7)
