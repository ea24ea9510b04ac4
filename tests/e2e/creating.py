"""What tests of the Create tab do again and again."""

from pathlib import Path

PROMPT = "a meadow with violet flowers at sunset, birds singing"
LONG = {"seconds": "20 s"}  # long enough to be watched, left and cancelled
SCREENS = Path(__file__).parents[2] / "var" / "screens"


def fill(page, prompt: str = PROMPT, **choices: str) -> None:
    page.fill("#prompt textarea", prompt)
    for field, choice in choices.items():
        page.locator(f"#{field} label", has_text=choice).click()


def press_make(page) -> None:
    page.click("#make")


def wait_for_clip(page) -> None:
    page.locator(".result video").wait_for(timeout=120_000)


def cancel(page) -> None:
    """Stops what this member has in the making, so that other tests need not wait for it."""
    page.evaluate(
        """async () => {
            const ask = (name, sent) => fetch("./calls/create/" + name, {method: "POST", body: JSON.stringify(sent)});
            const mine = await (await ask("mine", {})).json();
            for (const one of mine.generations)
                if (["queued", "running"].includes(one.state)) await ask("cancel", {id: one.id});
        }"""
    )


def clips_made(page) -> int:
    return page.locator("#shelf .thumb").count()


def seed_used(page) -> str:
    return page.locator(".result .seed-used").inner_text()


def screen(page, name: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"create-{name}.png")


def violations(page) -> list[tuple[str, list[str]]]:
    """What axe finds wrong on the page: (rule, pieces of HTML)."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(rule["id"], [part["html"] for part in rule["nodes"]]) for rule in found]
