"""Serving: one process with Gradio's own server, our routes and guards beside it, and one worker at home."""

import logging
import threading
from pathlib import Path

import gradio as gr
from starlette.middleware import Middleware
from starlette.requests import Request

from data.client import SERVICE
from data.credits import set_engine_price
from data.opening import open_data
from pipelines.worker import Worker
from pipelines.worker.seeding import needs_seed, plant_seeds
from ui.calls import calls_route
from ui.quick_start import without_spare_servers
from ui.rules import Rules
from ui.settings import Settings
from ui.studio import Studio
from ui.tabs import all_calls, all_uploads, create_app
from ui.theme import CSS, theme
from ui.web.accounts import accounts_route
from ui.web.body_limit import BodyLimit
from ui.web.export import export_route
from ui.web.guard import Guard
from ui.web.likeness import likeness_route
from ui.web.media import media_route
from ui.web.page import PageHead, scripts_route
from ui.web.queue_owner import QueueOwner
from ui.web.renewal import Renewal
from ui.web.session import GUEST, caller_of
from ui.web.uploads import uploads_route
from ui.web.ways_in import ways_in_routes
from ui.words import LANGUAGES, words

LOGO = Path(__file__).with_name("static") / "logo.svg"
# English, French, and one that could be either and so loads what tells languages apart
WARMING = ("a dog runs on the beach", "un chien court sur la plage", "dog plage rouge cat")
# Seconds between two looks of Gradio at its queue. It looks a thousand times a second otherwise, and keeps a tenth of a
# core busy with that while nobody does anything.
LOOK_AT_QUEUE = 0.02
logger = logging.getLogger(__name__)


def serve(settings: Settings, *, block: bool = True) -> gr.Blocks:
    """Serves the app until it is stopped (or, unless `block`, from a thread) and gives the page."""
    data = open_data(settings.data)
    worker = Worker(data, var=settings.data.folder)
    studio = Studio(settings, data, worker, gr.I18n(**{language: words(language) for language in LANGUAGES}))
    uploads = all_uploads(studio)
    with without_spare_servers():
        page = create_app(studio)
        page.queue(max_size=64, default_concurrency_limit=4, api_open=False)
    page._queue.sleep_when_free = LOOK_AT_QUEUE

    def caller(request: Request) -> str:
        """Who calls, for Gradio; never None, which would close the page to guests."""
        return caller_of(studio, request).id or GUEST

    # sessions of the local kind outlast every page by themselves
    renewals = (
        [Middleware(Renewal, data.accounts, secure=settings.secure_cookies)] if settings.data.supabase_url else []
    )
    page.launch(
        server_name=settings.host,
        server_port=settings.port,
        auth_dependency=caller,
        app_kwargs={
            "routes": [
                calls_route(studio, all_calls(studio)),
                *ways_in_routes(studio),
                accounts_route(studio),
                media_route(studio),
                export_route(studio),
                likeness_route(studio),
                uploads_route(studio, uploads),
                scripts_route(),
            ],
            "middleware": [
                Middleware(Guard, host=settings.host, origins=settings.origins),
                Middleware(BodyLimit, larger={f"/uploads/{name}": one.limit for name, one in uploads.items()}),
                *renewals,
                Middleware(QueueOwner),
                Middleware(PageHead),
            ],
        },
        prevent_thread_lock=True,
        ssr_mode=False,
        enable_monitoring=False,
        footer_links=[],
        pwa=False,
        mcp_server=False,
        show_error=False,
        max_file_size="20mb",
        favicon_path=str(LOGO),
        i18n=studio.i18n,
        theme=theme(),
        css=CSS,
    )
    worker.start()
    threading.Thread(target=warm_up, args=(studio,), name="warm-up", daemon=True).start()
    if block:
        try:
            page.block_thread()
        finally:
            worker.close()
            data.close()
    return page


def warm_up(studio: Studio) -> None:
    """Loads what the first prompt and the first clip need, and asks for the first feed of an empty place."""
    from pipelines.director import direct

    for prompt in WARMING:
        direct(prompt)
    try:
        import pipelines.generate  # noqa: F401
        from pipelines.engines import engine_named
        from pipelines.engines.catalog import offered

        engine_named("world").warm_up()
        Rules(studio.data.database).policy()
    except (ImportError, OSError):  # a library of the system is missing: the page still serves, and says so when asked
        logger.exception("clips cannot be made on this machine")
        return
    for engine, price in offered().items():  # models that are installed here can be asked for, and cost what they cost
        set_engine_price(studio.data.database, SERVICE, engine, price)
    if studio.settings.demo and needs_seed(studio.data.database):
        plant_seeds(studio.data)
        studio.worker.nudge()
