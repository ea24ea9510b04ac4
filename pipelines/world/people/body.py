"""A whole person on the canvas: parts painted from far to near."""

import math
from collections.abc import Callable

from pipelines.world.geometry import clamp, mix, union
from pipelines.world.people.clothes import draw_collar_back, draw_collar_front, draw_neck, draw_trunk
from pipelines.world.people.extras import draw_extras_behind, draw_extras_on
from pipelines.world.people.garments import GARMENTS
from pipelines.world.people.head import Head
from pipelines.world.people.head_place import HeadPlace
from pipelines.world.people.limbs import ArmSight, draw_bare_leg, draw_shoe, knee_folds, leg_outline
from pipelines.world.people.loft import View
from pipelines.world.people.sight import Sight
from pipelines.world.people.skirts import draw_skirt
from pipelines.world.people.trunk import Trunk

COVERED = {
    "trousers": 1.0,
    "shorts": 0.42,
    "breeches": 0.66,
    "none": 0.0,
    "skirt": 0.0,
    "trunks": 0.30,
}  # share of the leg


def draw_body(sight: Sight, head: Head) -> None:
    """Paints somebody: legs, far arm, trunk, head, near arm, in the order in which they hide each other."""
    trunk = Trunk(sight)
    place = head_place(sight)
    arms = [ArmSight(sight, i) for i in (0, 1)]
    arms.sort(key=lambda arm: -arm.joints.joint[2])
    draw_extras_behind(sight, trunk)
    if not place.view.away:
        head.draw_behind(sight.painter, place)
    for arm in arms:
        if arm.layer == "behind":
            arm.draw()
    joined = [arm for arm in arms if arm.layer == "joined"]
    _legs(sight, trunk)
    long = GARMENTS[sight.look.outfit.top].hem < -0.4 or sight.look.outfit.top == "robe"
    if long and sight.look.outfit.bottom != "skirt":
        _long_coat(sight, trunk)
    _skirt(sight, trunk)
    draw_collar_back(sight, trunk)
    middle = (place.view.x, place.view.y)
    for arm in joined:
        if not arm.crosses:
            arm.draw_skin()
    if abs(sight.facing) > 2.0:
        draw_neck(sight, trunk, middle)
        draw_trunk(sight, trunk, joined)
    else:
        draw_trunk(sight, trunk, joined)
        draw_neck(sight, trunk, middle)
    draw_collar_front(sight, trunk)
    draw_extras_on(sight, trunk)
    for arm in joined:
        if not arm.crosses:
            arm.draw_cuff()
    _arms_and_head(sight, head, place, [arm for arm in arms if arm.layer == "before" or arm in joined and arm.crosses])


def _arms_and_head(sight: Sight, head: Head, place: HeadPlace, arms: list[ArmSight]) -> None:
    """Arms in front of the trunk; those that are raised to the face come after the head."""
    later: list[Callable[[], None]] = []
    for arm in arms:
        x, y = arm.points[4]
        before_face = (
            math.hypot(x - place.view.x, y - place.view.y) < 1.9 * place.view.size
            and arm.joints.end[2] < sight.bones.head[2]
        )
        draw = arm.draw_forearm if arm.layer == "joined" else arm.draw
        if before_face:
            later.append(draw)
        else:
            draw()
    head.draw(sight.painter, place)
    for draw in later:
        draw()


def head_place(sight: Sight) -> HeadPlace:
    """Where the head is on the canvas, and how the camera sees it: from its height and its side."""
    face, camera = sight.pose.face, sight.camera
    x, y, scale = camera.project(sight.bones.head)
    distance = max(0.8, sight.bones.head[2] - camera.z)
    from_above = math.atan2(camera.y - sight.bones.head[1], distance)
    upright = max(0.0, math.cos(face.roll))
    pitch = clamp(face.pitch + 0.6 * from_above * upright, -0.55, 0.55)
    unit = sight.measures.head
    view = View(x, y, unit * scale, face.yaw, pitch, face.roll)
    drift = (clamp(sight.drift[0] / unit, -1.6, 1.6), clamp(-sight.drift[1] / unit, -1.0, 1.0))
    return HeadPlace(view, face, sight.t, sight.wind, drift)


def _legs(sight: Sight, trunk: Trunk) -> None:
    """Far leg, near leg; seen from the front both and the pelvis are one piece of cloth."""
    outfit, painter = sight.look.outfit, sight.painter
    order = sorted((0, 1), key=lambda i: -(sight.bones.legs[i].joint[2] + sight.bones.legs[i].end[2] + 0.001 * i))
    covered, boots = COVERED[outfit.bottom], outfit.shoes == "boots"
    colour = outfit.bottom_colour
    radius = sight.pixels(0.05 * sight.measures.limb)
    together = abs(math.sin(sight.facing)) < 0.62 and _apart(sight)
    hem = GARMENTS[outfit.top].hem
    seat = trunk.outline(-0.20, max(-0.02, min(0.24, hem + 0.10)), 0.003, n=4, sag=0.22)
    for number, i in enumerate(order):
        if not boots:
            draw_shoe(sight, i)
        if covered < 0.95:
            draw_bare_leg(sight, i)
        if boots:
            draw_shoe(sight, i)
        if covered and not together:
            leg = leg_outline(sight, i, covered)
            path = leg if number == 0 else union([leg, seat], detail=sight.detail)
            shade = mix(colour, painter.light.fill, 0.16) if number == 0 else colour
            painter.body(path, shade, radius, rim=0.6, detail=lambda i=i: knee_folds(sight, i, colour))
    if covered and together:
        parts = [leg_outline(sight, i, covered) for i in (0, 1)]
        painter.body(
            union([seat, *parts], detail=sight.detail),
            colour,
            radius,
            detail=lambda: [knee_folds(sight, i, colour) for i in (0, 1)],
        )
    if boots and covered >= 0.95:
        for i in order:
            draw_shoe(sight, i)


def _apart(sight: Sight) -> bool:
    """Whether the legs stand side by side on the canvas rather than one before the other."""
    a, b = sight.bones.legs
    knees, ankles = b.joint[0] - a.joint[0], b.end[0] - a.end[0]
    side = math.copysign(1, math.cos(sight.facing))
    return knees * side > 0.4 * sight.measures.hip and ankles * side > 0


def _skirt(sight: Sight, trunk: Trunk) -> None:
    outfit = sight.look.outfit
    if outfit.bottom != "skirt":
        return
    colour = outfit.top_colour if GARMENTS[outfit.top].hem > 0.1 else outfit.bottom_colour
    spin = min(1.0, abs(sight.drift[2]) * 1.6)
    draw_skirt(sight, trunk, colour, outfit.skirt_length, 0.26 + 0.65 * spin)


def _long_coat(sight: Sight, trunk: Trunk) -> None:
    """The lower part of a coat or robe hangs like a narrow skirt."""
    outfit = sight.look.outfit
    length = 0.95 if outfit.top == "robe" else 0.46
    draw_skirt(sight, trunk, outfit.top_colour, length, 0.16 if outfit.top == "robe" else 0.12)
