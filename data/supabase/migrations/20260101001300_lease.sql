-- The lease: how workers claim generations, keep them, and end them exactly once.
-- Every function here is the worker's alone (service_role). A lease that ran out is fenced off by a new uuid.

create function private.lease_seconds(p_seconds integer) returns interval
language plpgsql immutable set search_path = ''
as $$
begin
    return make_interval(secs => least(greatest(coalesce(p_seconds, 60), 1), 3600));
end;
$$;
comment on function private.lease_seconds(integer) is 'How long a lease lasts: 1 second to 1 hour.';
grant execute on function private.lease_seconds(integer) to service_role;

create function private.return_or_fail(p_generation public.generations, p_code text, p_error text) returns text
language plpgsql set search_path = ''
as $$
declare
    v_settings private.settings;
begin
    select * into v_settings from private.settings;
    if p_generation.attempts >= v_settings.max_attempts then
        perform private.end_generation(p_generation.id, 'failed', p_code, p_error);
        return 'failed';
    end if;
    update public.generations set
        state = 'queued', lease = null, lease_until = null, error_code = p_code, error = p_error, stage = '', progress = 0,
        seconds_left = null,
        run_after = clock_timestamp() + make_interval(secs => v_settings.retry_seconds * 2 ^ (p_generation.attempts - 1))
    where id = p_generation.id;
    return 'queued';
end;
$$;
comment on function private.return_or_fail(public.generations, text, text) is
    'Queues a generation again after a growing pause, or fails it when its attempts are used up. The caller holds its row.';
grant execute on function private.return_or_fail(public.generations, text, text) to service_role;

create function private.expire_leases() returns integer
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations;
    v_count integer := 0;
begin
    for v_generation in
        select * from public.generations where state = 'running' and lease_until < clock_timestamp()
        order by lease_until limit 100 for update skip locked
    loop
        perform private.return_or_fail(v_generation, 'worker_lost', 'The worker that made this clip stopped answering.');
        v_count := v_count + 1;
    end loop;
    return v_count;
end;
$$;
comment on function private.expire_leases() is 'Takes back generations whose worker stopped answering; how many.';
grant execute on function private.expire_leases() to service_role;

create function private.parent_video(p_generation public.generations) returns text
language sql stable set search_path = ''
as $$
    select c.video_path from public.clips as c
    where c.id = p_generation.parent and c.deleted_at is null and c.withdrawn_at is null
      and not exists (
        select from public.cameo_uses as u
        where u.clip = c.id and u.cameo not in (
            select mine.cameo from public.cameo_uses as mine
            where mine.generation = p_generation.id and mine.withdrawn_at is null));
$$;
comment on function private.parent_video(public.generations) is
    'Where the video of the remixed clip lies; null when it is gone, or when somebody in it has not agreed to this remix.';
grant execute on function private.parent_video(public.generations) to service_role;

create function private.claimed_json(p_generation public.generations) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    return to_jsonb(p_generation) - '{key,error,error_code}'::text[] || jsonb_build_object(
        'handle', (select handle from public.profiles where id = p_generation.author),
        'parent_video', case when p_generation.parent is not null then private.parent_video(p_generation) end,
        'references', (
            select coalesce(jsonb_agg(jsonb_build_object(
                'path', r.path, 'clip', r.clip, 'poster_path', c.poster_path, 'video_path', c.video_path) order by r.position), '[]')
            from public.generation_references as r
            left join public.clips as c on c.id = r.clip and c.deleted_at is null and c.withdrawn_at is null
            where r.generation = p_generation.id));
end;
$$;
comment on function private.claimed_json(public.generations) is 'A generation as its worker gets it.';
grant execute on function private.claimed_json(public.generations) to service_role;

create function public.claim_generation(
    p_worker text, p_engines jsonb default null, p_lease_seconds integer default 60, p_holds text default null
) returns jsonb
language plpgsql set search_path = ''
-- Planning the queries below anew takes longer than they do, and no argument changes which index serves them.
set plan_cache_mode = force_generic_plan
as $$
declare
    v_settings private.settings;
    v_claimed public.generations;
    v_waiting refcursor;
    v_next record;
