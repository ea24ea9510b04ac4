"""Animals: one rig for each body plan, one small file of data for each kind.

    dog.py, cat.py … ── Species (build, coat, gaits) ──▶ quadruped.py   motions → Pose → Figure → painting
    birds.py         ── BirdKind                      ──▶ bird.py        motions → BirdPose → BirdFigure → painting
    fish.py          ── Swimmer                       ──▶ swimmer.py     a wave along the spine
    butterfly.py     stands alone

Shared by all: figure.py (the animal's own metres), head.py and face.py (solids that turn in space), life.py (breath,
blinks, calls), coat.py and markings.py, worn.py (hats, scarves), water.py (swimming at the surface).
"""
