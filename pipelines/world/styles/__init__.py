"""Styles: who paints. One file each; `painter_for` gives the painter class of a style."""

from pipelines.storyboard import Style
from pipelines.world.styles.cinematic import Cinematic
from pipelines.world.styles.flat import Flat
from pipelines.world.styles.painter import Painter
from pipelines.world.styles.paper import Paper

_PAINTERS: dict[Style, type[Painter]] = {Style.CINEMATIC: Cinematic, Style.FLAT: Flat, Style.PAPER: Paper}


def painter_for(style: Style) -> type[Painter]:
    """The painter class of a style."""
    return _PAINTERS[style]
