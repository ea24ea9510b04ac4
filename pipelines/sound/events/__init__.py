"""Sounds of things that happen: one decorated function for each kind. Importing this package registers them all."""

from pipelines.sound.events import calls, contacts, machines, motion, people, surprises

__all__ = ["calls", "contacts", "machines", "motion", "people", "surprises"]
