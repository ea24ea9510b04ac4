-- For you, and feeds that members describe in words: scores, reasons, and the order in which posts are shown.

-- One array for each thing that is known of the candidates, all in the order of their scores: a place in one is the same
-- post in every other.
create type private.scored_posts as (
    posts bigint[],
    authors uuid[],
    -- The clip that a post and its remixes come from.
    families uuid[],
    by_new_makers boolean[],
    -- The terms of the scores, each already times its weight.
    tags real[],
    makers real[],
    people real[],
    fresh real[],
    creation real[],
    new_makers real[],
    -- The handle of somebody in it whom the caller follows.
    starring text[]
);
comment on type private.scored_posts is 'The candidates of a feed, best first, with what decides their places and explains them.';

create function private.scored_posts(
    p_member uuid, p_candidates bigint[], p_look_back boolean, p_taste jsonb, p_followed uuid[], p_weights private.feed_weights,
    p_with text[] default null, p_without text[] default '{}'
) returns private.scored_posts
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_unfit text[] := private.unfit_for_me();
    v_tags jsonb := p_taste -> 'tags';
    v_makers jsonb := p_taste -> 'makers';
    v_new_since timestamptz := now() - make_interval(days => p_weights.new_maker_days);
    v_scored private.scored_posts;
begin
    -- Materialized, else every term would be computed again to be sorted by.
    with scored as materialized (
        select p.id, p.author, coalesce(p.parent, p.clip) as family, p.author_since > v_new_since as by_new_maker, s.handle as starring,
               p_weights.tags * t.strength / (2 + abs(t.strength)) as tags,
               p_weights.makers * least(1, m.follows + m.strength / (2 + abs(m.strength))) as makers,
               case when s.handle is null then 0 else p_weights.people end as people,
               p_weights.fresh * power(0.5::float8, greatest(date_part('epoch', now() - p.published_at), 0) / 3600 / p_weights.fresh_hours) as fresh,
               p_weights.creation * least(1, ln(
                   1 + (p_weights.remix_value * p.remix_count + p_weights.save_value * p.save_count + p_weights.comment_value * p.comment_count
                        + p_weights.like_value * p.like_count + p_weights.view_value * p.view_count)::float8) / 8) as creation,
               case when p.author_since > v_new_since then p_weights.new_maker else 0 end as new_maker
        from public.posts as p
        cross join lateral (
            select coalesce(sum((v_tags -> tag)::integer), 0) / 1000::float8 as strength from unnest(p.tags) as tag) as t
        cross join lateral (
            select coalesce((v_makers -> p.author::text)::integer, 0) / 1000::float8 as strength,
                   case when p.author = any (p_followed) then 0.7 else 0 end::float8 as follows) as m
        cross join lateral (
            select min(o.handle) as handle
            from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as o on o.id = c.owner
            where p.stars_people and c.owner = any (p_followed) and u.clip = p.clip and u.withdrawn_at is null) as s
        where p.id = any (p_candidates) and p.author is distinct from p_member
          and (v_unfit is null or not (p.label is not null or p.tags && v_unfit))
          and (p_with is null or p.tags && p_with) and not p.tags && p_without
          and (not p_look_back or not exists (select from public.watch_events as w where w.profile = p_member and w.post = p.id))
    )
    select array_agg(id), array_agg(author), array_agg(family), array_agg(by_new_maker), array_agg(tags), array_agg(makers),
           array_agg(people), array_agg(fresh), array_agg(creation), array_agg(new_maker), array_agg(starring)
    into v_scored
    from (select * from scored order by tags + makers + people + fresh + creation + new_maker desc, id desc) as sorted;
    return v_scored;
end;
$$;
comment on function private.scored_posts(uuid, bigint[], boolean, jsonb, uuid[], private.feed_weights, text[], text[]) is
    'The candidates, best first. p_look_back: leave out what was seen however long ago. p_with: tags of which a post must have one; p_without: none.';

create function private.spread_places(
    p_authors uuid[], p_families uuid[], p_new boolean[], p_last_authors uuid[], p_last_families uuid[], p_shown integer, p_limit integer,
    p_new_every integer
) returns integer[]
language plpgsql immutable set search_path = ''
as $$
declare
    v_count integer := coalesce(cardinality(p_authors), 0);
    v_taken boolean[] := array_fill(false, array[v_count]);
    v_first integer := 1;  -- everything before it is taken
    v_any integer;
    v_pick integer;
    v_picks integer[] := '{}';
begin
    while cardinality(v_picks) < least(p_limit, v_count) loop
        while v_taken[v_first] loop
            v_first := v_first + 1;
        end loop;
        v_pick := null;
        v_any := null;
        for i in v_first .. v_count loop
            continue when v_taken[i]
                or (p_last_authors[1] = p_last_authors[2] and p_authors[i] = p_last_authors[2])
                or (p_last_families[1] = p_last_families[2] and p_families[i] = p_last_families[2]);
            v_any := coalesce(v_any, i);
            if p_new[i] or p_new_every = 0 or (p_shown + cardinality(v_picks) + 1) % p_new_every <> 0 then
                v_pick := i;
                exit;
            end if;
        end loop;
        -- No new maker for their place; or nobody else is left.
        v_pick := coalesce(v_pick, v_any, v_first);
        v_taken[v_pick] := true;
        v_picks := v_picks || v_pick;
        p_last_authors := array[p_last_authors[2], p_authors[v_pick]];
        p_last_families := array[p_last_families[2], p_families[v_pick]];
    end loop;
    return v_picks;
end;
$$;
comment on function private.spread_places(uuid[], uuid[], boolean[], uuid[], uuid[], integer, integer, integer) is
    'Which of the candidates come next: best first, but never a third in a row of one author or family while there are others, and every so many places a new maker''s.';

