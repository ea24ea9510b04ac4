"""People: one rig, many characters."""
