-- Keys for programs, everything about me, and leaving for good.

create table public.api_keys (
    id uuid primary key default gen_random_uuid(),
    profile uuid not null references public.profiles (id) on delete cascade,
    name text not null check (char_length(name) between 1 and 60),
    -- What one recognises a key by, and the hash that it is checked with. The key itself is shown once and not kept.
    prefix text not null check (char_length(prefix) = 11),
    hash bytea not null unique,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);
comment on table public.api_keys is 'Keys with which a member''s own programs act for them.';
alter table public.api_keys enable row level security;
create index api_keys_of_member on public.api_keys (profile);

create policy "Members see their own keys" on public.api_keys
for select to authenticated using (profile = (select auth.uid()));
create policy "Members make keys for themselves" on public.api_keys
for insert to authenticated with check (profile = (select auth.uid()));
create policy "Members revoke their own keys" on public.api_keys
for update to authenticated using (profile = (select auth.uid())) with check (profile = (select auth.uid()));
grant select, insert (profile, name, prefix, hash), update (revoked_at) on public.api_keys to authenticated;

create function public.create_api_key(p_name text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_key text := 'hb_' || private.new_code(48);
    v_id uuid;
begin
    if (select count(*) from public.api_keys where profile = v_me and revoked_at is null) >= 20 then
        perform private.refuse('HB006', 'You have 20 keys.', 'Revoke one that you no longer use.');
    end if;
    insert into public.api_keys (profile, name, prefix, hash)
    values (v_me, coalesce(nullif(private.limited(p_name, 60, 'The name'), ''), 'Key'), left(v_key, 11), sha256(convert_to(v_key, 'UTF8')))
    returning id into v_id;
    return jsonb_build_object('id', v_id, 'key', v_key);
end;
$$;
comment on function public.create_api_key(text) is 'Makes a key for the caller''s programs. It is told this once and never again.';
grant execute on function private.new_code(integer) to authenticated, service_role;

create function public.my_api_keys() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(k) - '{profile,hash}'::text[] order by k.created_at desc), '[]')
    from public.api_keys as k where k.profile = auth.uid();
$$;
comment on function public.my_api_keys() is 'The caller''s keys, newest first, without the keys themselves.';

create function public.revoke_api_key(p_id uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    update public.api_keys set revoked_at = now() where id = p_id and profile = private.me() and revoked_at is null;
    if not found then
        perform private.refuse('HB003', 'There is no such key of yours.');
    end if;
end;
$$;
comment on function public.revoke_api_key(uuid) is 'Ends one of the caller''s keys at once.';
grant execute on function public.create_api_key(text), public.my_api_keys(), public.revoke_api_key(uuid) to authenticated;

create function public.authenticate_api_key(p_key text) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_profile uuid;
begin
    update public.api_keys set last_used_at = now()
    where hash = sha256(convert_to(coalesce(p_key, ''), 'UTF8')) and revoked_at is null
    returning profile into v_profile;
    return (select private.profile_card(p) from public.profiles as p where p.id = v_profile);
end;
$$;
comment on function public.authenticate_api_key(text) is 'The member whose key this is, or null.';
grant execute on function public.authenticate_api_key(text) to service_role;

create function public.export_account() returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
begin
    return jsonb_build_object(
        'exported_at', now(),
        'profile', public.my_profile(),
        'invites', public.my_invites(),
        'guardianships', public.my_guardianships(),
        'cameo', public.my_cameo(),
        'likeness', public.my_likeness(),
        'cases', public.my_cases(),
        'blocks', public.my_blocks(),
        'api_keys', public.my_api_keys(),
        'generations', (select coalesce(jsonb_agg(private.generation_json(t) order by t.created_at), '[]') from public.generations as t where t.author = v_me),
        'clips', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]') from public.clips as t where t.author = v_me),
        'clips_starring_me', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]') from public.clips as t
                              where t.id in (select u.clip from public.cameo_uses as u where private.owns_cameo(u.cameo) and u.withdrawn_at is null)),
        'posts', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.posts as t where t.author = v_me),
        'comments', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.comments as t where t.author = v_me),
        'likes', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]') from public.likes as t where t.profile = v_me),
        'saves', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]') from public.saves as t where t.profile = v_me),
        'follows', (select coalesce(jsonb_agg(to_jsonb(t) order by t.created_at), '[]') from public.follows as t where v_me in (t.follower, t.followee)),
        'messages', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.messages as t where v_me in (t.sender, t.recipient)),
        'notifications', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.notifications as t where t.recipient = v_me),
        'taste', private.my_taste(),
        'watched', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.watch_events as t where t.profile = v_me),
        'credits', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.credit_entries as t where t.profile = v_me),
        'reports', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.reports as t where t.reporter = v_me),
        'strikes', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from public.strikes as t where t.profile = v_me),
        'media', (select coalesce(jsonb_agg(t.path order by t.path), '[]') from public.media as t where t.owner = v_me and (t.delete_at is null or t.delete_at > now())));
