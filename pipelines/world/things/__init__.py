"""Things: what obeys physics, and what stands about."""
