"""The parts of Create beside the prompt: storyboard, variants, engines, pictures, people, and what is refused."""

from PIL import Image

from tests.e2e.creating import LONG, cancel, clips_made, fill, press_make, screen, seed_used, violations
from tests.e2e.keyboard import stands_at, tab_to, wait_until_at


def edit_to_one_second(page) -> None:
    """Opens the storyboard and makes its first shot a second long, so that clips are quick."""
    page.click(".panel summary")
    page.locator(".shot-toggle").first.click()
    page.get_by_label("Seconds", exact=True).fill("1")
    page.get_by_label("Seconds", exact=True).press("Tab")
    page.locator(".panel-length", has_text="1 s").wait_for()


def test_a_storyboard_is_edited_made_twice_compared_chosen_and_deleted(create):
    page = create()
    fill(page, "a red ball bounces in the park", variants="2")
    page.locator(".coverage .chip", has_text="park").wait_for()
    edit_to_one_second(page)
    page.get_by_label("Place", exact=True).select_option("beach")
    page.locator(".panel-note", has_text="is yours now").wait_for()
    page.locator(".coverage .chip", has_text="park").wait_for(state="detached")  # no longer claimed
    press_make(page)
    page.locator(".variant").nth(1).wait_for()
    page.locator(".scores").nth(1).wait_for(timeout=120_000)
    assert page.locator(".variant .scores dd").first.inner_text()  # in words
    assert page.locator("#shelf .thumb").count() == 2
    screen(page, "variants")
    assert violations(page) == []

    page.get_by_role("button", name="Choose this one: Variant 2").click()
    page.locator(".result").wait_for()
    assert "beach" in page.locator(".result .shot").inner_text()
    page.get_by_role("button", name="All variants").click()
    page.get_by_role("button", name="Choose this one: Variant 1").click()
    seed = seed_used(page)
    page.get_by_role("button", name="Read the prompt again").click()
    page.get_by_role("button", name="Adjust").click()
    assert page.input_value("#seed input, #seed textarea") == seed
    assert "beach" in page.locator(".panel .shot-summary").inner_text()

    page.get_by_role("button", name="Delete", exact=True).click()
    page.locator("dialog").get_by_role("button", name="Delete", exact=True).click()
    page.locator(".empty").wait_for()
    page.wait_for_function("document.querySelectorAll('#shelf .thumb').length === 1")


def test_a_clip_in_the_making_can_be_cancelled(create):
    page = create()
    fill(page, **LONG)
    press_make(page)
    page.locator(".making").wait_for()
    page.get_by_role("button", name="Cancel", exact=True).click()
    page.locator(".stage .note", has_text="Cancelled").wait_for()
    assert clips_made(page) == 0
    fill(page, "a dog", seconds="20 s")
    press_make(page)  # the way is free again
    page.locator(".making").wait_for()
    cancel(page)


def test_shots_are_moved_copied_and_deleted_by_keyboard(create):
    page = create()
    fill(page, "a dog runs in the park. Cut to: a cat sleeps in a kitchen")
    page.locator(".panel-length", has_text="2 shots").wait_for()
    page.locator(".panel summary").press("Enter")

    def shots() -> list[str]:
        return page.locator(".shot-summary .subject strong").all_inner_texts()

    page.locator(".board-shot").nth(1).wait_for()
    assert shots() == ["dog", "cat"]
    page.locator(".shot-toggle").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert shots() == ["cat", "dog"]
    assert page.locator(".board-said").inner_text() == "Now shot 2 of 2"
    page.keyboard.press("Alt+ArrowUp")  # the keyboard went with the shot
    assert shots() == ["dog", "cat"]
    page.get_by_role("button", name="Copy shot 1").press("Enter")
    page.locator(".panel-length", has_text="3 shots").wait_for()
    page.get_by_role("button", name="Delete shot 2").press("Enter")
    page.get_by_role("button", name="Delete shot 1").press("Enter")
    page.locator(".panel-length", has_text="1 shot").wait_for()
    assert violations(page) == []
    page.get_by_role("button", name="Read the prompt again").press("Enter")
    page.locator(".panel-length", has_text="2 shots").wait_for()


def test_a_subject_is_changed_and_speaks(create):
    page = create(locale="fr-FR")
    fill(page, "un chien court dans le parc")
    page.locator(".panel-length").wait_for()
    page.click(".panel summary")
    page.locator(".shot-toggle").click()
    page.get_by_label("Qui ou quoi").select_option(label="chat")
    page.get_by_label("Combien").fill("3")
    page.get_by_label("Ajouter : Apparence").select_option("scarf")
    page.get_by_label("Couleur : écharpe").select_option(label="rouge")
    page.get_by_role("button", name="Ajouter une réplique").click()
    page.get_by_label("Ce qui est dit").fill("Miaou !")
    screen(page, "storyboard-french")
    page.locator(".shot-toggle").click()
    summary = page.locator(".shot-summary").inner_text()
    assert all(part in summary for part in ("3 × chat", "écharpe rouge", "courir", "Miaou !", "parc"))


def test_a_refused_prompt_offers_what_would_pass(create):
    page = create()
    fill(page, "Taylor Swift sings on a stage at night")
    press_make(page)
    told = page.locator("#notice .notice", has_text="Not allowed here")
    told.wait_for()
    assert "Taylor" not in told.locator("q").inner_text()
    screen(page, "refused")
    told.get_by_role("button", name="Use this").click()
    assert page.input_value("#prompt textarea") and "Taylor" not in page.input_value("#prompt textarea")
    assert page.locator("#notice .notice").inner_text() == ""


