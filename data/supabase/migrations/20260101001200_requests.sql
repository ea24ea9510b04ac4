-- Asking for a generation, watching it, and cancelling it.

create function private.end_generation(
    p_generation uuid, p_state text, p_code text, p_error text, p_from text[] default array['running']
) returns boolean
language plpgsql security definer set search_path = ''
as $$
declare
    v_generation public.generations;
begin
    update public.generations set
        state = p_state, error_code = p_code, error = p_error, lease = null, lease_until = null, finished_at = now(),
        seconds_left = null
    where id = p_generation and state = any (p_from)
    returning * into v_generation;
    if not found then
        return false;
    end if;
    perform private.add_credits(v_generation.author, v_generation.cost, 'refund', v_generation.id);
    delete from public.generation_previews where generation = p_generation;
    update public.media set delete_at = now() where generation = p_generation and clip is null and purpose <> 'upload';
    return true;
end;
$$;
comment on function private.end_generation(uuid, text, text, text, text[]) is
    'Ends a generation without a clip: the reason is kept, the credits return, half-made files go.';
grant execute on function private.end_generation(uuid, text, text, text, text[]) to service_role;

create function private.lock_cameos(p_cameos uuid[]) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    -- In one order, so that two callers never wait for each other.
    perform from public.cameos where id = any (p_cameos) order by id for share;
end;
$$;
comment on function private.lock_cameos(uuid[]) is 'Holds revocations off until the end of this transaction.';
grant execute on function private.lock_cameos(uuid[]) to service_role;

create function private.cameos_needed(p_storyboard jsonb, p_references jsonb) returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_missing text;
    v_needed uuid[];
begin
    select named.wanted into v_missing from unnest(private.cameo_handles(p_storyboard)) as named (wanted)
    where not exists (
        select from public.profiles as p join public.cameos as c on c.owner = p.id and c.deleted_at is null
        where p.handle = named.wanted)
    limit 1;
    if v_missing is not null then
        perform private.refuse('HB007', format('@%s has no cameo that you may use.', left(v_missing, 40)), 'Take them out, or ask them for permission.');
    end if;
    select coalesce(array_agg(distinct cameo), '{}') into v_needed from (
        select c.id as cameo from public.profiles as p join public.cameos as c on c.owner = p.id and c.deleted_at is null
        where p.handle = any (private.cameo_handles(p_storyboard))
        union all
        select u.cameo from jsonb_array_elements(p_references) as r
        join public.cameo_uses as u on u.clip = (r ->> 'clip')::uuid
    ) as named;
    return v_needed;
end;
$$;
comment on function private.cameos_needed(jsonb, jsonb) is
    'The cameos that a request uses: people named in the storyboard, and everyone in a clip that it refers to.';

create function private.require_permissions(p_cameos uuid[], p_member uuid, p_storyboard jsonb) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_handle text;
begin
    perform private.lock_cameos(p_cameos);
    select p.handle into v_handle
    from unnest(p_cameos) as cameo left join public.cameos as c on c.id = cameo left join public.profiles as p on p.id = c.owner
    where not private.permits(cameo, p_member, p_storyboard)
    limit 1;
    if found then
        perform private.refuse('HB007', format('@%s has no cameo that you may use.', v_handle), 'Take them out, or ask them for permission.');
    end if;
end;
$$;
comment on function private.require_permissions(uuid[], uuid, jsonb) is
    'Refuses unless this member has a live permission for every cameo, and holds revocations off until the transaction ends.';
grant execute on function private.require_permissions(uuid[], uuid, jsonb) to service_role;

create function private.check_request(p_request jsonb, p_storyboard jsonb, p_coverage jsonb, p_references jsonb) returns void
language plpgsql stable set search_path = ''
as $$
begin
    if jsonb_typeof(p_request) is distinct from 'object'
       or char_length(btrim(coalesce(p_request ->> 'prompt', ''))) not between 1 and 2000 then
        perform private.refuse('HB004', 'A prompt has 1 to 2,000 characters.', 'Say in a sentence what should be seen and heard.');
    elsif jsonb_typeof(p_storyboard) is distinct from 'object'
       or jsonb_typeof(p_storyboard -> 'shots') is distinct from 'array'
       or jsonb_array_length(p_storyboard -> 'shots') not between 1 and 6 then
        perform private.refuse('HB004', 'A storyboard has 1 to 6 shots.');
    elsif length(p_request::text) + length(p_storyboard::text) + length(coalesce(p_coverage::text, '')) > 200000 then
        perform private.refuse('HB004', 'The request is too large.', 'A storyboard has at most 200,000 characters.');
    elsif jsonb_typeof(p_references) is distinct from 'array' or jsonb_array_length(p_references) > 8 then
        perform private.refuse('HB004', 'A request refers to 8 pictures or clips at most.');
    elsif coalesce(jsonb_typeof(p_request -> 'seconds'), 'null') not in ('number', 'null')
       or coalesce((p_request ->> 'seconds')::numeric, 5) not between 1 and 20 then
        perform private.refuse('HB004', 'A clip lasts 1 to 20 seconds.');
    elsif coalesce(jsonb_typeof(p_request -> 'seed'), 'null') not in ('number', 'null')
       or coalesce((p_request ->> 'seed')::numeric, 0) not between 0 and 2147483647 then
        perform private.refuse('HB004', 'A seed is a whole number from 0 to 2,147,483,647.');
    end if;
