-- What workers need beside the lease itself: giving work back, and the demo members whose clips fill the first feed.

create function public.release_generation(p_generation uuid, p_lease uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.leased(p_generation, p_lease);
    update public.generations set
        state = 'queued', lease = null, lease_until = null, stage = '', progress = 0, seconds_left = null,
        -- Nothing went wrong, so nothing is counted and nobody waits.
        attempts = greatest(attempts - 1, 0), run_after = now()
    where id = p_generation;
    update public.media set delete_at = now() where generation = p_generation and clip is null and purpose <> 'upload';
    delete from public.generation_previews where generation = p_generation;
end;
$$;
comment on function public.release_generation(uuid, uuid) is
    'Gives a generation back to the queue as if it had never been claimed: its worker stops, or makes way.';
grant execute on function public.release_generation(uuid, uuid) to service_role;

create function public.create_demo_member(
    p_account uuid, p_handle text, p_display_name text, p_language text default 'en', p_bio text default ''
) returns void
language plpgsql set search_path = ''
as $$
begin
    -- Two apps that start at once make each demo member once.
    perform pg_advisory_xact_lock(hashtext('create_profile'));
    if exists (select from private.demo_members where profile = p_account) then
        return;
    elsif exists (select from public.profiles where id = p_account or handle = p_handle) then
        perform private.refuse('HB005', format('The handle @%s is taken.', p_handle));
    end if;
    insert into public.profiles (id, handle, display_name, language, bio)
    values (p_account, p_handle, p_display_name, p_language, p_bio);
    insert into public.profile_settings (profile) values (p_account);
    insert into private.demo_members (profile) values (p_account);
    -- Whatever the daily allowance is.
    perform private.add_credits(p_account, 1000, 'gift', null, null, 'demo');
    perform private.audit('profile.created', p_account::text, jsonb_build_object('handle', p_handle, 'demo', true));
end;
$$;
comment on function public.create_demo_member(uuid, text, text, text, text) is
    'Makes a member who comes with the app, unless there is that member already. Never the first member, who moderates.';

create function public.demo_generations() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'author', g.author, 'handle', p.handle, 'key', g.key, 'state', g.state, 'clip', c.id,
        'gone', c.deleted_at is not null or c.withdrawn_at is not null,
        'was_posted', exists (select from public.posts as post where post.clip = c.id)) order by g.created_at, g.id), '[]')
    from private.demo_members as d
    join public.generations as g on g.author = d.profile
    join public.profiles as p on p.id = d.profile
    left join public.clips as c on c.generation = g.id;
$$;
comment on function public.demo_generations() is 'What was asked for in the name of demo members, and whether it was ever posted.';
grant execute on function public.create_demo_member(uuid, text, text, text, text), public.demo_generations() to service_role;
