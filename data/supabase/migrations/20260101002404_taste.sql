-- What a member's acts tell about what they like: kept at each act, so that a page of their feed need not find it out.
-- Only for those who want a personal feed; gone with what it was learnt from.

create table private.tastes (
    profile uuid primary key references public.profiles (id) on delete cascade,
    -- {"tags": {tag: how much}, "makers": {id: how much}}, see taste_of().
    taste jsonb not null,
    made_at timestamptz not null default now()
);
comment on table private.tastes is 'What each member''s latest acts tell about their taste.';
alter table private.tastes enable row level security;

create function private.wants_personal_feed(p_member uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce((private.limits_of(p_member)).personal_feed, true)
           and not exists (select from public.profile_settings where profile = p_member and feed -> 'personal' = 'false'));
end;
$$;
comment on function private.wants_personal_feed(uuid) is
    'Whether a member''s feed may follow their taste: not if they switched it off (feed: {"personal": false}), nor a ward whose guardian has not allowed it.';
grant execute on function private.wants_personal_feed(uuid) to anon, authenticated;

create function private.taste_of(p_member uuid) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    return (
        with acts as (
            -- What a member did lately, and how much it tells. Making something from a post tells most.
            (select post, 1.0::float8 as strength from public.likes where profile = p_member order by created_at desc limit 30)
            union all (select post, 1.5 from public.saves where profile = p_member order by created_at desc limit 15)
            union all (select o.id, 2.0 from (
                           select p.parent from public.posts as p where p.author = p_member and p.removed_at is null
                           order by p.published_at desc, p.id desc limit 10) as mine
                       join public.posts as o on o.clip = mine.parent)
            union all (select post, case when completed then 0.4 when skipped then -0.3 else 0.1 end
                       from public.watch_events where profile = p_member order by created_at desc limit 20)
            union all (select post, -2.0 from public.not_interested where profile = p_member order by created_at desc limit 20)
        ),
        known as materialized (select p.tags, p.author, a.strength from acts as a join public.posts as p on p.id = a.post),
        -- A tag that everything has says little about anybody.
        newest as (
            select p.tags from public.posts as p where p.removed_at is null and p.visibility = 'public' and not p.held
            order by p.published_at desc, p.id desc limit 100
        ),
        common as (select tag, count(*)::real / greatest((select count(*) from newest), 10) as share from newest, unnest(tags) as tag group by tag)
        select jsonb_build_object(
            'tags', (select coalesce(jsonb_object_agg(liked.tag, liked.strength), '{}') from (
                         select l.tag, (1000 * l.strength * (1 - coalesce(c.share, 0)))::integer as strength
                         from (select tag, sum(strength) as strength from known, unnest(tags) as tag group by tag) as l
                         left join common as c on c.tag = l.tag
                         order by abs(l.strength) desc, l.tag limit 50) as liked),
            'makers', (select coalesce(jsonb_object_agg(liked.author, liked.strength), '{}')
                       from (select author, (1000 * sum(strength))::integer as strength from known group by author) as liked)));
end;
$$;
comment on function private.taste_of(uuid) is
    'What a member''s latest acts tell: how much they like each tag and maker, 1000 for one like; below 0, what they want less of.';

-- Definer: no role reads or writes what the app concludes about members.
create function private.keep_taste(p_member uuid) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if not private.wants_personal_feed(p_member) then
        delete from private.tastes where profile = p_member;
    -- An account that is just being deleted takes its acts along, one by one.
    elsif exists (select from public.profiles where id = p_member) then
        insert into private.tastes (profile, taste) values (p_member, private.taste_of(p_member))
        on conflict (profile) do update set taste = excluded.taste, made_at = now();
    end if;
end;
$$;
comment on function private.keep_taste(uuid) is 'Finds out a member''s taste anew and keeps it, or forgets it where it is not wanted.';

create function private.learn_from_act() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.keep_taste(case when tg_op = 'DELETE' then old.profile else new.profile end);
    return null;
end;
$$;
comment on function private.learn_from_act() is 'Trigger: a taste is found out anew after an act that tells much of it.';
create trigger likes_tell_taste after insert or delete on public.likes
for each row execute function private.learn_from_act();
create trigger saves_tell_taste after insert or delete on public.saves
for each row execute function private.learn_from_act();
create trigger not_interested_tells_taste after insert or delete on public.not_interested
for each row execute function private.learn_from_act();
create trigger settings_may_end_taste after update of feed on public.profile_settings
for each row when (old.feed -> 'personal' is distinct from new.feed -> 'personal') execute function private.learn_from_act();

create function private.learn_from_watching() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    -- Watching is frequent and tells little: every ten minutes is often enough.
    if not exists (select from private.tastes where profile = new.profile and made_at > now() - interval '10 minutes') then
        perform private.keep_taste(new.profile);
    end if;
    return null;
end;
$$;
comment on function private.learn_from_watching() is 'Trigger: watching tells of a taste, too, now and then.';
create trigger watching_tells_taste after insert on public.watch_events
for each row execute function private.learn_from_watching();

create function private.unlearn_watching() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.keep_taste(profile) from (select distinct profile from forgotten) as whose;
    return null;
end;
$$;
comment on function private.unlearn_watching() is 'Trigger: what was erased tells nothing any more.';
create trigger erased_watching_tells_nothing after delete on public.watch_events
referencing old table as forgotten for each statement execute function private.unlearn_watching();

create function private.learn_from_remix() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.keep_taste(new.author);
    return null;
end;
$$;
comment on function private.learn_from_remix() is 'Trigger: making something from a post tells most.';
create trigger remixes_tell_taste after insert on public.posts
for each row when (new.parent is not null) execute function private.learn_from_remix();

-- Definer: as above; what is concluded about oneself one may read.
create function private.my_taste() returns jsonb
language sql stable security definer set search_path = ''
as $$ select taste from private.tastes where profile = auth.uid() $$;
comment on function private.my_taste() is 'What is kept of the caller''s taste, for their export; null if nothing is.';
grant execute on function private.my_taste() to authenticated;
