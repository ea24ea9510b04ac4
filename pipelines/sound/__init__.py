"""Synthesised sound: what happens, what surrounds, what is said, and a music bed, mixed to stereo at 48 kHz."""
