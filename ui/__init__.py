"""What people touch. Layers: web (who calls, guard, media) and workshop (generations) ← tabs ← serve."""
