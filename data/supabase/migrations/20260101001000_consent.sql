-- Consent, enforced here and nowhere else: who may use a likeness, what still stands, and what falls when it ends.
--
-- Locks: whoever uses a likeness holds its cameo row "for share" until the end of the transaction, whoever ends a
-- permission takes it "for update". So a use and a revocation never pass each other unseen.

create function private.cameo_handles(p_storyboard jsonb) returns text[]
language sql immutable set search_path = ''
as $$
    select coalesce(array_agg(distinct lower(named #>> '{}')), '{}')
    from jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].cameo ? (@ != null)') as named;
$$;
comment on function private.cameo_handles(jsonb) is 'The handles of the people whom a storyboard stars.';

create function private.concepts(p_storyboard jsonb) returns text[]
language sql immutable set search_path = ''
as $$
    select coalesce(array_agg(distinct concept #>> '{}'), '{}') from (
        select jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].*') as concept
        union all select jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].*[*]')
        union all select jsonb_path_query(p_storyboard, '$.shots[*].*')
        union all select jsonb_path_query(p_storyboard, '$.shots[*].*[*]')
    ) as found
    where jsonb_typeof(concept) = 'string' and concept #>> '{}' ~ '^[a-z][a-z0-9_]{0,39}$';
$$;
comment on function private.concepts(jsonb) is 'Every concept that a storyboard shows or lets be heard: dog, run, meadow, sunset …';

create function private.speaks(p_storyboard jsonb, p_handle text) returns boolean
language sql immutable set search_path = ''
as $$
    select exists (
        select from jsonb_path_query(p_storyboard, '$.shots[*]') as shot,
             jsonb_array_elements(case jsonb_typeof(shot -> 'subjects') when 'array' then shot -> 'subjects' else '[]' end) as subject,
             jsonb_array_elements(case jsonb_typeof(shot -> 'lines') when 'array' then shot -> 'lines' else '[]' end) as line
        where lower(subject ->> 'cameo') = p_handle
          and coalesce(line ->> 'speaker', p_handle) in (p_handle, subject ->> 'kind'));
$$;
comment on function private.speaks(jsonb, text) is 'Whether a storyboard lets this person say something.';

-- Definer (as all below): consent is read from rows that neither side may see in full.
create function private.rules_out(p_cameo public.cameos, p_member uuid, p_storyboard jsonb) returns boolean
language sql stable security definer set search_path = ''
as $$
    select
        exists (select from public.cameo_restrictions as r
                where r.cameo = p_cameo.id and r.concept = any (private.concepts(p_storyboard)))
        or (cardinality(p_cameo.switches) > 0 and (
            exists (select from private.topic_concepts as t
                    where t.topic = any (p_cameo.switches) and t.concept = any (private.concepts(p_storyboard)))
            or ('other_cameos' = any (p_cameo.switches) and cardinality(private.cameo_handles(p_storyboard)) > 1)
            or ('minors' = any (p_cameo.switches)
                and exists (select from public.guardianships where ward = p_member and state = 'active'))
            or ('voice' = any (p_cameo.switches) and private.speaks(
                p_storyboard, (select handle from public.profiles where id = p_cameo.owner)))));
$$;
comment on function private.rules_out(public.cameos, uuid, jsonb) is
    'Whether the person''s restrictions and switches rule this storyboard out.';

create function private.agrees(p_cameo uuid, p_member uuid, p_storyboard jsonb) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.cameos as c
        left join public.cameo_grants as g on g.cameo = c.id and g.grantee = p_member
        where c.id = p_cameo and c.deleted_at is null and (
            c.owner = p_member or (
                not private.blocked_between(c.owner, p_member)
                and coalesce(g.state, 'none') not in ('refused', 'revoked')
                and case c.audience
                    when 'everyone' then true
                    when 'people' then g.state = 'granted' and coalesce(g.until > now(), true)
                    when 'mutuals' then exists (select from public.follows where follower = c.owner and followee = p_member)
                                    and exists (select from public.follows where follower = p_member and followee = c.owner)
                    else false
                end
                and not private.rules_out(c, p_member, p_storyboard)
            )
        )
    );
$$;
comment on function private.agrees(uuid, uuid, jsonb) is
    'Whether the person agrees that this member shows this cameo in this storyboard. A pause changes nothing here.';

