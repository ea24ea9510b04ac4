-- Feeds that members describe in words: "calm nature, no sport". The words are read outside; here are the weights they gave.

create table public.described_feeds (
    id bigint generated always as identity primary key,
    owner uuid not null references public.profiles (id) on delete cascade,
    name text not null check (char_length(name) between 1 and 40),
    -- As it was typed, so that it can be edited.
    words text not null check (char_length(words) between 1 and 300),
    -- Concept → how much it is wanted, -1 to 1.
    weights jsonb not null check (jsonb_typeof(weights) = 'object' and length(weights::text) <= 4000),
    created_at timestamptz not null default now()
);
comment on table public.described_feeds is 'A feed that a member described in words, and how the words were understood.';
alter table public.described_feeds enable row level security;
create index described_feeds_of_member on public.described_feeds (owner, id);

create policy "Members see their own described feeds" on public.described_feeds
for select to authenticated using (owner = (select auth.uid()));
create policy "Members describe feeds for themselves" on public.described_feeds
for insert to authenticated with check (owner = (select auth.uid()));
create policy "Members change their described feeds" on public.described_feeds
for update to authenticated using (owner = (select auth.uid())) with check (owner = (select auth.uid()));
create policy "Members delete their described feeds" on public.described_feeds
for delete to authenticated using (owner = (select auth.uid()));
grant select, delete, insert (owner, name, words, weights), update (name, words, weights) on public.described_feeds to authenticated;

create function private.checked_wishes(p_weights jsonb) returns jsonb
language plpgsql immutable set search_path = ''
as $$
declare
    v_wrong text;
begin
    if jsonb_typeof(p_weights) is distinct from 'object' or (select count(*) from jsonb_object_keys(p_weights)) not between 1 and 60 then
        perform private.refuse('HB004', 'A described feed has 1 to 60 concepts, each with a weight.', 'Describe what you want to see, or not.');
    end if;
    select key into v_wrong from jsonb_each(p_weights)
    where key !~ '^[a-z][a-z0-9_]{0,39}$' or jsonb_typeof(value) <> 'number' or (value #>> '{}')::numeric not between -1 and 1
    order by key limit 1;
    if found then
        perform private.refuse('HB004', format('%L is not a concept with a weight from -1 to 1.', left(v_wrong, 40)));
    end if;
    return p_weights;
end;
$$;
comment on function private.checked_wishes(jsonb) is 'The weights of a described feed. Refuses what are none.';
grant execute on function private.checked_wishes(jsonb) to anon, authenticated;

create function public.save_described_feed(p_name text, p_words text, p_weights jsonb, p_id bigint default null) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_name text := private.limited(p_name, 40, 'The name');
    v_words text := private.limited(p_words, 300, 'The description');
    v_saved public.described_feeds;
begin
    perform private.checked_wishes(p_weights);
    if p_id is null then
        -- One at a time, because the limit counts.
        perform pg_advisory_xact_lock(hashtext('save_described_feed'), hashtext(v_me::text));
        if (select count(*) from public.described_feeds where owner = v_me) >= 12 then
            perform private.refuse('HB006', 'You have described 12 feeds.', 'Delete one that you no longer read.');
        end if;
        insert into public.described_feeds (owner, name, words, weights) values (v_me, v_name, v_words, p_weights) returning * into v_saved;
    else
        update public.described_feeds set name = v_name, words = v_words, weights = p_weights
        where id = p_id and owner = v_me returning * into v_saved;
        if not found then
            perform private.refuse('HB003', 'There is no such feed of yours.');
        end if;
    end if;
    return to_jsonb(v_saved) - 'owner';
end;
$$;
comment on function public.save_described_feed(text, text, jsonb, bigint) is 'Keeps a feed that the caller described, or changes one of theirs.';

create function public.my_described_feeds() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(d) - 'owner' order by d.id), '[]') from public.described_feeds as d where d.owner = auth.uid();
$$;
comment on function public.my_described_feeds() is 'The feeds that the caller described, oldest first.';

