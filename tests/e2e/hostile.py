"""What hostile people type, and every field that they can type it in, with the story that does."""

import re
from collections.abc import Callable
from typing import NamedTuple

EVALUATED = "${window.stolen=1}"  # Gradio's templates would run this …
ESCAPED = r"\x3cimg src\x3dx onerror\x3dwindow.stolen\x3d1\x3e"  # … and make this an element
MARKUP = "<img src=x onerror=window.stolen=1>"
ATTACK = f"{EVALUATED} {ESCAPED} {MARKUP}"
BRIEF = r"${stolen=1}\x3cb id\x3ds\x3e"  # both payloads for the fields that are short
HARM = "window.stolen !== undefined || Boolean(document.querySelector('img[src=x], b#s'))"

SCRIPTED = re.compile(r'input\("(?:text|textarea|search|email|password)"(?:, \{(?P<options>[^}]*)\})?')


class Field(NamedTuple):
    """A field that takes text: the script that draws it, its name on the page, and the story that attacks it."""

    script: str
    name: str
    story: str
    place: str = ""  # tells fields of one name apart


JOINING, ACCOUNT = "test_who_joins_types_text", "test_the_own_account_takes_text"
FEED, INBOX, MODERATING = "test_the_feed_takes_text", "test_the_inbox_takes_text", "test_moderators_type_text"
AUTHOR, REMIX = "test_the_author_sees_text_in_create_and_in_decisions", "test_what_is_typed_is_text_and_nothing_more"
RULES, CONFIRMING = "test_hostile_rules_are_text", "test_a_moderator_confirms_and_the_person_allows"
VERIFY = "test_a_link_to_verify_is_text"

FIELDS = (
    Field("create.py", "What should be seen and heard?", AUTHOR),
    Field("create.py", "Seed", AUTHOR),
    Field("shot.js", "What is said", AUTHOR),
    Field("share.js", "Caption", AUTHOR),
    Field("remix_change.js", "What should be different?", REMIX),
    Field("remix_cut.js", "What happens next?", REMIX),
    Field("bar.js", "Handle", JOINING),
    Field("bar.js", "Invitation", JOINING),
    Field("bar.js", "Email", JOINING),
    Field("bar.js", "Password", JOINING),
    Field("bar.js", "Email", JOINING, "signing in"),
    Field("bar.js", "Password", JOINING, "signing in"),
    Field("me.js", "Name", ACCOUNT),
    Field("me.js", "About you", ACCOUNT),
    Field("settings.js", "Email", ACCOUNT),
    Field("settings.js", "Password", ACCOUNT),
    Field("settings.js", "Old password", ACCOUNT),
    Field("settings.js", "New password", ACCOUNT),
    Field("settings.js", "Look after", ACCOUNT),
    Field("settings.js", "Name of a program", ACCOUNT),
    Field("settings.js", "Handle", ACCOUNT, "leaving"),
    Field("search.js", "Search", FEED),
    Field("described.js", "What do you want to see?", FEED),
    Field("described.js", "Its name", FEED),
    Field("comments.js", "Say something kind", FEED),
    Field("share.js", "Anything that helps to understand (optional)", FEED),
    Field("claims.js", "Which work or brand is yours?", FEED),
    Field("claims.js", "Why is it yours, and what in the post shows it?", FEED),
    Field("claims.js", "Signed", FEED),
    Field("inbox.js", "Write to", INBOX),
    Field("inbox.js", "Write a message", INBOX),
    Field("decisions.js", "Why was the decision wrong?", INBOX),
    Field("decisions.js", "The text that was refused", INBOX),
    Field("decisions.js", "Why is it fine?", INBOX),
    Field("claims.js", "Why may you show it?", INBOX),
    Field("claims.js", "Number of the lawsuit or the settlement office", INBOX),
    Field("cameo_rules.js", "Handle", RULES),
    Field("cameo_rules.js", "What you do not want", RULES),
    Field("cameo_rules.js", "How you appear", RULES),
    Field("cameo_queue.js", "Why", CONFIRMING),
    Field("case.js", "Reason, which its author reads", MODERATING),
    Field("audit.js", "Handle", MODERATING),
    Field("policy.js", "Text", MODERATING),
    Field("policy.js", "Amendments to the shipped policy, as JSON", MODERATING),
    Field("policy.js", "What changes, and why", MODERATING),
    Field("policy.js", "Why is it rolled back?", MODERATING),
    *(
        Field("rights.js", name, MODERATING)
        for name in (
            "Id (letters, digits, _)",
            "Name",
            "Holder",
            "Member who is paid",
            "Other names, with commas",
            "Where",
            "Attribution",
            "Terms",
        )
    ),
    Field("verify.js", "Link to a clip here", VERIFY),
)

Attack = Callable[..., object]


def drawn_by(script: str) -> int:
    """How many fields for text a script of the page draws, from its source."""
    found = [one["options"] or "" for one in SCRIPTED.finditer(script)]
    return sum("readOnly: true" not in options for options in found)


def attacked(scope, name: str, text: str = ""):
    """Types the payloads, as long as the field takes them, into the field with this name; gives the field."""
    label = f'label.field:has(> .field-label:text-is("{name}")) > :is(input, textarea)'
    named = f':is(input, textarea)[aria-label="{name}"], label:has(span:text-is("{name}")) :is(input, textarea)'
    box = scope.locator(f"{label}, {named}").locator("visible=true").last
    room = int(box.get_attribute("maxlength") or len(ATTACK))
    box.evaluate("(box) => box.form && (box.form.noValidate = true)")  # who attacks sends what the browser would not
    box.fill(text or (ATTACK if room >= len(ATTACK) else BRIEF))
    return box


def unharmed(page, *shown: str) -> None:
    """Nothing ran, no element came of a text, and the texts stand on the page as they were typed."""
    for text in shown:
        page.get_by_text(text).locator("visible=true").first.wait_for()
    assert not page.evaluate(HARM)