begin
    -- Workers without work ask all the time: answered from two small indexes, without waiting for anybody.
    if not exists (select from public.generations where state = 'queued' and run_after <= clock_timestamp())
       and not exists (select from public.generations where state = 'running' and lease_until < clock_timestamp()) then
        return null;
    end if;
    -- One claim at a time, so that what is counted here still holds when it is acted on: no limit is ever passed.
    perform pg_advisory_xact_lock(hashtext('claim_generation'));
    -- The others need not wait for the disk: a claim that a crash undoes leaves the generation in the queue, and its
    -- worker without a lease.
    perform set_config('synchronous_commit', 'off', true);
    if exists (select from public.generations where state = 'running' and lease_until < clock_timestamp()) then
        perform private.expire_leases();
    end if;
    select * into v_settings from private.settings;
    if (select count(*) from public.generations where state = 'running') >= v_settings.running_in_total then
        return null;
    end if;
    if p_holds is null then
        open v_waiting for
            select g.id, g.author from public.generations as g
            where g.state = 'queued' and g.run_after <= clock_timestamp() and (p_engines is null or p_engines ? g.engine)
            order by g.priority desc, g.created_at, g.id;
    else
        -- Loading another model takes minutes: whoever needs the one in memory goes first, as if asked so much earlier.
        open v_waiting for
            select g.id, g.author from public.generations as g
            where g.state = 'queued' and g.run_after <= clock_timestamp() and (p_engines is null or p_engines ? g.engine)
            order by g.priority desc,
                     g.created_at - case when g.engine = p_holds then interval '3 minutes' else interval '0' end, g.id;
    end if;
    loop
        fetch v_waiting into v_next;
        exit when not found;
        -- The index of open generations by author serves this, however many are running.
        continue when (select count(*) filter (where mine.state = 'running') from public.generations as mine
                       where mine.author = v_next.author and mine.state in ('queued', 'running'))
                      >= v_settings.running_per_member;
        update public.generations set
            state = 'running', attempts = attempts + 1, lease = gen_random_uuid(), worker = p_worker,
            lease_until = clock_timestamp() + private.lease_seconds(p_lease_seconds),
            started_at = coalesce(started_at, now()), error_code = null, error = null
        where id = v_next.id and state = 'queued'
        returning * into v_claimed;
        -- Not found: cancelled at this very moment.
        exit when found;
    end loop;
    if v_claimed.id is null then
        return null;
    end if;
    return private.claimed_json(v_claimed);
end;
$$;
comment on function public.claim_generation(text, jsonb, integer, text) is
    'Leases the next generation to a worker: highest priority, then oldest, within the limits. Null when there is nothing to do.';

create function private.leased(p_generation uuid, p_lease uuid) returns public.generations
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations;
begin
    select * into v_generation from public.generations where id = p_generation and lease = p_lease for update;
    if not found then
        perform private.refuse('HB009', 'This lease is no longer yours.', 'The generation was cancelled, refused or given to another worker: stop working on it.');
    end if;
    return v_generation;
end;
$$;
comment on function private.leased(uuid, uuid) is 'The generation that this lease holds, locked. Refuses a lease that was lost.';
grant execute on function private.leased(uuid, uuid) to service_role;

create function private.should_make_way(p_generation public.generations) returns boolean
language sql stable set search_path = ''
as $$
    select exists (
        select from public.generations as waiting
        where waiting.state = 'queued' and waiting.priority > p_generation.priority and waiting.run_after <= clock_timestamp()
          -- Only for what would be claimed now, else the work would be put down in vain.
          and waiting.engine = p_generation.engine
          and (select count(*) from public.generations as theirs where theirs.author = waiting.author and theirs.state = 'running')
              < (select s.running_per_member from private.settings as s));
$$;
comment on function private.should_make_way(public.generations) is 'Whether somebody waits who comes before this generation.';
grant execute on function private.should_make_way(public.generations) to service_role;

