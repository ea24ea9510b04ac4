"""The glass helmet of an astronaut round somebody's drawn head."""

from dataclasses import replace

from pipelines.world.geometry import disc, mix, oval, smooth
from pipelines.world.people.head import DrawnHead
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.look import Look
from pipelines.world.styles.painter import Painter

RADIUS = 1.62  # half-widths of the head


class HelmetHead:
    """A head in a bubble of glass."""

    def __init__(self, look: Look) -> None:
        neat = {"curls": "crop", "tousled": "crop", "afro": "crop", "short": "crop", "bald": "bald", "shaven": "shaven"}
        hair = neat.get(look.hair_style, "bun" if look.feminine > 0.4 else "crop")
        self.inside = DrawnHead(replace(look, hair_style=hair, hat=""))
        self.look = look

    def draw_behind(self, painter: Painter, place: HeadPlace) -> None:
        """The far side of the helmet."""
        x, y = place.view((0, -0.12, -0.05))
        size = place.view.size * RADIUS
        painter.body(disc(x, y, size), mix((206, 212, 224), painter.light.fill, 0.25), size * 0.5, rim=0.5)
        painter.patch(disc(x, y, size * 0.90), (44, 52, 84))

    def draw(self, painter: Painter, place: HeadPlace) -> None:
        """Paints the head at its place."""
        view = place.view
        x, y = view((0, -0.12, -0.05))
        size = view.size * RADIUS
        if view.away:
            painter.body(disc(x, y, size), (226, 230, 238), size * 0.6)
            return
        self.inside.draw_behind(painter, place)
        self.inside.draw(painter, place)
        painter.patch(disc(x, y, size * 0.92), (150, 200, 250), 0.13)
        painter.line(disc(x, y, size * 0.95), (232, 236, 244), size * 0.085)
        painter.line(disc(x, y, size * 0.99), (150, 158, 176), size * 0.02, 0.8)
        gleam = [
            (x - size * 0.66, y - size * 0.10),
            (x - size * 0.56, y - size * 0.44),
            (x - size * 0.28, y - size * 0.68),
            (x - size * 0.42, y - size * 0.40),
        ]
        painter.patch(smooth(gleam), (255, 255, 255), 0.55)
        painter.patch(oval(x - size * 0.62, y + size * 0.10, size * 0.05, size * 0.09), (255, 255, 255), 0.5)
