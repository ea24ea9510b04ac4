"""Lessons: notebooks to teach from, and the little that they share."""
