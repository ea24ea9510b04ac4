"""All tabs of the app, in order. Each is one file with one `create_…_tab`."""

import gradio as gr

from ui.create import create_create_tab
from ui.words import words
from ui.workshop import Workshop

HEADER = """
<header class="hibari-header">
  <svg viewBox="0 0 48 48" aria-hidden="true">
    <path d="M3 30c9 1 15-2 19-8 2-4 6-8 12-8 2-3 5-4 8-3l-3 3 4 2-5 1c0 9-6 16-16 17l-9 7
  2-8C10 33 6 32 3 30z"/></svg>
  <h1>Hibari</h1>
</header>
"""


def create_app(workshop: Workshop, i18n: gr.I18n, frame_scale: float) -> gr.Blocks:
    """The page with all its tabs."""
    with gr.Blocks(title=words("en")["app_title"], analytics_enabled=False, fill_width=True) as page:
        gr.HTML(HEADER, js_on_load=None)
        with gr.Tabs(), gr.Tab(i18n("create"), id="create"):
            create_create_tab(workshop, i18n, frame_scale)
    return page