create function public.delete_described_feed(p_id bigint) returns void
language plpgsql set search_path = ''
as $$
begin
    delete from public.described_feeds where id = p_id and owner = private.me();
    if not found then
        perform private.refuse('HB003', 'There is no such feed of yours.');
    end if;
end;
$$;
comment on function public.delete_described_feed(bigint) is 'Deletes a feed that the caller described.';
grant execute on function
    public.save_described_feed(text, text, jsonb, bigint), public.my_described_feeds(), public.delete_described_feed(bigint)
to authenticated;

create function private.described_candidates(p_tags text[], p_passed bigint[], p_unwanted uuid[]) returns bigint[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    if cardinality(p_tags) = 0 then
        return array(
            select p.id from public.posts as p
            where p.removed_at is null and p.visibility = 'public' and not p.held
              and p.id not in (select unnest(p_passed)) and p.author <> all (p_unwanted)
            order by p.published_at desc, p.id desc limit 200);
    end if;
    return array(
        select distinct q.post from unnest(p_tags) as wanted
        cross join lateral (
            select t.post from private.post_tags as t
            where t.tag = wanted and t.post not in (select unnest(p_passed)) and t.author <> all (p_unwanted)
            order by t.published_at desc, t.post desc limit 60) as q);
end;
$$;
comment on function private.described_candidates(text[], bigint[], uuid[]) is
    'The latest posts with each of these tags; without tags, the latest posts.';

-- Definer: reads the lists of public posts and the weights, and only numbers of posts leave it.
create function private.described_posts(p_wishes jsonb, p_shown bigint[], p_limit integer) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_weights private.feed_weights;
    -- As strong as a few likes each.
    v_tags jsonb := (select jsonb_object_agg(key, (3000 * (value #>> '{}')::real)::integer) from jsonb_each(p_wishes));
    v_wanted text[] := array(select key from jsonb_each(p_wishes) where (value #>> '{}')::real > 0 order by (value #>> '{}')::real desc, key);
    v_without text[] := array(select key from jsonb_each(p_wishes) where (value #>> '{}')::real <= -0.5);
    v_passed bigint[] := private.passed_by(v_me);
    v_candidates bigint[];
begin
    select * into v_weights from private.feed_weights;
    -- What was asked for in words, and nothing of what one did.
    v_weights.makers := 0;
    v_weights.people := 0;
    v_weights.new_maker := 0;
    v_weights.tags := greatest(v_weights.tags, 1);
    v_candidates := private.described_candidates(v_wanted[:8], p_shown || v_passed, array_remove(private.unwanted_by_me() || v_me, null));
    return private.picked_posts(
        private.scored_posts(v_me, v_candidates, cardinality(v_passed) >= 1000, jsonb_build_object('tags', v_tags, 'makers', '{}'::jsonb),
                             '{}', v_weights, case when cardinality(v_wanted) > 0 then v_wanted end, v_without),
        v_tags, p_shown, p_limit, 0, 'words');
end;
$$;
comment on function private.described_posts(jsonb, bigint[], integer) is 'The next posts of a described feed, each with its reason.';
grant execute on function private.described_posts(jsonb, bigint[], integer) to anon, authenticated;

create function public.described_feed(p_weights jsonb, p_shown jsonb default '[]', p_limit integer default 20) returns json
language plpgsql stable set search_path = ''
as $$
declare
    v_shown bigint[] := private.shown_ids(p_shown);
begin
    if cardinality(v_shown) >= 1000 then
        return '[]';
    end if;
    return private.picked_json(private.described_posts(private.checked_wishes(p_weights), v_shown, least(private.page_size(p_limit), 50)));
end;
$$;
comment on function public.described_feed(jsonb, jsonb, integer) is
    'The next posts of a feed described by weights of concepts. A weight of -0.5 or less leaves a concept out altogether.';
grant execute on function public.described_feed(jsonb, jsonb, integer) to anon, authenticated;