end;
$$;
comment on function private.check_request(jsonb, jsonb, jsonb, jsonb) is 'Refuses a request whose shape or size is wrong.';

create function private.clip_seconds(p_request jsonb, p_storyboard jsonb) returns numeric
language sql immutable set search_path = ''
as $$
    select greatest(coalesce((p_request ->> 'seconds')::numeric, 0), coalesce(sum((seconds #>> '{}')::numeric), 0))
    from jsonb_path_query(p_storyboard, '$.shots[*].seconds ? (@.type() == "number")') as seconds;
$$;
comment on function private.clip_seconds(jsonb, jsonb) is 'How long the clip will be, in seconds, so that nobody pays for less than they get.';

-- Definer: charges the ledger and writes uses of other people's likeness, under every rule at once.
create function public.request_generation(
    p_request jsonb, p_storyboard jsonb, p_coverage jsonb default '{}', p_parent uuid default null,
    p_references jsonb default '[]', p_key uuid default gen_random_uuid()
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_id uuid := gen_random_uuid();
    v_engine text := coalesce(p_request ->> 'engine', 'world');
    v_price integer;
    v_cost integer;
    v_cameos uuid[];
begin
    -- One request of a member at a time: the limit below counts, and the same key may arrive twice at once.
    perform pg_advisory_xact_lock(hashtext('request_generation'), hashtext(v_me::text));
    if exists (select from public.generations where author = v_me and key = p_key) then
        return (select private.generation_json(g) from public.generations as g where author = v_me and key = p_key);
    end if;
    perform private.check_request(p_request, p_storyboard, p_coverage, p_references);
    select credits into v_price from public.engine_prices where engine = v_engine;
    if not found then
        perform private.refuse('HB004', format('There is no engine %L here.', left(v_engine, 60)), 'Choose one of the engines that are offered.');
    end if;
    if (select count(*) from public.generations where author = v_me and state in ('queued', 'running'))
       >= (select open_generations_per_member from private.settings) then
        perform private.refuse('HB006', 'You have as many clips in the making as one member may.', 'Wait for one to finish, or cancel one.');
    end if;
    perform private.check_references(v_me, p_parent, p_references);
    v_cameos := private.cameos_needed(p_storyboard, p_references);
    perform private.require_permissions(v_cameos, v_me, p_storyboard);
    v_cost := v_price * ceil(private.clip_seconds(p_request, p_storyboard) / 5.0) + private.character_fees(p_storyboard);

    insert into public.generations (id, author, key, request, storyboard, coverage, seed, engine, parent, priority, cost)
    select v_id, v_me, p_key, p_request, p_storyboard, coalesce(p_coverage, '{}'), coalesce((p_request ->> 'seed')::bigint, 0),
           v_engine, p_parent,
           case when exists (select from private.demo_members where profile = v_me) then -10 when plan = 'plus' then 10 else 0 end,
           v_cost
    from public.profiles where id = v_me;
    insert into public.generation_references (generation, position, path, clip)
    select v_id, ordinality - 1, reference ->> 'path', (reference ->> 'clip')::uuid
    from jsonb_array_elements(p_references) with ordinality as listed (reference, ordinality);
    insert into public.cameo_uses (generation, cameo, version, author, permission)
    select v_id, c.id, c.version, v_me,
           case when c.owner = v_me then 'own' when c.audience = 'people' then 'granted' else c.audience end
    from public.cameos as c where c.id = any (v_cameos);
    update public.media set delete_at = null
    where owner = v_me and purpose = 'upload' and path in (select r.path from public.generation_references as r where r.generation = v_id);
    perform private.charge(v_me, v_cost, v_id);
    return (select private.generation_json(g) from public.generations as g where g.id = v_id);
end;
$$;
comment on function public.request_generation(jsonb, jsonb, jsonb, uuid, jsonb, uuid) is
    'Accepts a request and charges for it. Refuses likenesses without a live permission, too many at once, and what cannot be paid.';
grant execute on function public.request_generation(jsonb, jsonb, jsonb, uuid, jsonb, uuid) to authenticated;

create function private.check_references(p_me uuid, p_parent uuid, p_references jsonb) returns void
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_reference jsonb;
begin
    if p_parent is not null and not private.can_see_clip(p_parent) then
        perform private.refuse('HB003', 'There is no such clip to remix.', 'It may have been taken down.');
    elsif p_parent is not null and not private.is_offered(p_parent, 'remix') then
        perform private.refuse('HB002', 'Whoever made this clip does not offer it for remixes.', 'Ask them, or start from a prompt of your own.');
    end if;
    -- Else what waits for a moderator could be cut a little and leave without having been looked at.
    if exists (select from public.clips as c where c.held
               and (c.id = p_parent or c.id in (select (r ->> 'clip')::uuid from jsonb_array_elements(p_references) as r))) then
        perform private.refuse('HB010', 'This clip waits for a moderator.', 'You will be told as soon as it was looked at.');
    end if;
    for v_reference in select value from jsonb_array_elements(p_references) loop
        if num_nonnulls(v_reference ->> 'clip', v_reference ->> 'path') <> 1 then
            perform private.refuse('HB004', 'A reference names one clip or one uploaded picture.');
        elsif v_reference ->> 'clip' is not null and not private.can_see_clip((v_reference ->> 'clip')::uuid) then
            perform private.refuse('HB003', 'There is no such clip to refer to.', 'It may have been taken down.');
        elsif v_reference ->> 'clip' is not null and not private.is_offered((v_reference ->> 'clip')::uuid, 'remix') then
            perform private.refuse('HB002', 'Whoever made this clip does not offer it for remixes.', 'Refer to another one.');
        elsif v_reference ->> 'path' is not null and not exists (
            select from public.media where path = v_reference ->> 'path' and owner = p_me and purpose = 'upload') then
            perform private.refuse('HB003', 'There is no such picture to refer to.', 'Upload it again.');
        end if;
    end loop;
    if exists (
        select from public.cameo_uses as u join public.cameos as c on c.id = u.cameo
        where c.owner <> p_me and 'remix' = any (c.switches)
          and (u.clip = p_parent or u.clip in (select (r ->> 'clip')::uuid from jsonb_array_elements(p_references) as r))) then
        perform private.refuse('HB007', 'Somebody in this clip does not want to be remixed.', 'Start from a prompt of your own.');
    end if;
end;
$$;
comment on function private.check_references(uuid, uuid, jsonb) is
    'Refuses a parent or reference that the caller may not see or remix, or a picture that is not the caller''s.';

-- Definer: the place in the queue depends on what others asked for.
create function private.waiting_before(p_priority integer, p_created_at timestamptz) returns integer
language sql stable security definer set search_path = ''
as $$
    select count(*)::integer from public.generations as g
    where g.state = 'queued' and (g.priority > p_priority or (g.priority = p_priority and g.created_at < p_created_at));
$$;
comment on function private.waiting_before(integer, timestamptz) is 'How many generations are claimed before one of this priority and age.';
grant execute on function private.waiting_before(integer, timestamptz) to authenticated, service_role;

create function private.generation_json(p_generation public.generations) returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p_generation) - '{lease,lease_until,worker,key,run_after,priority}'::text[]
        || jsonb_build_object(
            'clip', (select c.id from public.clips as c where c.generation = p_generation.id),
            'ahead', case when p_generation.state = 'queued'
                          then private.waiting_before(p_generation.priority, p_generation.created_at) end);
$$;
comment on function private.generation_json(public.generations) is 'A generation as its author sees it; ahead: how many are claimed before it.';
grant execute on function private.generation_json(public.generations) to authenticated, service_role;

create function public.generation(p_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_found jsonb;
begin
    select private.generation_json(g) into v_found from public.generations as g where g.id = p_id;
    if v_found is null then
        perform private.refuse('HB003', 'There is no such generation.');
    end if;
    return v_found;
end;
$$;
comment on function public.generation(uuid) is 'One generation of the caller''s, or one that stars them.';

create function public.my_generations(p_before timestamptz default 'infinity', p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.generation_json(page) order by page.created_at desc, page.id desc), '[]') from (
        select g.* from public.generations as g
        where g.author = auth.uid() and g.created_at < p_before
        order by g.created_at desc, g.id desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.my_generations(timestamptz, integer) is 'A page of the caller''s generations, newest first.';

create function public.generation_preview(p_id uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('image', p.image, 'updated_at', p.updated_at)
    from public.generation_previews as p where p.generation = p_id;
$$;
comment on function public.generation_preview(uuid) is 'The latest frame of the caller''s generation at work: a JPEG in base64, or null.';

-- Definer: returns credits, which no member can write.
create function public.cancel_generation(p_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if not exists (select from public.generations where id = p_id and author = private.me()) then
        perform private.refuse('HB003', 'There is no such generation.');
    end if;
    if not private.end_generation(p_id, 'cancelled', 'cancelled', 'You cancelled it.', array['queued', 'running']) then
        perform private.refuse('HB010', 'This generation has ended already.');
    end if;
end;
$$;
comment on function public.cancel_generation(uuid) is 'Stops a generation of the caller''s. Its worker hears of it when it renews its lease.';
grant execute on function
    public.generation(uuid), public.my_generations(timestamptz, integer), public.generation_preview(uuid), public.cancel_generation(uuid)
to authenticated;