create function private.picked_posts(
    p_scored private.scored_posts, p_tags jsonb, p_shown bigint[], p_limit integer, p_new_every integer, p_tag_code text
) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_shown integer := cardinality(p_shown);
    v_before public.posts;
    v_last public.posts;
    v_places integer[];
begin
    if v_shown > 0 then
        select * into v_before from public.posts where id = p_shown[v_shown - 1];
        select * into v_last from public.posts where id = p_shown[v_shown];
    end if;
    v_places := private.spread_places(
        p_scored.authors, p_scored.families, p_scored.by_new_makers, array[v_before.author, v_last.author],
        array[coalesce(v_before.parent, v_before.clip), coalesce(v_last.parent, v_last.clip)], v_shown, p_limit, p_new_every);
    return (
        select coalesce(jsonb_agg(jsonb_build_object('post', p.id, 'why', jsonb_build_object(
            'code', reason.code,
            'argument', case
                when reason.code in ('maker', 'new_maker') then (select a.handle from public.profiles as a where a.id = p.author)
                when reason.code = 'person' then p_scored.starring[picked.at]
                when reason.code = p_tag_code then (
                    select tag from unnest(p.tags) as tag where p_tags ? tag order by (p_tags -> tag)::integer desc, tag limit 1)
            end,
            'terms', jsonb_build_object(
                'tags', round(s.tags::numeric, 3), 'makers', round(s.makers::numeric, 3), 'people', round(s.people::numeric, 3),
                'fresh', round(s.fresh::numeric, 3), 'creation', round(s.creation::numeric, 3), 'new_maker', round(s.new_maker::numeric, 3))))
            order by picked.place), '[]')
        from unnest(v_places) with ordinality as picked (at, place)
        join public.posts as p on p.id = p_scored.posts[picked.at]
        cross join lateral (
            select p_scored.tags[picked.at] as tags, p_scored.makers[picked.at] as makers, p_scored.people[picked.at] as people,
                   p_scored.fresh[picked.at] as fresh, p_scored.creation[picked.at] as creation, p_scored.new_makers[picked.at] as new_maker
        ) as s
        cross join lateral (select greatest(s.tags, s.makers, s.people, s.creation, s.new_maker) as most) as m
        cross join lateral (
            select case
                when p_scored.by_new_makers[picked.at] and p_new_every > 0 and (v_shown + picked.place) % greatest(p_new_every, 1) = 0 then 'new_maker'
                when p_tag_code = 'words' and s.tags > 0 then 'words'
                -- Much is fresh at any moment: that explains a post only where little else does.
                when s.fresh / 2 > m.most then 'fresh'
                when s.tags = m.most then p_tag_code
                when s.makers = m.most then 'maker'
                when s.people = m.most then 'person'
                when s.new_maker = m.most then 'new_maker'
                when p.remix_count * 2 >= p.save_count and p.remix_count > 0 then 'remixed'
                when p.save_count > 0 then 'saved_by_many'
                else 'popular'
            end as code) as reason);
end;
$$;
comment on function private.picked_posts(private.scored_posts, jsonb, bigint[], integer, integer, text) is
    'The next posts of a scroll, spread over authors and families, each with its reason and the terms of its score.';

-- Definer: reads the lists of public posts and the weights, and only numbers of posts leave it.
create function private.ranked_posts(p_shown bigint[], p_limit integer, p_changes jsonb) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_weights private.feed_weights;
    v_taste jsonb := coalesce((select taste from private.tastes where profile = v_me), '{"tags": {}, "makers": {}}');
    v_tags text[];
    v_passed bigint[] := private.passed_by(v_me);
    v_followed uuid[] := private.followed_by(v_me);
    v_candidates bigint[];
begin
    select * into v_weights from private.feed_weights;
    if p_changes <> '{}' then
        v_weights := private.changed_weights(v_weights, p_changes);
    end if;
    v_tags := array(select key from jsonb_each(v_taste -> 'tags') where value::integer > 0 order by value::integer desc, key limit 5);
    v_candidates := private.feed_candidates(v_followed, v_tags, p_shown || v_passed, array_remove(private.unwanted_by_me() || v_me, null));
    return private.picked_posts(
        private.scored_posts(v_me, v_candidates, cardinality(v_passed) >= 1000, v_taste, v_followed, v_weights), v_taste -> 'tags', p_shown, p_limit,
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

create function private.picked_json(p_picked jsonb) returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_ids bigint[] := array(select (pick ->> 'post')::bigint from jsonb_array_elements(p_picked) with ordinality as listed (pick, place) order by place);
begin
    return (
        select private.posts_json(array_agg(p order by found.place), jsonb_agg(p_picked -> (found.place - 1) -> 'why' order by found.place))
        from public.posts as p cross join lateral (select array_position(v_ids, p.id) as place) as found
        where p.id = any (v_ids));
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
              and (v_unfit is null or not (p.label is not null or p.tags && v_unfit))
              and p.author not in (select m.muted from public.mutes as m where m.muter = v_me)
              and not exists (select from public.not_interested as n where n.profile = v_me and n.post = p.id)
            order by p.published_at desc, p.id desc limit p_limit
        ) as page);
end;
$$;
comment on function private.unranked_posts(bigint[], integer) is 'The newest posts that a scroll has not shown, for whoever wants no personal feed.';
grant execute on function private.unranked_posts(bigint[], integer) to anon, authenticated;
grant select on public.not_interested to anon;

create function public.for_you_feed(p_shown jsonb default '[]', p_limit integer default 20, p_weights jsonb default '{}') returns json
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
