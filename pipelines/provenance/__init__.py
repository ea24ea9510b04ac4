"""Where a clip comes from, told so that it can be seen and checked."""
