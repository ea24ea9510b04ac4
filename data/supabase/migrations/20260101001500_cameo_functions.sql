-- What people do with their own cameo, and how others ask for it. All change rows that end other people's permissions,
-- or speak to people behind policies; so all but the reading ones are definers.

-- For the app's own server alone: whoever could write a likeness could write somebody else's.
create function public.save_cameo(
    p_owner uuid, p_likeness jsonb, p_live_check jsonb, p_consent text default '', p_mark jsonb default '{}',
    p_face jsonb default null, p_resembles jsonb default '[]'
) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_cameo public.cameos;
    v_review text[];
begin
    if jsonb_typeof(p_likeness) is distinct from 'object' or jsonb_typeof(p_live_check) is distinct from 'object'
       or (p_live_check ->> 'passed')::boolean is distinct from true then
        perform private.refuse('HB004', 'A cameo needs a live check that was passed.', 'Record yourself again and follow the instructions.');
    end if;
    v_review := private.reasons_for_review(p_owner, p_live_check, p_resembles);
    insert into public.cameos (owner, review, awaits_guardian) values (p_owner, v_review, true)
    on conflict (owner) where deleted_at is null
    do update set version = cameos.version + 1, review = excluded.review, awaits_guardian = true
    returning * into v_cameo;
    insert into public.cameo_versions (cameo, version, likeness, live_check, consent, mark, face)
    values (v_cameo.id, v_cameo.version, p_likeness, p_live_check, p_consent, p_mark, p_face);
    perform private.notify(guardian, 'cameo_to_approve', jsonb_build_object('ward', p_owner), p_owner)
    from public.guardianships where ward = p_owner and state = 'active';
    if v_review && array['face', 'handle'] then
        perform private.open_case('profile', handle, id) from public.profiles where id = p_owner;
    end if;
    perform private.audit('cameo.saved', v_cameo.id::text,
        jsonb_build_object('version', v_cameo.version, 'review', v_review, 'consent', p_consent, 'resembles', p_resembles));
    return private.cameo_json(v_cameo);
end;
$$;
comment on function public.save_cameo(uuid, jsonb, jsonb, text, jsonb, jsonb, jsonb) is
    'Keeps a new version of a member''s likeness, which passed its live check. What looks odd waits for a moderator.';

-- In handles these read alike; the rest is left as it is.
create function private.looks_of(p_handle text) returns text
language sql immutable set search_path = ''
as $$
    select translate(replace(replace(replace(p_handle, '_', ''), 'rn', 'm'), 'vv', 'w'), '015378', 'olsetb');
$$;
comment on function private.looks_of(text) is 'A handle as a hasty reader sees it: 0 is o, 1 is l, rn is m, and lines are nothing.';

-- Definer: compares with members and cameos that the caller may not list.
create function private.reasons_for_review(p_owner uuid, p_live_check jsonb, p_resembles jsonb) returns text[]
language sql stable security definer set search_path = ''
as $$
    select array_remove(array[
        case when coalesce((p_live_check ->> 'needs_confirmation')::boolean, false) then 'speech' end,
        case when jsonb_typeof(p_resembles) = 'array' and jsonb_array_length(p_resembles) > 0 then 'face' end,
        case when exists (
            select from public.profiles as mine, public.profiles as p join public.cameos as c on c.owner = p.id and c.deleted_at is null
            where mine.id = p_owner and p.id <> p_owner
              and replace(private.looks_of(p.handle), 'i', 'l') = replace(private.looks_of(mine.handle), 'i', 'l')) then 'handle' end
    ], null);
$$;
comment on function private.reasons_for_review(uuid, jsonb, jsonb) is
    'Why a moderator looks at a new likeness: nobody understood the numbers, the face or the handle is like somebody else''s.';
grant execute on function private.reasons_for_review(uuid, jsonb, jsonb) to service_role;

create function private.cameo_json(p_cameo public.cameos) returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p_cameo) - '{owner,deleted_at}'::text[] || jsonb_build_object(
        'restrictions', (select coalesce(jsonb_agg(r.concept order by r.concept), '[]')
                         from public.cameo_restrictions as r where r.cameo = p_cameo.id),
        'awaits_guardian', p_cameo.awaits_guardian
            and exists (select from public.guardianships where ward = p_cameo.owner and state = 'active'),
        'grants', (select coalesce(jsonb_agg(jsonb_build_object(
                       'handle', p.handle, 'state', g.state, 'changed_at', g.changed_at, 'prompt', g.prompt, 'until', g.until)
                       order by p.handle), '[]')
                   from public.cameo_grants as g join public.profiles as p on p.id = g.grantee where g.cameo = p_cameo.id));
$$;
comment on function private.cameo_json(public.cameos) is 'A cameo with its rules and grants as its person sees it, without the likeness.';
grant execute on function private.cameo_json(public.cameos) to authenticated, service_role;