end;
$$;
comment on function public.export_account() is 'Everything that is kept about the caller, and the paths of their files.';
grant execute on function public.export_account() to authenticated;

-- Definer: the account itself is in a schema that members cannot touch.
create function public.delete_account(p_handle text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
begin
    if not exists (select from public.profiles where id = v_me and handle = lower(btrim(p_handle, ' @'))) then
        perform private.refuse('HB004', 'Type your own handle to delete your account.');
    end if;
    -- The likeness first: each clip with it falls, each worker that uses it loses its lease.
    delete from public.cameos where owner = v_me;
    update public.media set owner = null where owner = v_me;
    perform private.audit('account.deleted', v_me::text);
    -- Everything else hangs on this row.
    delete from auth.users where id = v_me;
end;
$$;
comment on function public.delete_account(text) is
    'Deletes the caller''s account and all that hangs on it in one transaction; the caller confirms with their handle.';
grant execute on function public.delete_account(text) to authenticated;

-- Definer: numbers about everybody, and about other people's watching, without a single name.
create function public.daily_activity(p_days integer default 30) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'day', day::date,
            'joined', (select count(*) from public.profiles where created_at >= day and created_at < day + interval '1 day'),
            'requested', (select count(*) from public.generations where created_at >= day and created_at < day + interval '1 day'),
            'made', (select count(*) from public.clips where created_at >= day and created_at < day + interval '1 day'),
            'posted', (select count(*) from public.posts where published_at >= day and published_at < day + interval '1 day'),
            'watched_minutes', (select round(coalesce(sum(seconds), 0) / 60) from public.watch_events
                                where created_at >= day and created_at < day + interval '1 day')) order by day), '[]')
        from generate_series(date_trunc('day', now()) - make_interval(days => least(greatest(p_days, 1), 366) - 1), date_trunc('day', now()), interval '1 day') as day);
end;
$$;
comment on function public.daily_activity(integer) is 'For moderators: what happened on each of the last days.';

create function public.post_numbers(p_post bigint) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_post public.posts;
begin
    select * into v_post from public.posts where id = p_post and (author = private.me() or private.appears_in(clip));
    if not found then
        perform private.refuse('HB003', 'There is no such post of yours.');
    end if;
    return (
        select jsonb_build_object(
            'views', v_post.view_count, 'likes', v_post.like_count, 'comments', v_post.comment_count, 'remixes', v_post.remix_count,
            'watched_seconds', coalesce(sum(w.seconds), 0), 'completed', count(*) filter (where w.completed),
            'viewers', count(distinct w.profile))
        from public.watch_events as w where w.post = p_post);
end;
$$;
comment on function public.post_numbers(bigint) is 'How a post does, for its author and the people in it: numbers, never names.';
grant execute on function public.daily_activity(integer), public.post_numbers(bigint) to authenticated;
