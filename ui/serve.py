"""Serving: one process with Gradio's own server, our routes and guards beside it."""

import logging
import threading

import gradio as gr
from starlette.middleware import Middleware
from starlette.requests import Request

from ui.settings import Settings
from ui.tabs import create_app
from ui.theme import CSS, theme
from ui.web.guard import Guard
from ui.web.media import media_route
from ui.web.visitor import VisitorCookie, visitor_of
from ui.words import LANGUAGES, words
from ui.workshop import Workshop

logger = logging.getLogger(__name__)


def caller(request: Request) -> str:
    """The visitor, for Gradio; never None, which would close the page to guests."""
    return visitor_of(request)


def serve(settings: Settings, *, block: bool = True) -> gr.Blocks:
    """Serves the app until it is stopped (or, unless `block`, from a thread) and gives the page."""
    workshop = Workshop(settings.var / "media")
    i18n = gr.I18n(**{language: words(language) for language in LANGUAGES})
    page = create_app(workshop, i18n, settings.frame_scale)
    page.queue(max_size=64, default_concurrency_limit=4, api_open=False).launch(
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=caller,
        app_kwargs={
            "routes": [media_route(workshop)],
            "middleware": [Middleware(VisitorCookie, secure=settings.secure_cookies), Middleware(Guard)],
        },
        prevent_thread_lock=True,
        ssr_mode=False,
        enable_monitoring=False,
        footer_links=[],
        pwa=False,
        mcp_server=False,
        show_error=False,
        max_file_size="20mb",
        i18n=i18n,
        theme=theme(),
        css=CSS,
    )
    threading.Thread(target=warm_up, name="warm-up", daemon=True).start()
    if block:
        try:
            page.block_thread()
        finally:
            workshop.close()
    return page


def warm_up() -> None:
    """Loads what the first prompt needs, so that the first visitor does not wait for it."""
    from pipelines.director import direct

    direct("a dog runs on the beach")
