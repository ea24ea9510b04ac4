"""Dawn over a field: deep violet to warm orange on calm neutral surfaces, light and dark."""

import gradio as gr

from ui.web.page import STATIC

# colours and shared parts first, then each area of the page
_SHEETS = sorted(STATIC.glob("*.css"), key=lambda sheet: (sheet.stem != "page", sheet.stem))
CSS = "\n".join(sheet.read_text(encoding="utf-8") for sheet in _SHEETS)
_FONT = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")


def theme() -> gr.Theme:
    """The theme: system fonts, no boxes in boxes, one accent. Colours are the variables of page.css."""
    base = gr.themes.Base(
        primary_hue="violet",
        secondary_hue="orange",
        neutral_hue="zinc",
        radius_size="lg",
        font=_FONT,
        font_mono=("ui-monospace", "monospace"),
    )
    both = {
        "body_background_fill": "var(--ground)",
        "body_text_color": "var(--ink)",
        "body_text_color_subdued": "var(--ink-2)",
        "background_fill_primary": "var(--surface)",
        "background_fill_secondary": "var(--surface-2)",
        "block_background_fill": "transparent",
        "block_border_width": "0px",
        "block_title_text_color": "var(--ink-2)",
        "block_label_text_color": "var(--ink-2)",
        "block_info_text_color": "var(--ink-2)",
        "border_color_primary": "var(--line)",
        "input_background_fill": "var(--field)",
        "input_background_fill_focus": "var(--field)",
        "input_border_color": "var(--line-strong)",
        "input_border_color_focus": "var(--accent)",
        "input_border_width": "1px",
        "input_placeholder_color": "var(--ink-3)",
        "input_shadow": "none",
        "input_shadow_focus": "none",
        "button_primary_background_fill": "var(--dawn)",
        "button_primary_background_fill_hover": "var(--dawn-hover)",
        "button_primary_text_color": "white",
        "button_secondary_background_fill": "var(--surface-2)",
        "button_secondary_text_color": "var(--ink)",
        "checkbox_label_background_fill": "transparent",
        "checkbox_label_background_fill_hover": "transparent",
        "checkbox_label_background_fill_selected": "var(--surface)",
        "checkbox_label_text_color": "var(--ink-2)",
        "checkbox_label_text_color_selected": "var(--ink)",
        "checkbox_label_border_width": "0px",
    }
    dark = {f"{name}_dark": value for name, value in both.items()}
    return base.set(
        **both, **dark, block_padding="0px", block_title_text_weight="600", input_radius="14px", input_text_size="16px"
    )
