"""What surrounds a scene: one decorated function for each ambience. Importing this package registers them all.

A maker gives (n, 2) samples near −30 LUFS of any length. Nothing in it repeats at a rhythm that could be noticed.
"""

from pipelines.sound.ambiences import animals, people, places, water, weather

__all__ = ["animals", "people", "places", "water", "weather"]
