-- Finding posts by words and tags, members, tags, and what is on the rise.
-- The helpers that read the lists are definers and return ids alone; posts and members are read with the caller's rights.

create function private.tagged_posts(p_tag text, p_before timestamptz, p_before_id bigint, p_limit integer) returns bigint[]
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_unwanted uuid[] := private.unwanted_by_me();
    v_unfit text[] := private.unfit_for_me();
begin
    return array(
        select t.post from private.post_tags as t join public.posts as p on p.id = t.post
        where t.tag = p_tag and (t.published_at, t.post) < (p_before, p_before_id) and t.author <> all (v_unwanted)
          and (v_unfit is null or not (p.label is not null or p.tags && v_unfit))
        order by t.published_at desc, t.post desc limit p_limit);
end;
$$;
comment on function private.tagged_posts(text, timestamptz, bigint, integer) is 'The newest posts with a tag that the caller would want to see.';
grant execute on function private.tagged_posts(text, timestamptz, bigint, integer) to anon, authenticated;

create function public.posts_tagged(
    p_tag text, p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns json
language plpgsql stable set search_path = ''
as $$
declare
    v_tag text := lower(btrim(p_tag, ' #'));
begin
    return (
        select private.posts_json(array_agg(p order by p.published_at desc, p.id desc), private.why('tag', v_tag))
        from public.posts as p where p.id = any (private.tagged_posts(v_tag, p_before, p_before_id, private.page_size(p_limit))));
end;
$$;
comment on function public.posts_tagged(text, timestamptz, bigint, integer) is 'A page of public posts with a tag, newest first.';
grant execute on function public.posts_tagged(text, timestamptz, bigint, integer) to anon, authenticated;

create function private.found_posts(p_words text, p_tags text[], p_before timestamptz, p_before_id bigint, p_limit integer) returns bigint[]
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_query tsquery := private.query_of(p_words)
                       || plainto_tsquery('pg_catalog.simple', replace(array_to_string(p_tags, ' '), '_', ' '));
    v_unwanted uuid[] := private.unwanted_by_me();
    v_unfit text[] := private.unfit_for_me();
begin
    if numnode(v_query) = 0 then
        return '{}';
    end if;
    return array(
        select w.post from private.post_words as w join public.posts as p on p.id = w.post
        where w.words @@ v_query and (w.published_at, w.post) < (p_before, p_before_id) and w.author <> all (v_unwanted)
          and (v_unfit is null or not (p.label is not null or p.tags && v_unfit))
        order by w.published_at desc, w.post desc limit p_limit);
end;
$$;
comment on function private.found_posts(text, text[], timestamptz, bigint, integer) is
    'The newest posts that hold these words, or have all of these tags, and that the caller would want to see.';
grant execute on function private.found_posts(text, text[], timestamptz, bigint, integer) to anon, authenticated;

create function public.search_posts(
    p_words text, p_tags jsonb default '[]', p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807,
    p_limit integer default 20
) returns json
language plpgsql stable set search_path = ''
as $$
declare
    v_words text := private.limited(p_words, 200, 'The search');
    v_tags text[] := array(select jsonb_array_elements_text(p_tags));
begin
    return (
        select private.posts_json(array_agg(p order by p.published_at desc, p.id desc), private.why('search', v_words))
        from public.posts as p
        where p.id = any (private.found_posts(v_words, v_tags[:10], p_before, p_before_id, private.page_size(p_limit))));
end;
$$;
comment on function public.search_posts(text, jsonb, timestamptz, bigint, integer) is
    'A page of public posts that hold these words in caption, tags or published prompt, or have all of these tags, newest first.';

create function private.found_tags(p_prefix text, p_among text[]) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_unwanted uuid[] := private.unwanted_by_me();
    v_unfit text[] := coalesce(private.unfit_for_me(), '{}');
begin
    -- From one tag straight to the next: as many probes of the index as there are tags.
    return (
        with recursive following (tag) as (
            (select t.tag from private.post_tags as t where t.tag >= p_prefix and t.tag < p_prefix || '~' order by t.tag limit 1)
            union all
            select (select t.tag from private.post_tags as t where t.tag > f.tag and t.tag < p_prefix || '~' order by t.tag limit 1)
            from following as f where f.tag is not null
        ),
        named as ((select tag from following where tag is not null limit 100) union select unnest(p_among))
        select coalesce(jsonb_agg(jsonb_build_object('tag', n.tag, 'posts', counted.posts) order by counted.posts desc, n.tag), '[]')
        from named as n cross join lateral (
            select count(*) as posts from (
                select from private.post_tags as t where t.tag = n.tag and t.author <> all (v_unwanted) limit 100) as bounded
        ) as counted
        where counted.posts > 0 and n.tag <> all (v_unfit));
end;
$$;
comment on function private.found_tags(text, text[]) is
    'Tags with this beginning, and those named besides, with how many public posts have them, counted to 100.';
grant execute on function private.found_tags(text, text[]) to anon, authenticated;

create function public.search_tags(p_prefix text, p_among jsonb default '[]', p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_path_query_array(
        private.found_tags(lower(replace(btrim(left(p_prefix, 40), ' #'), ' ', '_')), (array(select jsonb_array_elements_text(p_among)))[:40]),
        '$[0 to $last]', jsonb_build_object('last', private.page_size(p_limit) - 1));
$$;
comment on function public.search_tags(text, jsonb, integer) is
    'Tags with this beginning, most used first. p_among: tags to count besides, such as those that a word of another language means.';

-- People are searched by the beginning of their name, too.
create index profiles_by_name on public.profiles (private.without_accents(display_name) text_pattern_ops);
grant execute on function private.without_accents(text) to anon, authenticated, service_role;

create function private.found_members(p_prefix text, p_limit integer) returns uuid[]
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_like text := regexp_replace(p_prefix, '([\\%_])', '\\\1', 'g') || '%';
    v_hidden uuid[] := private.hidden_from_me();
begin
    return array(
        select p.id from public.profiles as p
        where (p.handle like v_like or private.without_accents(p.display_name) like private.without_accents(v_like)) and p.id <> all (v_hidden)
        order by p.follower_count desc, p.handle limit p_limit);
end;
$$;
comment on function private.found_members(text, integer) is 'Members whose handle or name begins so, best known first.';
grant execute on function private.found_members(text, integer) to anon, authenticated;

create function public.search_members(p_prefix text, p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.profile_card(p) || jsonb_build_object(
        'followers', p.follower_count,
        'followed', exists (select from public.follows as f where f.follower = auth.uid() and f.followee = p.id))
        order by p.follower_count desc, p.handle), '[]')
    from public.profiles as p where p.id = any (private.found_members(lower(btrim(left(p_prefix, 50), ' @')), private.page_size(p_limit)));
$$;
comment on function public.search_members(text, integer) is 'Members whose handle or name begins so, best known first.';

-- Definer: counts over everybody's public posts, and reads who is unwanted.
create function public.trends(p_limit integer default 12) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_unwanted uuid[] := private.unwanted_by_me();
    v_unfit text[] := coalesce(private.unfit_for_me(), '{}');
begin
    -- Some thousand posts tell as much about what grows as all of them.
    return (
        with lately as (
            select p.tags, p.author from public.posts as p
            where p.removed_at is null and p.visibility = 'public' and not p.held and p.published_at > now() - interval '3 days'
              and p.author <> all (v_unwanted)
            order by p.published_at desc, p.id desc limit 1500
        ),
        before as (
            select p.tags from public.posts as p
            where p.removed_at is null and p.visibility = 'public' and not p.held
              and p.published_at between now() - interval '17 days' and now() - interval '3 days'
            order by p.published_at desc, p.id desc limit 3000
        ),
        sizes as (select (select count(*) from lately) + 20.0 as lately, (select count(*) from before) + 20.0 as before),
        used as (
            select tag, count(*) as posts, count(distinct author) as makers from lately, unnest(tags) as tag group by tag
            having count(distinct author) >= (select trend_makers from private.feed_weights)
        ),
        used_before as (select tag, count(*) as posts from before, unnest(tags) as tag group by tag),
        grown as (
            -- A few posts are added on either side, so that one post more is no trend.
            select u.tag, u.posts, u.makers, (u.posts + 1) / s.lately as share, (coalesce(b.posts, 0) + 1) / s.before as share_before
            from used as u cross join sizes as s left join used_before as b on b.tag = u.tag
            where u.tag <> all (v_unfit)
        )
        select coalesce(jsonb_agg(jsonb_build_object('tag', g.tag, 'posts', g.posts, 'makers', g.makers,
                                                     'growth', round((g.share / g.share_before)::numeric, 2))
                                  order by g.share - g.share_before desc, g.tag), '[]')
        from (select * from grown where share > 1.2 * share_before
              order by share - share_before desc, tag limit private.page_size(p_limit)) as g);
end;
$$;
comment on function public.trends(integer) is
    'Tags that several makers used more in the last 3 days than in the 2 weeks before; growth: how many times as often.';
grant execute on function
    public.search_posts(text, jsonb, timestamptz, bigint, integer), public.search_tags(text, jsonb, integer),
    public.search_members(text, integer), public.trends(integer)
to anon, authenticated;