create function public.my_cameo() returns jsonb
language sql stable set search_path = ''
as $$ select private.cameo_json(c) from public.cameos as c where c.owner = auth.uid() and c.deleted_at is null $$;
comment on function public.my_cameo() is 'The caller''s cameo with its rules and grants, without the likeness; null when there is none.';

create function public.my_likeness() returns jsonb
language sql stable set search_path = ''
as $$
    select v.likeness from public.cameos as c join public.cameo_versions as v on v.cameo = c.id and v.version = c.version
    where c.owner = auth.uid() and c.deleted_at is null;
$$;
comment on function public.my_likeness() is 'The caller''s own captured likeness; null when there is none.';

create function private.living_cameo_of(p_owner uuid) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_id uuid;
begin
    select id into v_id from public.cameos where owner = p_owner and deleted_at is null;
    if v_id is null then
        perform private.refuse('HB003', 'There is no such cameo.', 'Record one first.');
    end if;
    return v_id;
end;
$$;
comment on function private.living_cameo_of(uuid) is 'The id of a member''s cameo. Refuses when there is none.';

create function public.set_cameo_rules(
    p_audience text default null, p_past_clips text default null, p_wishes text default null, p_restrictions jsonb default null,
    p_switches jsonb default null, p_appearance text default null, p_paused boolean default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo uuid := private.living_cameo_of(private.me());
    v_limits public.guardianships := private.limits_of(auth.uid());
begin
    if private.audience_width(p_audience) > private.audience_width(v_limits.cameo_audience) then
        perform private.refuse('HB002', 'Your guardian does not allow so wide an audience.', 'Ask your guardian.');
    end if;
    -- First what happens to past clips, so that a choice made together with a change decides about that change.
    perform from public.cameos where id = v_cameo for update;
    update public.cameos set past_clips = p_past_clips where id = v_cameo and p_past_clips is not null;
    if p_restrictions is not null then
        if jsonb_typeof(p_restrictions) <> 'array' or jsonb_array_length(p_restrictions) > 100 then
            perform private.refuse('HB004', 'A cameo has 100 restrictions at most, each a word.');
        end if;
        delete from public.cameo_restrictions where cameo = v_cameo and not p_restrictions ? concept;
        insert into public.cameo_restrictions (cameo, concept)
        select v_cameo, concept from jsonb_array_elements_text(p_restrictions) as concept on conflict do nothing;
    end if;
    if p_switches is not null then
        update public.cameos set switches = array(select distinct jsonb_array_elements_text(p_switches) order by 1) where id = v_cameo;
    end if;
    update public.cameos set
        audience = coalesce(p_audience, audience), wishes = coalesce(private.limited(p_wishes, 500, 'Your wishes'), wishes),
        appearance = coalesce(private.limited(p_appearance, 300, 'How you appear'), appearance),
        paused = coalesce(p_paused, paused)
    where id = v_cameo;
    perform private.audit('cameo.rules', v_cameo::text, jsonb_strip_nulls(jsonb_build_object(
        'audience', p_audience, 'past_clips', p_past_clips, 'switches', p_switches, 'paused', p_paused)));
    return public.my_cameo();
end;
$$;
comment on function public.set_cameo_rules(text, text, text, jsonb, jsonb, text, boolean) is
    'Changes what is given of the rules of the caller''s cameo. What they no longer allow falls at once; a pause hides only.';

create function public.grant_cameo(p_handle text, p_until timestamptz default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo uuid := private.living_cameo_of(private.me());
    v_grantee uuid := private.profile_of(p_handle);
begin
    if private.blocked_between(auth.uid(), v_grantee) then
        perform private.refuse('HB003', format('There is no member @%s.', left(p_handle, 40)), 'Check the spelling of the handle.');
    elsif v_grantee = auth.uid() then
        perform private.refuse('HB004', 'You may always use your own cameo.');
    elsif p_until <= now() then
        perform private.refuse('HB004', 'A permission ends in the future.', 'Choose a later day, or none.');
    end if;
    perform from public.cameos where id = v_cameo for update;
    insert into public.cameo_grants (cameo, grantee, state, until) values (v_cameo, v_grantee, 'granted', p_until)
    on conflict (cameo, grantee) do update set state = 'granted', until = p_until, changed_at = now();
    perform private.notify(v_grantee, 'cameo_granted');
    perform private.audit('cameo.granted', v_cameo::text, jsonb_build_object('to', v_grantee, 'until', p_until));
end;
$$;
comment on function public.grant_cameo(text, timestamptz) is
    'Lets a member use the caller''s cameo, under its audience and restrictions, for ever or until a day.';

create function public.revoke_cameo(p_handle text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo uuid := private.living_cameo_of(private.me());
    v_grantee uuid := private.profile_of(p_handle);
begin
    if v_grantee = auth.uid() then
        perform private.refuse('HB004', 'You may always use your own cameo.', 'Delete it if you no longer want it.');
    end if;
    perform from public.cameos where id = v_cameo for update;
    insert into public.cameo_grants (cameo, grantee, state) values (v_cameo, v_grantee, 'revoked')
    on conflict (cameo, grantee) do update
    set state = case cameo_grants.state when 'asked' then 'refused' else 'revoked' end, changed_at = now();
    perform private.audit('cameo.revoked', v_cameo::text, jsonb_build_object('from', v_grantee));
end;
$$;
comment on function public.revoke_cameo(text) is
    'Ends or refuses a member''s permission, under every audience. Their clips with the caller fall, unless the caller lets past ones stand.';

create function public.ask_for_cameo(p_handle text, p_prompt text default '') returns text
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_owner uuid := private.profile_of(p_handle);
    v_cameo uuid;
    v_state text;
begin
    if private.blocked_between(v_me, v_owner) then
        perform private.refuse('HB003', format('There is no member @%s.', left(p_handle, 40)), 'Check the spelling of the handle.');
    end if;
    v_cameo := private.living_cameo_of(v_owner);
    insert into public.cameo_grants (cameo, grantee, state, prompt)
    values (v_cameo, v_me, 'asked', coalesce(private.limited(p_prompt, 500, 'The prompt'), ''))
    on conflict (cameo, grantee) do update set state = 'asked', prompt = excluded.prompt, until = null, changed_at = now()
    where cameo_grants.state in ('asked', 'expired') and (cameo_grants.state, cameo_grants.prompt) <> ('asked', excluded.prompt);
    if found then
        perform private.notify(v_owner, 'cameo_asked', jsonb_build_object('prompt', left(p_prompt, 200)));
    end if;
    select state into v_state from public.cameo_grants where cameo = v_cameo and grantee = v_me;
    return v_state;
end;
$$;
comment on function public.ask_for_cameo(text, text) is
    'Asks a person for permission and says what for, once; the state of the answer.';

create function public.usable_cameos(p_named jsonb default '[]') returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(private.profile_card(p) || jsonb_build_object('audience', c.audience, 'wishes', c.wishes,
        'switches', c.switches, 'appearance', c.appearance,
        'restrictions', (select coalesce(jsonb_agg(r.concept order by r.concept), '[]') from public.cameo_restrictions as r where r.cameo = c.id))
        order by p.handle), '[]')
    from (
        -- Found by index rather than by asking about every cameo there is.
        select id from public.cameos where owner = auth.uid()
        union select cameo from public.cameo_grants where grantee = auth.uid() and state = 'granted'
        union select c.id from public.follows as f join public.cameos as c on c.owner = f.followee where f.follower = auth.uid()
        -- Who is open to everyone is not listed for everyone, but can be named.
        union select c.id from public.profiles as p join public.cameos as c on c.owner = p.id and c.deleted_at is null
              where p.handle in (select jsonb_array_elements_text(p_named))
    ) as candidate
    join public.cameos as c on c.id = candidate.id join public.profiles as p on p.id = c.owner
    where private.permits(c.id, auth.uid(), '{}');
$$;
comment on function public.usable_cameos(jsonb) is
    'People whom the caller may star: oneself, those who granted it, those the caller follows, and those named, who allow it.';

create function public.delete_cameo(p_past_clips text default null) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_cameo uuid := private.living_cameo_of(private.me());
begin
    perform from public.cameos where id = v_cameo for update;
    -- One statement, so that the choice and the deletion are weighed together.
    update public.cameos set deleted_at = now(), past_clips = coalesce(p_past_clips, past_clips), wishes = '', appearance = ''
    where id = v_cameo;
    delete from public.cameo_versions where cameo = v_cameo;
    delete from public.cameo_grants where cameo = v_cameo;
    delete from public.cameo_refusals where cameo = v_cameo;
    perform private.audit('cameo.deleted', v_cameo::text);
end;
$$;
comment on function public.delete_cameo(text) is
    'Deletes the caller''s likeness at once, and every clip with it, unless the caller lets past ones stand.';

-- Definer: a ward's rows are not the guardian's.
create function public.protect_ward(p_handle text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_ward uuid := private.profile_of(p_handle);
begin
    if not exists (select from public.guardianships where guardian = private.me() and ward = v_ward and state = 'active') then
        perform private.refuse('HB003', format('@%s is not your ward.', left(p_handle, 40)));
    end if;
    update public.cameos set audience = 'only_me', past_clips = 'remove' where owner = v_ward and deleted_at is null;
    perform private.notify(v_ward, 'cameo_closed');
    perform private.audit('cameo.closed_by_guardian', v_ward::text);
end;
$$;
comment on function public.protect_ward(text) is 'A guardian closes a ward''s cameo: nobody else may use it, and every clip of others with it falls.';

grant execute on function
    public.my_cameo(), public.my_likeness(), public.set_cameo_rules(text, text, text, jsonb, jsonb, text, boolean),
    public.grant_cameo(text, timestamptz), public.revoke_cameo(text), public.ask_for_cameo(text, text), public.usable_cameos(jsonb),
    public.delete_cameo(text), public.protect_ward(text)
to authenticated;
grant execute on function public.save_cameo(uuid, jsonb, jsonb, text, jsonb, jsonb, jsonb) to service_role;