create function private.is_put_away(p_cameo uuid, p_member uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.cameos as c where c.id = p_cameo and c.deleted_at is null and (
            (c.owner <> p_member and (c.paused or cardinality(c.review) > 0))
            or (c.awaits_guardian and exists (select from public.guardianships where ward = c.owner and state = 'active'))));
$$;
comment on function private.is_put_away(uuid, uuid) is
    'Whether a cameo rests for this member: paused, or waiting for a guardian or a moderator. Nothing falls meanwhile.';

create function private.permits(p_cameo uuid, p_member uuid, p_storyboard jsonb) returns boolean
language sql stable security definer set search_path = ''
as $$ select private.agrees(p_cameo, p_member, p_storyboard) and not private.is_put_away(p_cameo, p_member) $$;
comment on function private.permits(uuid, uuid, jsonb) is
    'Whether this member has a live permission to show this cameo in this storyboard: the one rule of consent.';

create function private.clip_is_permitted(p_clip uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select count(*) > 0 and coalesce(bool_and(
        u.withdrawn_at is null and not private.is_put_away(u.cameo, u.author)
        and (u.kept_at is not null or private.agrees(u.cameo, u.author, g.storyboard))), false)
    from public.cameo_uses as u join public.generations as g on g.id = u.generation
    where u.clip = p_clip;
$$;
comment on function private.clip_is_permitted(uuid) is
    'Whether everyone whom a clip stars still agrees to it. False for a clip that lost its record of who that was.';
grant execute on function private.clip_is_permitted(uuid) to service_role;

create function private.is_closed_to_me(p_clip uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (select from public.guardianships where ward = auth.uid() and state = 'active')
       and exists (
        select from public.cameo_uses as u join public.cameos as c on c.id = u.cameo
        where u.clip = p_clip and 'minors' = any (c.switches) and c.owner <> auth.uid());
$$;
comment on function private.is_closed_to_me(uuid) is 'Whether somebody in a clip does not want minors to see it, and the caller is one.';
grant execute on function private.is_closed_to_me(uuid) to anon, authenticated, service_role;

create function private.my_people() returns uuid[]
language sql stable security definer set search_path = ''
as $$
    select array_agg(id) from (
        select auth.uid() as id where auth.uid() is not null
        union all select ward from public.guardianships where guardian = auth.uid() and state = 'active'
    ) as people;
$$;
comment on function private.my_people() is 'The caller and their wards: whose likeness the caller may protect.';
grant execute on function private.my_people() to anon, authenticated, service_role;

create function private.is_my_cameo(p_cameo uuid) returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select from public.cameos where id = p_cameo and owner = any (private.my_people())) $$;
comment on function private.is_my_cameo(uuid) is 'Whether a cameo is the caller''s or a ward''s.';
grant execute on function private.is_my_cameo(uuid) to authenticated, service_role;

create function private.appears_in(p_clip uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.cameo_uses as u join public.cameos as c on c.id = u.cameo
        where u.clip = p_clip and u.withdrawn_at is null and c.owner = any (private.my_people()));
$$;
comment on function private.appears_in(uuid) is 'Whether the caller, or a ward of theirs, is seen in a clip: they own it too.';
grant execute on function private.appears_in(uuid) to anon, authenticated, service_role;

create function private.can_see_post(p_post bigint) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.posts as p
        where p.id = p_post and p.removed_at is null
          and p.author <> all (private.hidden_from_me())
          and (not p.stars_people or (private.clip_is_permitted(p.clip) and not private.is_closed_to_me(p.clip)))
          and (p.author = auth.uid()
               or (p.stars_people and private.appears_in(p.clip))
               or ((p.held or p.visibility <> 'private') and private.is_moderator())
               or (not p.held and (p.visibility = 'public' or (p.visibility = 'followers' and exists (
                       select from public.follows as f where f.follower = auth.uid() and f.followee = p.author)))))
    );
$$;
comment on function private.can_see_post(bigint) is 'Whether the caller may see a post.';
grant execute on function private.can_see_post(bigint) to anon, authenticated, service_role;

