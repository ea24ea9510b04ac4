"""Dawn over a field: deep violet to warm orange on calm neutral surfaces, light and dark."""

from pathlib import Path

import gradio as gr

CSS = Path(__file__).with_name("static").joinpath("hibari.css").read_text(encoding="utf-8")
_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")


def theme() -> gr.Theme:
    """The theme: system fonts, rounded cards, one accent."""
    base = gr.themes.Base(
        primary_hue="violet",
        secondary_hue="orange",
        neutral_hue="zinc",
        radius_size="lg",
        font=_FONT,
        font_mono=("ui-monospace", "monospace"),
    )
    return base.set(
        button_primary_background_fill="linear-gradient(100deg, #6d28d9, #c2410c)",
        button_primary_background_fill_dark="linear-gradient(100deg, #7c3aed, #c2410c)",
        button_primary_text_color="white",
    )
