"""What somebody rules out in their own words holds where the clip is made, whoever wrote the request."""

from tests.data.world import Person, World, storyboard
from tests.pipelines.worker.asking import Employ, ask, seen


def test_a_prompt_that_somebody_rules_out_is_refused_and_told(world: World, author: Person, employ: Employ) -> None:
    star = world.join("star")
    world.cameo(star, "everyone", wishes="never smoking")
    employ()
    asked = ask(author, prompt="@star lights a cigarette", storyboard=storyboard("star"))
    ended = seen(author, asked, "refused")
    assert ended["error_code"] == "consent" and "@star does not want to appear with smoking" in ended["error"]
