"""Physics of a scene: bodies in metres, simulated once at a fixed step before any frame is drawn.

forces     drag, buoyancy, plates, wings            surfaces   how ground and walls answer
space      bodies, steps, contacts                  openings   how an action sets a body going
groups     rows, stacks, one thing that hits others staging    the launch that makes a story come true
sounds     contacts as happenings                   performing all of it for one shot
"""

from pipelines.world.physics.performing import perform

__all__ = ["perform"]
