"""A machine that does what anybody might do and compares the database with a model of consent after every step."""

import psycopg
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from data.client import VISITOR, Caller, PostgresDatabase
from data.errors import Conflict, LeaseLost, NoPermission, NotFound
from tests.data.consent_model import CONCEPTS, GUARDIAN, HANDLES, SWITCHES, WARD, Cameo, Made, Model, Use
from tests.data.world import World, storyboard

SOMEBODY = st.sampled_from(HANDLES)
STARS = st.sampled_from([set(), *({handle} for handle in HANDLES), {"ann", "ben"}, {"ann", "cem"}])


class ConsentMachine(RuleBasedStateMachine):
    """Does anything anybody might do, in any order, and compares. Subclasses say where a fresh database is."""

    def fresh_database(self) -> tuple[PostgresDatabase, psycopg.Connection, str]:
        """A client, the owner's connection, and the address of whoever logs in."""
        raise NotImplementedError("a test says which database")

    @initialize()
    def begin(self) -> None:
        self.database, owner, address = self.fresh_database()
        self.world, self.model = World(self.database, owner), Model()
        self.looking = psycopg.connect(address)
        self.people = {person.handle: person for person in self.world.people(*HANDLES)}
        self.guardian = self.world.join(GUARDIAN)
        self.world.serve(
            "change_settings",
            changes={"daily_credits": 100000, "open_generations_per_member": 1000, "running_per_member": 1000},
        )
        self.viewers: dict[str | None, Caller] = {name: person.caller for name, person in self.people.items()}
        self.viewers[None] = VISITOR
        # Three people are open to others from the start, each in another way, so that most stories go somewhere.
        for who, audience in zip(HANDLES, ("everyone", "people", "mutuals"), strict=False):
            self.record(who)
            self.change_rules(who, audience, None, None, None, None)
        for other in HANDLES[2:]:
            self.permission("ben", other, "grant")
        for one, other in (("ann", "cem"), ("cem", "ann"), ("dan", "cem"), ("cem", "dan")):
            self.relate(one, other, "follow")
        for who, stars in (("dan", {"ann"}), ("cem", {"ben"}), ("dan", {"cem", "ann"}), ("ann", {"cem"})):
            self.make(who, stars, "public")

    # What people do with their cameo

    @rule(who=SOMEBODY, understood=st.sampled_from([True, True, False]))
    def record(self, who: str, understood: bool = True) -> None:
        self.world.record(self.people[who], live_check={"passed": True, "needs_confirmation": not understood})
        cameo = self.model.cameos.setdefault(who, Cameo())
        cameo.under_review, cameo.awaits_guardian = not understood, True

    @rule(who=SOMEBODY, accept=st.sampled_from([True, True, True, False]))
    def review(self, who: str, accept: bool) -> None:
        """A moderator listens to somebody's numbers."""
        cameo = self.model.cameos.get(who)
        if cameo is None or not cameo.under_review:
            return
        self.world.moderator.call("review_cameo", handle=who, accept=accept, reason="Listened to the numbers.")
        cameo.under_review = False
        if not accept:
            cameo.past_clips, cameo.deleted = "remove", True
            self.model.cameos.pop(who)
            self.model.settle()

    @rule(step=st.sampled_from(["begin", "approve", "approve", "end"]))
    def guard(self, step: str) -> None:
        """A guardian begins to look after the ward, agrees to the ward's cameo, or lets go."""
        ward = self.people[WARD]
        cameo = self.model.cameos.get(WARD)
        if step == "begin" and not self.model.guarded:
            self.guardian.call("offer_guardianship", ward=WARD)
            ward.call("accept_guardianship", guardian=GUARDIAN)
            self.model.guarded = True
            if cameo:
                cameo.awaits_guardian = True
                cameo.audience = "people" if cameo.audience in ("mutuals", "everyone") else cameo.audience
            self.model.settle()
        elif step == "approve" and self.model.guarded:
            self.guardian.call("approve_ward_cameo", handle=WARD)
            if cameo:
                cameo.awaits_guardian = False
        elif step == "end" and self.model.guarded:
            self.guardian.call("end_guardianship", handle=WARD)
            self.model.guarded = False

    @rule(
        who=SOMEBODY,
        audience=st.sampled_from([None, "only_me", "people", "mutuals", "everyone"]),
        past_clips=st.sampled_from([None, None, "remove", "keep"]),
        restrictions=st.none() | st.sets(st.sampled_from(CONCEPTS), max_size=1),
        switches=st.none() | st.sets(st.sampled_from(SWITCHES), max_size=2),
        paused=st.sampled_from([None, None, None, True, False, False]),
    )
    def change_rules(
        self,
        who: str,
        audience: str | None,
        past_clips: str | None,
        restrictions: set[str] | None,
        switches: set[str] | None,
        paused: bool | None,
    ) -> None:
        if not (cameo := self.model.cameos.get(who)):
            return
        if who == WARD and self.model.guarded and audience in ("mutuals", "everyone"):
            audience = "people"  # the guardian allows no wider one
        given = {
            "restrictions": None if restrictions is None else sorted(restrictions),
            "switches": None if switches is None else sorted(switches),
        }
        self.people[who].call("set_cameo_rules", audience=audience, past_clips=past_clips, paused=paused, **given)
        # What happens to past clips counts first, then each change that may end something.
        cameo.past_clips = past_clips or cameo.past_clips
        self.model.settle()
        cameo.restrictions = cameo.restrictions if restrictions is None else restrictions
        self.model.settle()
        cameo.switches = cameo.switches if switches is None else switches
        self.model.settle()
        cameo.audience = audience or cameo.audience
        cameo.paused = cameo.paused if paused is None else paused
        self.model.settle()

    @rule(who=SOMEBODY, other=SOMEBODY, answer=st.sampled_from(["grant", "grant", "expire", "revoke"]))
    def permission(self, who: str, other: str, answer: str) -> None:
        cameo = self.model.cameos.get(who)
        if cameo is None or who == other or (answer == "grant" and self.model.blocked(who, other)):
            return
        if answer == "expire":
            self.expire(who, other)
            return
        self.people[who].call(f"{answer}_cameo", handle=other)
        if answer == "grant":
            cameo.granted.add(other)
            cameo.refused.discard(other)
        else:
            cameo.granted.discard(other)
            cameo.refused.add(other)
            self.model.settle()

    def expire(self, who: str, other: str) -> None:
        """A permission was given until a day, and the day has come."""
        self.world.owner.execute(
            "update public.cameo_grants set until = now() - interval '1 minute' from public.cameos as c, "
            "public.profiles as p, public.profiles as q where c.id = cameo and c.owner = p.id and p.handle = %s "
            "and c.deleted_at is null and grantee = q.id and q.handle = %s and state = 'granted'",
            (who, other),
        )
        self.world.serve("end_expired_grants")
        self.model.cameos[who].granted.discard(other)
        self.model.settle()

    @rule(who=SOMEBODY, past_clips=st.sampled_from([None, "remove", "keep"]))
    def delete_cameo(self, who: str, past_clips: str | None) -> None:
        if cameo := self.model.cameos.pop(who, None):
            self.people[who].call("delete_cameo", past_clips=past_clips)
            cameo.past_clips, cameo.deleted = past_clips or cameo.past_clips, True
            self.model.settle()

    # What people do with each other

    @rule(who=SOMEBODY, other=SOMEBODY, step=st.sampled_from(["follow", "follow", "unfollow", "block", "unblock"]))
    def relate(self, who: str, other: str, step: str) -> None:
        if who == other or (step == "follow" and self.model.blocked(who, other)):
            return
        self.people[who].call(step, handle=other)
        if step == "follow":
            self.model.follows.add((who, other))
        elif step == "unfollow":
            self.model.follows.discard((who, other))
        elif step == "block":
            self.model.blocks.add((who, other))
            self.model.follows -= {(who, other), (other, who)}
        else:
            self.model.blocks.discard((who, other))
        self.model.settle()

    # What people make

    @rule(who=SOMEBODY, stars=STARS, concept=st.sampled_from(CONCEPTS))
    def ask(self, who: str, stars: set[str], concept: str) -> None:
        self.request(who, stars, concept)

    def request(self, who: str, stars: set[str], concept: str) -> str | None:
        """Somebody asks for a clip; its generation, unless it is refused."""
        cameos = {star: self.model.cameos.get(star) for star in stars}
        alone = len(stars) == 1
        allowed = all(cameo and self.model.permits(star, cameo, who, concept, alone) for star, cameo in cameos.items())
        try:
            asked = self.world.ask(self.people[who], storyboard=storyboard(*sorted(stars), action=concept))
        except NoPermission:
            assert not allowed
            return None
        assert allowed
        self.model.made[asked] = Made(who, concept, [Use(cameo, star) for star, cameo in cameos.items()])
        return asked

    @rule(who=SOMEBODY, stars=STARS, visibility=st.sampled_from(["public", "followers", "private", None]))
    def make(self, who: str, stars: set[str], visibility: str | None) -> None:
        """Somebody asks, the worker makes all that waits, and the clip is published or stays a draft."""
        if asked := self.request(who, stars, "run"):
            while self.model.made[asked].state == "open":
                self.work()
            if visibility:
                self.publish_clip(self.model.made[asked], visibility)

    @rule(who=SOMEBODY, data=st.data())
    def ask_with_a_clip(self, who: str, data: st.DataObject) -> None:
        """Somebody refers to a clip: everyone in it is in what comes of it."""
        if not (found := self.finished(data)):
            return
        visible = self.model.sees_clip(who, found)
        allowed = all(
            self.model.permits(use.star, use.cameo, who, "run", True)
            and not ("remix" in use.cameo.switches and use.star != who)
            for use in found.uses
        )
        try:
            asked = self.world.ask(self.people[who], references=[{"clip": found.clip}])
        except NotFound:
            assert not visible
        except NoPermission:
            assert visible and not allowed
        else:
            assert visible and allowed
            self.model.made[asked] = Made(who, "run", [Use(use.cameo, use.star) for use in found.uses], named=False)

    @rule()
    def work(self) -> None:
        """A worker makes whatever is next."""
        if claimed := self.world.claim():
            made = self.model.made[claimed["id"]]
            assert made.state == "open"
            self.finish(claimed, made)

    def finish(self, claimed: dict, made: Made) -> None:
        """The worker hands in a clip; while somebody in it rests, there is none."""
        try:
            made.clip, made.state = self.world.finish(claimed), "done"
        except NoPermission:
            assert not self.model.permitted(made)
            refusal = {"rule": "consent", "reason": "Somebody in it paused their cameo."}
            self.world.serve("refuse_generation", generation=claimed["id"], lease=claimed["lease"], **refusal)
            made.state = "ended"
        else:
            assert self.model.permitted(made)

    @rule(ending=st.sampled_from(["revoke", "only_me", "delete", "cancel"]))
    def work_while_somebody_changes_their_mind(self, ending: str) -> None:
        """The permission ends between a worker's claim and its finish."""
        if not (claimed := self.world.claim()):
            return
        made = self.model.made[claimed["id"]]
        star = made.uses[0].star if made.uses else None
        if ending == "cancel" or star is None or star not in self.model.cameos:
            self.people[made.author].call("cancel_generation", id=claimed["id"])
            made.state = "ended"
        elif ending == "revoke":
            self.permission(star, made.author, "revoke")
        elif ending == "only_me":
            self.change_rules(star, "only_me", None, None, None, None)
        else:
            self.delete_cameo(star, None)
        was_open = made.state == "open"
        try:
            self.finish(claimed, made)
        except LeaseLost:
            assert not was_open
        else:
            assert was_open

    @rule(data=st.data(), visibility=st.sampled_from(["public", "followers", "private"]))
    def publish(self, data: st.DataObject, visibility: str) -> None:
        if made := self.finished(data):
            self.publish_clip(made, visibility)

    def publish_clip(self, made: Made, visibility: str) -> None:
        """Publishes a clip, or is refused for the reason that the model knows."""
        try:
            self.world.publish(self.people[made.author], made.clip, visibility=visibility)
        except NotFound:
            assert made.deleted
        except NoPermission:
            assert not self.model.permitted(made)
        except Conflict:
            assert made.visibility is not None
        else:
            assert self.model.permitted(made) and made.visibility is None and not made.deleted
            made.visibility = visibility

    @rule(data=st.data(), who=SOMEBODY)
    def withdraw(self, data: st.DataObject, who: str) -> None:
        if not (made := self.finished(data)):
            return
        mine = [use for use in made.uses if use.star == who and not use.ended]
        try:
            self.people[who].call("withdraw_from_clip", clip=made.clip)
        except NotFound:
            assert not mine
        else:
            assert mine
            for use in mine:
                self.model.end(made, use)

    @rule(data=st.data(), who=SOMEBODY)
    def delete(self, data: st.DataObject, who: str) -> None:
        if not (made := self.finished(data)):
            return
        may = who == made.author or any(use.star == who and not use.ended for use in made.uses)
        try:
            self.people[who].call("delete_clip", clip=made.clip)
        except NotFound:
            assert made.deleted or not may
        else:
            assert may and not made.deleted
            made.deleted, made.visibility = True, None

    def finished(self, data: st.DataObject) -> Made | None:
        """One of the clips, if there are any."""
        clips = [made for made in self.model.made.values() if made.clip]
        return clips[data.draw(st.integers(0, len(clips) - 1))] if clips else None

    # What must hold at any time

    @invariant()
    def everybody_sees_exactly_what_they_may(self) -> None:
        stored = "select path, clip::text from public.media where purpose = 'clip' and clip is not null"
        files = dict(self.world.owner.execute(stored).fetchall())
        for viewer, caller in self.viewers.items():
            posts, clips, readable = self.seen_by(caller, files)
            model = self.model.made.values()
            assert posts == {made.clip for made in model if self.model.sees_post(viewer, made)}
            expected = {made.clip for made in model if self.model.sees_clip(viewer, made)}
            assert clips == expected
            assert readable == expected

    @invariant()
    def every_generation_is_in_the_state_it_should_be(self) -> None:
        states = {"queued": "open", "running": "open", "done": "done", "refused": "ended", "cancelled": "ended"}
        rows = self.world.owner.execute("select id::text, state from public.generations").fetchall()
        assert {key: states[state] for key, state in rows} == {key: made.state for key, made in self.model.made.items()}

    @invariant()
    def files_of_ended_clips_are_on_their_way_out(self) -> None:
        due = "select distinct clip::text from public.media where clip is not null and delete_at <= now()"
        going = {clip for (clip,) in self.world.owner.execute(due)}
        gone = {
            made.clip
            for made in self.model.made.values()
            if made.clip and (made.deleted or any(use.ended for use in made.uses))
        }
        assert going == gone

    def seen_by(self, caller: Caller, files: dict[str, str]) -> tuple[set[str], set[str], set[str]]:
        """The clips of all posts, all clips, and the clips of all files that somebody can read, in their own role."""
        with self.looking.transaction():
            self.looking.execute(
                "select set_config('role', %s, true), set_config('request.jwt.claims', %s, true)",
                (caller.role, caller.claims()),
            )
            posts, clips, readable = self.looking.execute(
                "select array(select clip::text from public.posts), array(select id::text from public.clips), "
                "array(select path from unnest(%s::text[]) as path where public.media_access(path) is not null)",
                (list(files),),
            ).fetchone()
        return set(posts), set(clips), {files[path] for path in readable}

    def teardown(self) -> None:
        self.looking.close()
        self.database.close()
        self.world.owner.close()