create function public.renew_lease(
    p_generation uuid, p_lease uuid, p_lease_seconds integer default 60, p_stage text default null,
    p_progress real default null, p_seconds_left real default null, p_preview text default null
) returns boolean
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations := private.leased(p_generation, p_lease);
begin
    -- A sign of life need not outlive a crash, so nothing waits for the disk.
    perform set_config('synchronous_commit', 'off', true);
    update public.generations set
        lease_until = clock_timestamp() + private.lease_seconds(p_lease_seconds),
        stage = coalesce(left(p_stage, 40), stage),
        progress = greatest(progress, least(coalesce(p_progress, progress), 1)),
        seconds_left = coalesce(greatest(p_seconds_left, 0), seconds_left)
    where id = p_generation;
    if p_preview is not null then
        insert into public.generation_previews (generation, image) values (p_generation, p_preview)
        on conflict (generation) do update set image = excluded.image, updated_at = now();
    end if;
    return v_generation.priority < 0 and private.should_make_way(v_generation);
end;
$$;
comment on function public.renew_lease(uuid, uuid, integer, text, real, real, text) is
    'Keeps a lease and tells how far the work is; whether to make way for somebody''s own request. Refuses a lease that was lost.';

create function public.cameo_likeness(p_generation uuid, p_lease uuid, p_handle text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations := private.leased(p_generation, p_lease);
    v_cameo uuid;
    v_version integer;
begin
    select u.cameo, u.version into v_cameo, v_version
    from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as p on p.id = c.owner
    where u.generation = p_generation and u.withdrawn_at is null and p.handle = lower(btrim(p_handle, ' @'));
    if not found or not private.permits(v_cameo, v_generation.author, v_generation.storyboard) then
        perform private.refuse('HB007', format('@%s does not appear in this generation.', left(p_handle, 40)));
    end if;
    return (select v.likeness from public.cameo_versions as v where v.cameo = v_cameo and v.version = v_version);
end;
$$;
comment on function public.cameo_likeness(uuid, uuid, text) is
    'The likeness of a person in this generation, for the worker that holds its lease, while the permission lives.';
grant execute on function private.permits(uuid, uuid, jsonb) to service_role;
grant execute on function private.concepts(jsonb), private.cameo_handles(jsonb) to service_role;

create function public.store_media(p_path text, p_purpose text, p_generation uuid, p_lease uuid, p_keep_seconds integer default 7200) returns void
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations := private.leased(p_generation, p_lease);
begin
    insert into public.media (path, owner, purpose, generation, delete_at)
    values (p_path, v_generation.author, p_purpose, p_generation, now() + make_interval(secs => p_keep_seconds));
end;
$$;
comment on function public.store_media(text, text, uuid, uuid, integer) is
    'Lists a file before a worker writes it. Unless a clip takes it in time, the sweep removes it.';

create function public.finish_generation(p_generation uuid, p_lease uuid, p_clip jsonb, p_storyboard jsonb default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations;
    v_uses uuid[];
    v_clip public.clips;
begin
    select coalesce(array_agg(cameo), '{}') into v_uses from public.cameo_uses where generation = p_generation;
    -- The people first, then the generation: the same order as a revocation, so that neither waits for ever.
    perform private.lock_cameos(v_uses);
    v_generation := private.leased(p_generation, p_lease);
    if p_storyboard is not null and exists (
        select from unnest(private.cameo_handles(p_storyboard)) as handle
        where handle <> all (private.cameo_handles(v_generation.storyboard))) then
        perform private.refuse('HB007', 'The finished storyboard stars somebody who was not asked for.');
    end if;
    perform private.require_permissions(v_uses, v_generation.author, coalesce(p_storyboard, v_generation.storyboard));
    update public.generations set
        state = 'done', lease = null, lease_until = null, progress = 1, stage = 'done', seconds_left = null, finished_at = now(),
        storyboard = coalesce(p_storyboard, storyboard), coverage = coalesce(p_storyboard -> 'coverage', coverage),
        engine_version = coalesce(p_clip ->> 'engine_version', engine_version)
    where id = p_generation;
    insert into public.clips (
        generation, author, parent, video_path, poster_path, preview_path, sha256, mark, fingerprint, credential, seconds, bytes,
        width, height, engine, engine_version, stars_people, held)
    values (
        p_generation, v_generation.author, v_generation.parent, p_clip ->> 'video_path', p_clip ->> 'poster_path',
        p_clip ->> 'preview_path', p_clip ->> 'sha256', (p_clip ->> 'mark')::bigint, p_clip -> 'fingerprint', p_clip -> 'credential',
        (p_clip ->> 'seconds')::real, (p_clip ->> 'bytes')::bigint, (p_clip ->> 'width')::integer, (p_clip ->> 'height')::integer,
        v_generation.engine, p_clip ->> 'engine_version', cardinality(v_uses) > 0, coalesce((p_clip ->> 'held')::boolean, false))
    returning * into v_clip;
    update public.cameo_uses set clip = v_clip.id where generation = p_generation;
    perform private.take_media(v_generation, v_clip);
    perform private.pay_royalties(v_generation);
    delete from public.generation_previews where generation = p_generation;
    perform private.notify(c.owner, 'starred', jsonb_build_object('clip', v_clip.id), v_generation.author)
    from public.cameos as c where c.id = any (v_uses);
    perform private.notify(v_generation.author, 'clip_ready', jsonb_build_object('clip', v_clip.id), null);
    return jsonb_build_object('clip', v_clip.id);
end;
$$;
comment on function public.finish_generation(uuid, uuid, jsonb, jsonb) is
    'Ends a generation as a clip, once, if the lease still holds and everyone in it still agrees.';

create function private.take_media(p_generation public.generations, p_clip public.clips) returns void
language plpgsql set search_path = ''
as $$
declare
    v_taken integer;
begin
    update public.media set clip = p_clip.id, delete_at = null
    where generation = p_generation.id and path in (p_clip.video_path, p_clip.poster_path, p_clip.preview_path);
    get diagnostics v_taken = row_count;
    if v_taken <> 3 then
        perform private.refuse('HB004', 'A clip has three files, each listed with store_media() before.');
    end if;
    -- What earlier attempts left.
    update public.media set delete_at = now() where generation = p_generation.id and clip is null and purpose <> 'upload';
end;
$$;
comment on function private.take_media(public.generations, public.clips) is 'Gives a clip its three files, and earlier attempts'' files to the sweep.';
grant execute on function private.take_media(public.generations, public.clips) to service_role;

create function public.fail_generation(p_generation uuid, p_lease uuid, p_code text, p_error text, p_retry boolean default true) returns text
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations := private.leased(p_generation, p_lease);
begin
    if p_retry then
        return private.return_or_fail(v_generation, left(p_code, 60), left(p_error, 1000));
    end if;
    perform private.end_generation(p_generation, 'failed', left(p_code, 60), left(p_error, 1000));
    return 'failed';
end;
$$;
comment on function public.fail_generation(uuid, uuid, text, text, boolean) is
    'Reports that an attempt failed; the state that followed: queued for another attempt, or failed.';

create function public.refuse_generation(p_generation uuid, p_lease uuid, p_rule text, p_reason text) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.leased(p_generation, p_lease);
    insert into public.rulings (generation, member, stage, verdict, rule, reason)
    select g.id, g.author, 'prompt', 'refuse', left(p_rule, 60), left(p_reason, 500) from public.generations as g
    where g.id = p_generation and p_rule ~ '^[a-z0-9_]+[.][a-z0-9_]+$';
    perform private.end_generation(p_generation, 'refused', left(p_rule, 60), left(p_reason, 1000));
end;
$$;
comment on function public.refuse_generation(uuid, uuid, text, text) is 'Ends a generation because a safety rule refuses it, with the rule and its reason.';

grant execute on function
    public.claim_generation(text, jsonb, integer, text), public.renew_lease(uuid, uuid, integer, text, real, real, text),
    public.cameo_likeness(uuid, uuid, text), public.store_media(text, text, uuid, uuid, integer),
    public.finish_generation(uuid, uuid, jsonb, jsonb), public.fail_generation(uuid, uuid, text, text, boolean),
    public.refuse_generation(uuid, uuid, text, text)
to service_role;
