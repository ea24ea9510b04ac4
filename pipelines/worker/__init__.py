"""Claims generations, makes their clips and hands them in: `Worker` inside the app, `python -m pipelines.worker` alone.

claiming.py    Worker: which generation is next, and how many at a time
lease.py       Lease: keeps a claimed generation, tells how far it is, hears when to stop
attempt.py     one claimed generation, to its end
job.py         what there is to make: request, storyboard, materials
hand_in.py     the finished clip into media storage and database
rulings.py     what the rules hold, before a moderator
patience.py    waiting for a database that is down
hands.py       who makes the clips: this machine, or
cluster.py     … a Ray cluster (order.py packs a job for on_node.py)
seeding.py     the first feed, made by demo members
workroom.py    folders for unfinished clips, emptied even after a kill
"""

from pipelines.worker.claiming import Worker

__all__ = ["Worker"]
