"""Places: one file each, a function from a site to the planes that make it."""
