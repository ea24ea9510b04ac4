"""What acts on a body besides gravity and contact: drag, buoyancy, wind, thin plates that flutter, wings, rolling."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import pymunk

from pipelines.world.things.solid import Solid

WATER = 1000.0  # kg/m³
DENSE = 100.0  # kg/m³ from which everything feels buoyancy
NORMAL, EDGEWISE, LIFT = 1.9, 0.10, 2.2  # coefficients of a thin plate
LOW = 0.06  # metres: below this wings and plates rub on the floor
PLATE_PARTS = 5  # strips that a plate is cut into

Velocity = Callable[[pymunk.Body, tuple[float, float], float, float], None]


@dataclass(frozen=True)
class Air:
    """What fills the place."""

    density: float  # kg/m³
    wind: float = 0.0  # m/s along x
    water: bool = False  # open water below y = 0


def force_on(solid: Solid, air: Air, grounded: Callable[[], bool], rolling: float) -> Velocity | None:
    """The velocity function of a body, or None where gravity alone acts. `grounded` is asked of round bodies."""
    if solid.sheet and air.density:
        return _plate(solid, air)
    if solid.glides and air.density:
        return _glider(solid, air)
    floats = solid.volume > 0 or air.density > DENSE or air.water
    if floats:
        return _floating(solid, air)
    return _ball(solid, air, grounded, rolling) if solid.round else None


def _ball(solid: Solid, air: Air, grounded: Callable[[], bool], rolling: float) -> Velocity:
    """Quadratic drag, and the resistance of the ground to rolling."""
    drag = 0.5 * air.density * solid.drag * solid.section / solid.mass

    def move(body: pymunk.Body, gravity: tuple[float, float], damping: float, step: float) -> None:
        vx, vy = body.velocity
        slow = math.hypot(vx, vy) * drag
        vx, vy = vx - slow * vx * step, vy + (gravity[1] - slow * vy) * step
        if grounded() and abs(vy) < 0.15:
            lost = math.copysign(min(abs(vx), rolling * -gravity[1] * step), vx)
            vx -= lost
            body.angular_velocity += lost / solid.radius
        body.velocity = vx, vy

    return move


def _floating(solid: Solid, air: Air) -> Velocity:
    """Buoyancy, drag, the mass of what has to be pushed aside; upright if something hangs below."""
    volume, half = solid.displaced, solid.half_height

    def move(body: pymunk.Body, gravity: tuple[float, float], damping: float, step: float) -> None:
        vx, vy = body.velocity
        under = min(1.0, max(0.0, (half - body.position.y) / (2 * half))) if air.water else 0.0
        density = air.density * (1 - under) + WATER * under
        wind = air.wind * (1 - under)
        mass = solid.mass + 0.5 * density * volume
        drag = 0.5 * density * solid.drag * solid.section
        relative = vx - wind
        speed = math.hypot(relative, vy)
        slow = min(drag * speed / mass * step, 0.5)
        pull = gravity[1] * (solid.mass - density * volume) / mass
        body.velocity = vx - slow * relative, vy * (1 - slow) + pull * step
        righting = (
            0.0
            if body.position.y < half * 1.02
            else -math.sin(body.angle) * (solid.upright + 9 * under * (not solid.round))
        )
        body.angular_velocity = body.angular_velocity * (1 - min(1.0, (0.9 + 4 * under) * step)) + righting * step

    return move


def _plate(solid: Solid, air: Air) -> Velocity:
    """A thin plate: pushed hard across, hardly along; its centre of pressure runs ahead, so it slides and stalls."""
    area, chord = solid.depth * solid.length * 0.75, solid.length
    strips = [(k - (PLATE_PARTS - 1) / 2) / PLATE_PARTS * chord for k in range(PLATE_PARTS)]
    half = 0.5 * air.density * area
    inertia = solid.inertia + air.density * math.pi / 8 * (chord / 2) ** 4 * solid.depth

    def move(body: pymunk.Body, gravity: tuple[float, float], damping: float, step: float) -> None:
        c, s = math.cos(body.angle), math.sin(body.angle)
        vx, vy = body.velocity
        along, across = (vx - air.wind) * c + vy * s, -(vx - air.wind) * s + vy * c
        push = torque = 0.0
        for x in strips:
            normal = across + body.angular_velocity * x
            force = -half * NORMAL / PLATE_PARTS * abs(normal) * normal
            push += force
            torque += force * x
        share = abs(along) / (abs(along) + abs(across) + 1e-9)
        lift = -half * LIFT * abs(along) * across * share
        push += lift
        torque += lift * 0.12 * chord * math.copysign(1, along)
        drag = -half * EDGEWISE * abs(along) * along
        limit = 0.3 / step * solid.mass * (abs(along) + abs(across) + 0.1)  # keeps the fixed step stable
        push, drag = max(-limit, min(limit, push)), max(-limit, min(limit, drag))
        body.velocity = (
            vx + (drag * c - push * s) / solid.mass * step,
            vy + (gravity[1] + (drag * s + push * c) / solid.mass) * step,
        )
        spin = body.angular_velocity + torque / inertia * step
        body.angular_velocity = spin * (1 - (12 * step if body.position.y < LOW else 0.4 * step))

    return move


def _glider(solid: Solid, air: Air) -> Velocity:
    """Wings: lift across the stream, drag along it, and a tail that turns the nose into it."""
    half = 0.5 * air.density * solid.depth * solid.length

    def move(body: pymunk.Body, gravity: tuple[float, float], damping: float, step: float) -> None:
        vx, vy = body.velocity
        speed = math.hypot(vx, vy) + 1e-6
        path = math.atan2(vy, vx)
        facing = body.angle if math.cos(body.angle) * vx >= 0 or abs(vx) < 0.05 else body.angle + math.pi
        attack = math.sin(facing - path)
        side = 1.0 if vx >= 0 else -1.0
        lift = half * speed * (0.75 * side + 2.0 * attack) / solid.mass
        drag = half * speed * (0.09 + 0.5 * attack * attack) / solid.mass
        if body.position.y < LOW:
            lift = 0.0
            body.angular_velocity *= 1 - min(1.0, 8 * step)
        else:
            body.angular_velocity += (-14 * attack * min(speed, 4) - 5 * body.angular_velocity) * step
        body.velocity = vx + (-lift * vy - drag * vx) * step, vy + (gravity[1] + lift * vx - drag * vy) * step

    return move
