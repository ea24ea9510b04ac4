"""Beside the tabs: who calls, what may pass, and the media."""
