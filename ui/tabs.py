"""All tabs of the app, in order. Each is one file with one `create_…_tab`."""

import gradio as gr

from ui.create import create_create_tab
from ui.scripts import STATIC
from ui.words import words
from ui.workshop import Workshop


def create_app(workshop: Workshop, i18n: gr.I18n, frame_scale: float) -> gr.Blocks:
    """The page with all its tabs."""
    with gr.Blocks(title=words("en")["app_title"], analytics_enabled=False, fill_width=True) as page:
        gr.HTML(header(), js_on_load=None, elem_classes="hibari-header", apply_default_css=False)
        with gr.Tabs(), gr.Tab(i18n("create"), id="create"):
            create_create_tab(workshop, i18n, frame_scale)
    return page


def header() -> str:
    """The logo and the name, as HTML."""
    logo = (STATIC / "logo.svg").read_text(encoding="utf-8")
    return f"<header>{logo}<h1>{words('en')['app_title']}</h1></header>"
