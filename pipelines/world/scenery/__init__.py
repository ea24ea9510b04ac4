"""Scenery: what places are made of (trees, buildings, water, ground, furniture), painted in metres."""
