"""Physics of a scene: bodies in metres, simulated once at a fixed step before any frame is drawn.

surfaces   how ground and walls answer           forces     drag, buoyancy, plates, wings
space      bodies and fixed steps                contacts   what met what, and when
openings   how an action sets a thing going      groups     rows, stacks, one thing sent into others
staging    the launch that makes a story true    depth      the way off a rim, out of the plane
sounds     contacts as happenings                performing all of it for one shot
"""

from pipelines.world.physics.performing import perform

__all__ = ["perform"]
