"""All tabs of the app, in order. Each is one file with one `create_…_tab`, and a class that lists its calls."""

import gradio as gr

from ui.account import Account
from ui.analytics import Analytics, create_analytics_tab
from ui.area import area
from ui.calls import Call
from ui.cameo import Cameo, create_cameo_tab
from ui.create import Create, create_create_tab
from ui.cutting import Cutting
from ui.feed import Feed, create_feed_tab
from ui.inbox import Inbox, create_help_tab, create_inbox_tab
from ui.likeness import Likeness
from ui.materials import Materials
from ui.me import Me, create_me_tab
from ui.moderation import Moderation, create_moderation_tab
from ui.own_account import OwnAccount
from ui.policy_tester import PolicyTester
from ui.posts import Posts
from ui.remix import Remix, create_remix_tab
from ui.rights_registry import RightsRegistry
from ui.search import Search
from ui.storyboards import Storyboards
from ui.studio import Studio
from ui.verify import Verify, create_verify_tab
from ui.web.uploads import Upload
from ui.words import words


def create_app(studio: Studio) -> gr.Blocks:
    """The page: the bar that leads to the tabs, and the tabs."""
    with gr.Blocks(title=words("en")["app_title"], analytics_enabled=False, fill_width=True) as page:
        area("bar", "bar.js")
        with gr.Tabs(elem_id="tabs"):
            with gr.Tab(studio.i18n("feed"), id="feed"):
                create_feed_tab(studio)
            with gr.Tab(studio.i18n("create"), id="create"):
                create_create_tab(studio)
            with gr.Tab(studio.i18n("remix"), id="remix"):
                create_remix_tab(studio)
            with gr.Tab(studio.i18n("cameo"), id="cameo"):
                create_cameo_tab(studio)
            with gr.Tab(studio.i18n("inbox"), id="inbox"):
                create_inbox_tab(studio)
            with gr.Tab(studio.i18n("me"), id="me"):
                create_me_tab(studio)
            with gr.Tab(studio.i18n("verify"), id="verify"):
                create_verify_tab(studio)
            with gr.Tab(studio.i18n("moderation"), id="moderation"):
                create_moderation_tab(studio)
            with gr.Tab(studio.i18n("analytics"), id="analytics"):
                create_analytics_tab(studio)
            with gr.Tab(studio.i18n("help"), id="help"):
                create_help_tab(studio)
    return page


def all_calls(studio: Studio) -> dict[str, Call]:
    """Every call of every tab, by name."""
    calls = Storyboards().calls()
    for tab in (
        Account,
        Feed,
        Posts,
        Search,
        Create,
        Remix,
        Cutting,
        Cameo,
        Likeness,
        Inbox,
        Me,
        OwnAccount,
        Verify,
        Moderation,
        PolicyTester,
        RightsRegistry,
        Analytics,
    ):
        calls |= tab(studio).calls()
    return calls


def all_uploads(studio: Studio) -> dict[str, Upload]:
    """Every purpose for which files are taken."""
    uploads: dict[str, Upload] = {}
    for tab in (Verify, Cameo, Materials):
        uploads |= tab(studio).uploads()
    return uploads
