-- For you, and feeds that members describe in words: scores, reasons, and the order in which posts are shown.

create type private.scored_post as (
    post bigint,
    author uuid,
    -- The clip that a post and its remixes come from.
    family uuid,
    by_new_maker boolean,
    -- The terms of the score, each already times its weight.
    tags numeric,
    makers numeric,
    people numeric,
    fresh numeric,
    creation numeric,
    new_maker numeric,
    -- What reasons name: the tag that fits best, the author's handle, and that of somebody in it whom the caller follows.
    best_tag text,
    handle text,
    person text,
    remixes integer,
    saves integer
);
comment on type private.scored_post is 'A candidate of a feed, with what decides its place and explains it.';

create function private.scored_posts(
    p_member uuid, p_candidates bigint[], p_taste jsonb, p_weights private.feed_weights, p_with text[] default null, p_without text[] default '{}'
) returns private.scored_post[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_unfit text[] := private.unfit_for_me();
begin
    return array(
        with posts as materialized (
            select p.id, p.clip, p.author, coalesce(p.parent, p.clip) as family, p.tags, p.stars_people, p.remix_count, p.save_count,
                   a.handle, a.created_at > now() - make_interval(days => p_weights.new_maker_days) as by_new_maker,
                   exists (select from public.follows as f where f.follower = p_member and f.followee = p.author) as followed,
                   coalesce((p_taste -> 'makers' ->> p.author::text)::real, 0) as taste,
                   power(0.5, greatest(extract(epoch from now() - p.published_at), 0) / 3600 / p_weights.fresh_hours) as fresh,
                   ln(1 + p_weights.remix_value * p.remix_count + p_weights.save_value * p.save_count
                      + p_weights.comment_value * p.comment_count + p_weights.like_value * p.like_count
                      + p_weights.view_value * p.view_count) as creation
            from public.posts as p join public.profiles as a on a.id = p.author
            where p.id = any (p_candidates) and p.author is distinct from p_member
              and (v_unfit is null or not (p.sensitive or p.tags && v_unfit))
              and (p_with is null or p.tags && p_with) and not p.tags && p_without
              -- However long ago it was seen.
              and not exists (select from public.watch_events as w where w.profile = p_member and w.post = p.id)
              and not exists (select from public.likes as l where l.profile = p_member and l.post = p.id)
              and not exists (select from public.not_interested as n where n.profile = p_member and n.post = p.id)
        ),
        matched as (
            select p.id, sum(t.strength) as strength, (array_agg(t.tag order by t.strength desc, t.tag))[1] as best
            from posts as p cross join unnest(p.tags) as has
            join (select key as tag, (value #>> '{}')::real as strength from jsonb_each(p_taste -> 'tags')) as t on t.tag = has
            group by p.id
        ),
        starring as (
            select p.id, min(o.handle) as handle
            from posts as p join public.cameo_uses as u on u.clip = p.clip and u.withdrawn_at is null
            join public.cameos as c on c.id = u.cameo join public.profiles as o on o.id = c.owner
            join public.follows as f on f.follower = p_member and f.followee = c.owner
            where p.stars_people group by p.id
        )
        select scored::private.scored_post from (
            select p.id, p.author, p.family, p.by_new_maker,
                   (p_weights.tags * coalesce(m.strength / (2 + abs(m.strength)), 0))::numeric(6, 3) as tags,
                   (p_weights.makers * least(1, case when p.followed then 0.7 else 0 end + p.taste / (2 + abs(p.taste))))::numeric(6, 3) as makers,
                   (p_weights.people * case when s.id is null then 0 else 1 end)::numeric(6, 3) as people,
                   (p_weights.fresh * p.fresh)::numeric(6, 3) as fresh,
                   (p_weights.creation * least(1, p.creation / 8))::numeric(6, 3) as creation,
                   (p_weights.new_maker * case when p.by_new_maker then 1 else 0 end)::numeric(6, 3) as new_maker,
                   m.best, p.handle, s.handle as person, p.remix_count, p.save_count
            from posts as p left join matched as m on m.id = p.id left join starring as s on s.id = p.id
        ) as scored
        order by tags + makers + people + fresh + creation + new_maker desc, id desc);
end;
$$;
comment on function private.scored_posts(uuid, bigint[], jsonb, private.feed_weights, text[], text[]) is
    'The candidates that a member has not seen, best first. p_with: tags of which a post must have one; p_without: none.';

create function private.reason(p_post private.scored_post, p_tag_code text, p_for_being_new boolean) returns jsonb
language plpgsql immutable set search_path = ''
as $$
declare
    v_terms jsonb := jsonb_build_object('tags', p_post.tags, 'makers', p_post.makers, 'people', p_post.people,
                                        'fresh', p_post.fresh, 'creation', p_post.creation, 'new_maker', p_post.new_maker);
    v_largest text;
begin
    select case when p_for_being_new then 'new_maker' when p_tag_code = 'words' and p_post.tags > 0 then 'tags' else key end into v_largest
    from jsonb_each(v_terms)
    -- Much is fresh at any moment: that explains a post only where little else does.
    order by (value #>> '{}')::numeric * case key when 'fresh' then 0.5 else 1 end desc, key limit 1;
    return case v_largest
        when 'tags' then private.why(p_tag_code, p_post.best_tag, v_terms)
        when 'makers' then private.why('maker', p_post.handle, v_terms)
        when 'people' then private.why('person', p_post.person, v_terms)
        when 'new_maker' then private.why('new_maker', p_post.handle, v_terms)
        when 'fresh' then private.why('fresh', null, v_terms)
        else private.why(case when p_post.remixes * 2 >= p_post.saves and p_post.remixes > 0 then 'remixed'
                              when p_post.saves > 0 then 'saved_by_many' else 'popular' end, null, v_terms)
    end;
end;
$$;
comment on function private.reason(private.scored_post, text, boolean) is
    'Why a scored post is shown: its largest term, or that its maker is new where a place is kept for those.';

create function private.spread_posts(
    p_scored private.scored_post[], p_shown bigint[], p_limit integer, p_new_every integer, p_tag_code text
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_left integer[] := array(select generate_series(1, cardinality(p_scored)));
    v_place integer := cardinality(p_shown);
    v_last public.posts;
    v_one_before public.posts;
    v_crowded uuid[];  -- the author and the family that had the last two places
    v_authors uuid[] := '{}';
    v_families uuid[] := '{}';
    v_pick integer;
    v_for_new boolean;
    v_picked jsonb[] := '{}';
begin
    select * into v_one_before from public.posts where id = p_shown[v_place - 1];
    select * into v_last from public.posts where id = p_shown[v_place];
    v_authors := array[v_one_before.author, v_last.author];
    v_families := array[coalesce(v_one_before.parent, v_one_before.clip), coalesce(v_last.parent, v_last.clip)];
    while cardinality(v_picked) < p_limit and cardinality(v_left) > 0 loop
        v_place := v_place + 1;
        v_crowded := array[case when v_authors[1] = v_authors[2] then v_authors[1] end, case when v_families[1] = v_families[2] then v_families[1] end];
        v_for_new := p_new_every > 0 and v_place % p_new_every = 0;
        v_pick := null;
        if v_for_new then
            select at into v_pick from unnest(v_left) with ordinality as l (at, place)
            where p_scored[at].by_new_maker and p_scored[at].author is distinct from v_crowded[1] and p_scored[at].family is distinct from v_crowded[2]
            order by place limit 1;
        end if;
        v_for_new := v_pick is not null;
        if v_pick is null then
            select at into v_pick from unnest(v_left) with ordinality as l (at, place)
            where p_scored[at].author is distinct from v_crowded[1] and p_scored[at].family is distinct from v_crowded[2]
            order by place limit 1;
        end if;
        -- Nobody else is left.
        v_pick := coalesce(v_pick, v_left[1]);
        v_left := array_remove(v_left, v_pick);
        v_authors := array[v_authors[2], p_scored[v_pick].author];
        v_families := array[v_families[2], p_scored[v_pick].family];
        v_picked := v_picked || jsonb_build_object('post', p_scored[v_pick].post, 'why', private.reason(p_scored[v_pick], p_tag_code, v_for_new));
    end loop;
    return to_jsonb(v_picked);
end;
$$;
comment on function private.spread_posts(private.scored_post[], bigint[], integer, integer, text) is
    'The next posts of a scroll: best first, but never a third in a row of one author or family while there are others, and every so many places a new maker''s.';

create function private.wants_personal_feed(p_member uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select coalesce((private.limits_of(p_member)).personal_feed, true)
       and not exists (select from public.profile_settings where profile = p_member and feed -> 'personal' = 'false');
$$;
comment on function private.wants_personal_feed(uuid) is
    'Whether a member''s feed may follow their taste: not if they switched it off (feed: {"personal": false}), nor a ward whose guardian has not allowed it.';
grant execute on function private.wants_personal_feed(uuid) to anon, authenticated;

-- Definer: reads the lists of public posts and the weights, and only numbers of posts leave it.
create function private.ranked_posts(p_shown bigint[], p_limit integer, p_changes jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_weights private.feed_weights;
    v_taste jsonb := private.taste_of(v_me);
    v_tags text[];
    v_candidates bigint[];
begin
    select * into v_weights from private.feed_weights;
    v_weights := private.changed_weights(v_weights, p_changes);
    v_tags := array(select key from jsonb_each(v_taste -> 'tags') where (value #>> '{}')::real > 0
                    order by (value #>> '{}')::real desc, key limit 5);
    v_candidates := private.feed_candidates(v_me, v_tags, p_shown || private.passed_by(v_me), array_remove(private.unwanted_by_me() || v_me, null));
    return private.spread_posts(
        private.scored_posts(v_me, v_candidates, v_taste, v_weights), p_shown, p_limit,
        case when v_weights.new_maker_share > 0 then round(1 / v_weights.new_maker_share)::integer else 0 end, 'tag');
end;
$$;
comment on function private.ranked_posts(bigint[], integer, jsonb) is 'The next posts of the caller''s For you, each with its reason.';
grant execute on function private.ranked_posts(bigint[], integer, jsonb) to anon, authenticated;

create function private.shown_ids(p_shown jsonb) returns bigint[]
language plpgsql immutable set search_path = ''
as $$
begin
    if jsonb_typeof(coalesce(p_shown, '[]')) <> 'array' then
        perform private.refuse('HB004', 'What was shown is a list of numbers of posts.');
    end if;
    return array(select (id #>> '{}')::bigint from jsonb_array_elements(coalesce(p_shown, '[]')) with ordinality as listed (id, place) order by place);
end;
$$;
comment on function private.shown_ids(jsonb) is 'The posts that a scroll has shown so far, in their order.';
grant execute on function private.shown_ids(jsonb) to anon, authenticated;

create function private.picked_json(p_picked jsonb) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    return (
        select private.posts_json(array_agg(p order by picked.place), jsonb_agg(picked.pick -> 'why' order by picked.place))
        from jsonb_array_elements(p_picked) with ordinality as picked (pick, place)
        join public.posts as p on p.id = (picked.pick ->> 'post')::bigint);
end;
$$;
comment on function private.picked_json(jsonb) is 'Picked posts as the caller may see them, each with its reason.';
grant execute on function private.picked_json(jsonb) to anon, authenticated;

create function private.unranked_posts(p_shown bigint[], p_limit integer) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_me uuid := auth.uid();
    v_unfit text[] := private.unfit_for_me();
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object('post', page.id, 'why', private.why('new')) order by page.published_at desc, page.id desc), '[]')
        from (
            select p.id, p.published_at from public.posts as p
            where p.removed_at is null and p.visibility = 'public' and not p.held and p.id <> all (p_shown)
              and (v_unfit is null or not (p.sensitive or p.tags && v_unfit))
              and p.author not in (select m.muted from public.mutes as m where m.muter = v_me)
              and not exists (select from public.not_interested as n where n.profile = v_me and n.post = p.id)
            order by p.published_at desc, p.id desc limit p_limit
        ) as page);
end;
$$;
comment on function private.unranked_posts(bigint[], integer) is 'The newest posts that a scroll has not shown, for whoever wants no personal feed.';
grant execute on function private.unranked_posts(bigint[], integer) to anon, authenticated;
grant select on public.not_interested to anon;

create function public.for_you_feed(p_shown jsonb default '[]', p_limit integer default 20, p_weights jsonb default '{}') returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_shown bigint[] := private.shown_ids(p_shown);
    v_limit integer := least(private.page_size(p_limit), 50);
begin
    -- A scroll of a thousand clips has an end.
    if cardinality(v_shown) >= 1000 then
        return '[]';
    elsif not private.wants_personal_feed(auth.uid()) then
        return private.picked_json(private.unranked_posts(v_shown, v_limit));
    end if;
    return private.picked_json(private.ranked_posts(v_shown, v_limit, p_weights));
end;
$$;
comment on function public.for_you_feed(jsonb, integer, jsonb) is
    'The next posts of the caller''s For you. p_shown: the posts of this scroll so far, in their order, so that none comes twice.';
grant execute on function public.for_you_feed(jsonb, integer, jsonb) to anon, authenticated;