create function private.can_see_clip(p_clip uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.clips as c
        where c.id = p_clip and c.deleted_at is null and c.withdrawn_at is null
          and (not c.stars_people or (private.clip_is_permitted(c.id) and not private.is_closed_to_me(c.id)))
          and (c.author = auth.uid()
               or (c.stars_people and private.appears_in(c.id))
               or (c.held and private.is_moderator())
               or exists (select from public.posts as p where p.clip = c.id and private.can_see_post(p.id)))
    );
$$;
comment on function private.can_see_clip(uuid) is 'Whether the caller may see a clip: as its author, as somebody in it, or through a post.';
grant execute on function private.can_see_clip(uuid) to anon, authenticated, service_role;

-- Ending a permission

create function private.withdraw_use(p_generation uuid, p_cameo uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_author uuid;
    v_clip uuid;
begin
    update public.cameo_uses set withdrawn_at = now(), kept_at = null
    where generation = p_generation and cameo = p_cameo and withdrawn_at is null
    returning author into v_author;
    if not found then
        return;
    end if;
    perform private.end_generation(p_generation, 'refused', 'consent',
        'Somebody whom this clip was to star no longer agrees.', array['queued', 'running']);
    update public.clips set withdrawn_at = coalesce(withdrawn_at, now())
    where generation = p_generation returning id into v_clip;
    update public.posts set removed_at = now(), removed_reason = 'consent' where clip = v_clip and removed_at is null;
    update public.media set delete_at = now() where generation = p_generation and (delete_at is null or delete_at > now());
    delete from public.generation_previews where generation = p_generation;
    perform private.notify(v_author, 'consent_ended', jsonb_build_object('generation', p_generation, 'clip', v_clip), null);
    perform private.audit('cameo.use_withdrawn', p_generation::text, jsonb_build_object('cameo', p_cameo, 'clip', v_clip));
end;
$$;
comment on function private.withdraw_use(uuid, uuid) is
    'Ends one use of a likeness for good: the generation stops, the posts fall, and the files go with the next sweep.';

create function private.reconsider(p_cameo uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo public.cameos;
    v_use record;
begin
    select * into v_cameo from public.cameos where id = p_cameo for update;
    for v_use in
        select u.generation, u.clip from public.cameo_uses as u join public.generations as g on g.id = u.generation
        where u.cameo = p_cameo and u.withdrawn_at is null and not private.agrees(u.cameo, u.author, g.storyboard)
        order by u.generation
    loop
        if v_cameo.past_clips = 'keep' and v_use.clip is not null then
            update public.cameo_uses set kept_at = coalesce(kept_at, now())
            where generation = v_use.generation and cameo = p_cameo;
        else
            perform private.withdraw_use(v_use.generation, p_cameo);
        end if;
    end loop;
end;
$$;
comment on function private.reconsider(uuid) is
    'After any change of a cameo''s rules: every use without a live permission falls, save finished clips that the person lets stand.';

-- Each change that can end a permission leads to one function, in the same transaction.

create function private.reconsider_after_change() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo uuid;
begin
    if tg_table_name = 'cameos' then
        perform private.reconsider(new.id);
    elsif tg_table_name in ('cameo_grants', 'cameo_restrictions') then
        perform private.reconsider(case when tg_op = 'DELETE' then old.cameo else new.cameo end);
    elsif tg_table_name = 'follows' then
        for v_cameo in select id from public.cameos
            where owner in (old.follower, old.followee) and audience = 'mutuals' and deleted_at is null order by id
        loop
            perform private.reconsider(v_cameo);
        end loop;
    elsif tg_table_name = 'blocks' then
        for v_cameo in select id from public.cameos
            where owner in (new.blocker, new.blocked) and deleted_at is null order by id
        loop
            perform private.reconsider(v_cameo);
        end loop;
    end if;
    return null;
end;
$$;
comment on function private.reconsider_after_change() is 'Trigger: a change that can end permissions is acted on at once.';

create trigger cameo_rules_are_enforced after update of audience, past_clips, switches, deleted_at on public.cameos
for each row execute function private.reconsider_after_change();
create trigger grants_are_enforced after insert or update or delete on public.cameo_grants
for each row execute function private.reconsider_after_change();
create trigger restrictions_are_enforced after insert on public.cameo_restrictions
for each row execute function private.reconsider_after_change();
create trigger ended_follows_are_enforced after delete on public.follows
for each row execute function private.reconsider_after_change();
create trigger blocks_are_enforced after insert on public.blocks
for each row execute function private.reconsider_after_change();

create function private.withdraw_all_uses() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_generation uuid;
begin
    for v_generation in
        select generation from public.cameo_uses where cameo = old.id and withdrawn_at is null order by generation
    loop
        perform private.withdraw_use(v_generation, old.id);
    end loop;
    return old;
end;
$$;
comment on function private.withdraw_all_uses() is 'Trigger: when a person leaves, every clip with their likeness falls.';
create trigger cameos_leave_nothing_behind before delete on public.cameos
for each row execute function private.withdraw_all_uses();

-- A guardian's limit on the audience holds for what is and for what comes.
create function private.audience_width(p_audience text) returns integer
language sql immutable set search_path = ''
as $$ select array_position(array['only_me', 'people', 'mutuals', 'everyone'], p_audience) $$;
comment on function private.audience_width(text) is 'How wide a cameo''s audience is, 1 to 4.';

create function private.keep_ward_limits() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    update public.cameos set audience = new.cameo_audience
    where new.state = 'active' and owner = new.ward and deleted_at is null
      and private.audience_width(audience) > private.audience_width(new.cameo_audience);
    if new.state = 'active' and (tg_op = 'INSERT' or old.state <> 'active') then
        update public.cameos set awaits_guardian = true where owner = new.ward and deleted_at is null;
        -- The member is a minor from now on: whoever does not want to be in minors' clips leaves theirs.
        perform private.reconsider(used.id) from (
            select distinct c.id from public.cameo_uses as u join public.cameos as c on c.id = u.cameo
            where u.author = new.ward and u.withdrawn_at is null and 'minors' = any (c.switches) order by c.id) as used;
    end if;
    return null;
end;
$$;
comment on function private.keep_ward_limits() is
    'Trigger: a ward''s cameo never has a wider audience than the guardian allows, and waits for the guardian''s yes.';
create trigger ward_limits_are_kept after insert or update on public.guardianships
for each row execute function private.keep_ward_limits();

-- Who sees what, in terms of the rules above.

create policy "Posts are seen by those they are for, while everyone in them agrees" on public.posts
for select to anon, authenticated using (
    removed_at is null
    and author <> all ((select private.hidden_from_me())::uuid[])
    and (
        -- Nearly every row: decided without a call.
        (not held and not stars_people and (visibility = 'public' or (visibility = 'followers' and exists (
            select from public.follows as f where f.follower = (select auth.uid()) and f.followee = author))))
        or (author = (select auth.uid()) and not stars_people)
        -- The rest: asked only about posts of which the function might say yes.
        or ((stars_people or held or (select private.is_moderator())) and private.can_see_post(id))
    )
);
grant select on public.posts to anon, authenticated;

create policy "Clips are seen by their author, the people in them, and through posts" on public.clips
for select to anon, authenticated using (
    deleted_at is null and withdrawn_at is null
    and (
        -- Nearly every row: decided without a call, by the policy on posts above.
        (not stars_people and (author = (select auth.uid()) or exists (select from public.posts as p where p.clip = clips.id)))
        or private.can_see_clip(id)
    )
);
grant select on public.clips to anon, authenticated;

create policy "Authors and the people in them see generations" on public.generations
for select to authenticated using (
    author = (select auth.uid())
    or exists (select from public.cameo_uses as u where u.generation = generations.id and u.withdrawn_at is null)
);
grant select on public.generations to authenticated;

create policy "Authors watch their generations" on public.generation_previews
for select to authenticated using (
    exists (select from public.generations as g where g.id = generation and g.author = (select auth.uid())));
grant select on public.generation_previews to authenticated;

create policy "Authors see what their generations refer to" on public.generation_references
for select to authenticated using (
    exists (select from public.generations as g where g.id = generation and g.author = (select auth.uid())));
grant select on public.generation_references to authenticated;

create policy "Authors and people see the uses of a likeness that concern them" on public.cameo_uses
for select to authenticated using (author = (select auth.uid()) or private.is_my_cameo(cameo));
grant select on public.cameo_uses to authenticated;

create policy "Members see the files they stored" on public.media
for select to authenticated using (owner = (select auth.uid()));
grant select on public.media to authenticated;