def test_engines_say_what_they_can_and_how_to_get_them(create):
    page = create()
    page.locator(".engine-pick").click()
    world = page.locator(".engine.chosen")
    assert "does not use pictures" in world.inner_text() and "Apache-2.0" in world.inner_text()
    assert page.locator("#images").is_hidden()
    page.locator(".engines-more summary").click()
    model = page.locator(".engine", has_text="LTX-2.5")
    assert "python -m pipelines.engines fetch ltx-2.5" in model.inner_text()
    assert model.get_by_role("button").count() == 0  # cannot be chosen here
    screen(page, "engines")
    assert violations(page) == []
    page.keyboard.press("Escape")


def offer(page, **changes: object) -> None:
    """Lets the page believe that the world engine can do more than it can."""

    def answer(route) -> None:
        told = route.fetch().json()
        told["engines"][0] |= changes
        route.fulfill(json=told)

    page.route("**/calls/engines/list", answer)


def test_pictures_are_taken_pasted_refused_and_removed(create, tmp_path):
    page = create()
    offer(page, images=True, references=True)
    page.locator("#shape label", has_text="1:1").click()  # asks for the engines anew
    page.locator("#images").wait_for(state="visible")
    picture, text = tmp_path / "red.png", tmp_path / "page.png"
    Image.new("RGB", (300, 200), "red").save(picture)
    text.write_text("<html>")
    start, references = page.locator(".picture-slot").first, page.locator(".picture-slot").last
    start.locator("input").set_input_files(text)
    page.locator("#images .notice", has_text="no picture that can be used").wait_for()
    start.locator("input").set_input_files(picture)
    start.locator("img").wait_for()
    page.wait_for_function("document.querySelector('.picture img').naturalWidth === 300")
    page.evaluate(
        """() => fetch(document.querySelector(".picture img").src).then((answer) => answer.blob()).then((blob) => {
            const data = new DataTransfer();
            data.items.add(new File([blob], "red.jpg", {type: "image/jpeg"}));
            document.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true}));
        })"""
    )
    references.locator("img").wait_for()
    references.scroll_into_view_if_needed()
    screen(page, "pictures")
    assert violations(page) == []
    fill(page, "a meadow")
    press_make(page)  # the server knows better than the page
    page.locator("#notice .notice", has_text="cannot use these pictures").wait_for()
    start.get_by_role("button", name="Remove").click()
    assert start.locator("img").count() == 0


def test_handles_are_completed_by_keyboard(create):
    page = create()
    people = [
        {"handle": f"anna_{n}", "name": f"Anna {n}", "own": False, "rules": "politics" * (n == 2)} for n in (1, 2)
    ]
    page.route("**/calls/create/people", lambda route: route.fulfill(json={"people": people}))
    page.focus("#prompt textarea")
    page.keyboard.type("in the park @an")
    page.get_by_role("option").nth(1).wait_for()
    assert "not with: politics" in page.get_by_role("option").nth(1).inner_text()
    assert violations(page) == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("#prompt textarea") == "in the park @anna_2 "
    assert page.get_by_role("listbox").is_hidden()
    page.keyboard.type("dances with @nobody")
    page.locator(".starring .notice", has_text="@nobody").wait_for()
    page.keyboard.type(" @a")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Escape")
    assert page.get_by_role("listbox").is_hidden()


def test_from_the_prompt_to_the_feed_by_keyboard(create):
    page = create()
    tab_to(page, "#prompt textarea")
    page.keyboard.type("a red ball bounces in the park")
    page.locator(".panel-length").wait_for()
    tab_to(page, ".panel summary")
    page.keyboard.press("Enter")
    page.locator(".shot-toggle").first.wait_for()
    tab_to(page, ".shot-toggle")
    page.keyboard.press("Enter")
    tab_to(page, ".shot-grid input")
    page.keyboard.press("Control+a")
    page.keyboard.type("1")
    tab_to(page, "#variants input")
    page.keyboard.press("ArrowRight")
    tab_to(page, ".engine-pick")
    for leave in ("Escape", "Enter"):  # without a choice, and with one: the keyboard comes back each time
        page.keyboard.press("Enter")
        page.locator("dialog .engine").first.wait_for()
        tab_to(page, "dialog .engine button")
        page.keyboard.press(leave)
        page.locator("dialog").wait_for(state="detached")
        assert stands_at(page, ".engine-pick"), leave
    tab_to(page, "#make")
    page.keyboard.press("Enter")
    page.locator(".variant .save").nth(1).wait_for(timeout=120_000)
    assert stands_at(page, "#make"), "what comes meanwhile takes the keyboard from nobody"
    tab_to(page, ".variant .save")
    page.keyboard.press("Enter")
    wait_until_at(page, ".result .prompt-said")
    tab_to(page, ".result .save")
    page.keyboard.press("Enter")
    page.locator("dialog textarea").wait_for()
    page.keyboard.press("Escape")
    wait_until_at(page, ".result .save")
    page.keyboard.press("Enter")
    tab_to(page, "dialog textarea")
    page.keyboard.type("By keys alone")
    tab_to(page, "dialog [type=submit]")
    page.keyboard.press("Enter")
    page.locator(".post-caption", has_text="By keys alone").first.wait_for()
    tab_to(page, "article.post .act-comment")
    page.keyboard.press("Enter")
    tab_to(page, "dialog textarea")
    page.keyboard.press("Escape")
    wait_until_at(page, "article.post .act-comment")
