-- Pages of posts. Each is keyset-paged by (published_at, id), and says of every post why it is there.
-- Their plans are made once for a connection: making them takes longer than reading a page. An inner limit of 100, as
-- long as any page, tells the planner to expect few rows; "limit p_limit" alone it takes for a tenth of the table.

-- One statement for a whole page: a call for each row would cost more than the row. Rows made into JSON as they are cost
-- half of what json_build_object does; and it is not jsonb, because nobody looks into it before it is sent.
create function private.posts_json(p_posts public.posts[], p_whys jsonb) returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_me uuid := auth.uid();
    v_why_each boolean := jsonb_typeof(p_whys) = 'array';
begin
    return (
        select coalesce(json_agg(told order by p.ordinality), '[]')
        from unnest(p_posts) with ordinality as p
        join public.clips as c on c.id = p.clip
        join public.profiles as a on a.id = p.author
        cross join lateral (
            select
                p.id, p.caption, p.visibility, p.tags, p.prompt, p.published_at, p.like_count as likes,
                p.comment_count as comments, p.save_count as saves, p.view_count as views, p.remix_count as remixes,
                p.held, p.label, p.allow_remix, p.allow_comments, p.allow_download,
                case when v_why_each then p_whys -> (p.ordinality - 1)::integer else p_whys end as why,
                p.author is not distinct from v_me as mine,
                case when p.author = v_me then p.link_key end as link_key,
                maker as author,
                case when p.stars_people then private.people_in(p.clip) else '[]' end as people,
                exists (select from public.likes as l where l.post = p.id and l.profile = v_me) as liked,
                exists (select from public.saves as s where s.post = p.id and s.profile = v_me) as saved,
                film as clip,
                case when c.parent is not null then (
                    select origin from (
                        select o.id as post, m.handle, m.display_name
                        from public.posts as o join public.profiles as m on m.id = o.author
                        where o.clip = c.parent and o.removed_at is null
                    ) as origin) end as remix_of
            from (
                select a.id, a.handle, a.display_name,
                       exists (select from public.follows as f where f.follower = v_me and f.followee = a.id) as followed
            ) as maker
            cross join (
                select c.id, c.video_path, c.poster_path, c.preview_path, c.seconds, c.width, c.height, c.engine, c.parent, c.mark,
                       c.credential is not null as signed
            ) as film
            offset 0  -- keeps the rows apart, else each would be written out once for every mention
        ) as told);
end;
$$;
comment on function private.posts_json(public.posts[], jsonb) is
    'Posts with their clips and authors as the caller sees them. p_whys: why they are shown, one for each or one for all.';
grant execute on function private.posts_json(public.posts[], jsonb) to anon, authenticated, service_role;

create function private.why(p_code text, p_argument text default null, p_terms jsonb default '{}') returns jsonb
language plpgsql immutable set search_path = ''
as $$
begin
    return jsonb_build_object('code', p_code, 'argument', p_argument, 'terms', p_terms);
end;
$$;
comment on function private.why(text, text, jsonb) is
    'Why a post is shown: the main reason, what it names (a tag, a handle), and every term of its score.';
grant execute on function private.why(text, text, jsonb) to anon, authenticated, service_role;

-- What a guardian would not want shown unasked. A table of one column, so that moderators can be given it to keep.
create table private.sensitive_concepts (
    concept text primary key check (concept ~ '^[a-z][a-z0-9_]{0,39}$')
);
comment on table private.sensitive_concepts is 'Concepts of a storyboard that keep a post out of what wards are shown.';
alter table private.sensitive_concepts enable row level security;
insert into private.sensitive_concepts (concept)
select unnest(array['alcohol', 'beer', 'wine', 'cigarette', 'smoke_cigarette', 'drug', 'blood', 'corpse', 'skeleton', 'zombie', 'monster',
                    'explosion', 'fight', 'gun', 'rifle', 'knife', 'sword', 'weapon', 'war', 'kiss', 'gambling']);

-- Definer: the list is nobody's, and whether it concerns the caller is a guardian's row.
create function private.unfit_for_me() returns text[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select case when exists (select from public.guardianships where ward = auth.uid() and state = 'active')
                    then array(select concept from private.sensitive_concepts) end);
end;
$$;
comment on function private.unfit_for_me() is 'Concepts that keep a post from a ward; null for everybody else, whom everything suits.';
grant execute on function private.unfit_for_me() to anon, authenticated, service_role;

create function public.following_feed(
    p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
    v_me uuid := auth.uid();
    v_unfit text[] := private.unfit_for_me();
begin
    -- A few from each author by index, then the newest of those: never a scan over everybody's posts.
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), private.why('following'))
        from (
            select nearest.post from (
                select q.post from (
                    select f.followee as author from public.follows as f where f.follower = v_me
                      and not exists (select from public.mutes as m where m.muter = v_me and m.muted = f.followee)
                    union all select v_me
                ) as source
                cross join lateral (
                    select theirs.* from (
                        select newest as post, newest.published_at, newest.id from public.posts as newest
                        where newest.author = source.author and newest.removed_at is null
                          and (v_unfit is null or not (newest.label is not null or newest.tags && v_unfit))
                          and (newest.published_at, newest.id) < (p_before, p_before_id)
                        order by newest.published_at desc, newest.id desc limit 100
                    ) as theirs limit v_limit
                ) as q
                order by q.published_at desc, q.id desc limit 100
            ) as nearest limit v_limit
        ) as page);
end;
$$;
comment on function public.following_feed(timestamptz, bigint, integer) is 'A page of posts by the caller and those they follow, newest first.';

create function public.latest_feed(
    p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
    v_unfit text[] := private.unfit_for_me();
begin
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), private.why('new'))
        from (
            select newest.post from (
                select p as post from public.posts as p
                where p.removed_at is null and p.visibility = 'public' and not p.held
                  and (p.published_at, p.id) < (p_before, p_before_id)
                  and (v_unfit is null or not (p.label is not null or p.tags && v_unfit))
                  and p.author not in (select m.muted from public.mutes as m where m.muter = auth.uid())
                order by p.published_at desc, p.id desc limit 100
            ) as newest limit v_limit
        ) as page);
end;
$$;
comment on function public.latest_feed(timestamptz, bigint, integer) is 'A page of everybody''s public posts, newest first.';

create function public.posts_by(
    p_handle text, p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns json
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
    v_author uuid := private.visible_profile(p_handle);
begin
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), private.why('author', lower(btrim(p_handle, ' @'))))
        from (
            select newest.post from (
                select p as post from public.posts as p
                where p.author = v_author and p.removed_at is null and (p.published_at, p.id) < (p_before, p_before_id)
                order by p.published_at desc, p.id desc limit 100
            ) as newest limit v_limit
        ) as page);
end;
$$;
comment on function public.posts_by(text, timestamptz, bigint, integer) is 'A page of one member''s posts that the caller may see, newest first.';

create function public.saved_posts(p_before timestamptz default 'infinity', p_limit integer default 20) returns json
language plpgsql stable set search_path = ''
as $$
begin
    return (
        select private.posts_json(array_agg(page.post order by page.saved_at desc), private.why('saved'))
        from (
            select p as post, s.created_at as saved_at from public.saves as s join public.posts as p on p.id = s.post
            where s.profile = auth.uid() and s.created_at < p_before
            order by s.created_at desc limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.saved_posts(timestamptz, integer) is 'A page of what the caller saved, latest first.';

create function public.liked_posts(p_before timestamptz default 'infinity', p_limit integer default 20) returns json
language plpgsql stable set search_path = ''
as $$
begin
    return (
        select private.posts_json(array_agg(page.post order by page.liked_at desc), private.why('liked'))
        from (
            select p as post, l.created_at as liked_at from public.likes as l join public.posts as p on p.id = l.post
            where l.profile = auth.uid() and l.created_at < p_before
            order by l.created_at desc limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.liked_posts(timestamptz, integer) is 'A page of what the caller likes, latest first.';

create function public.post(p_id bigint) returns json
language plpgsql stable set search_path = ''
as $$
declare
    v_found json;
begin
    select private.posts_json(array_agg(p), private.why('link')) -> 0 into v_found from public.posts as p where p.id = p_id;
    if v_found is null then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    end if;
    return v_found;
end;
$$;
comment on function public.post(bigint) is 'One post that the caller may see.';

-- Definer: the key in a link is the permission to see one post that no policy shows.
create function public.post_by_link(p_link uuid) returns json
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_found json;
begin
    select private.posts_json(array_agg(p), private.why('link')) -> 0 into v_found
    from public.posts as p where p.link_key = p_link and private.has_link(p.clip, p_link);
    if v_found is null then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    end if;
    return v_found;
end;
$$;
comment on function public.post_by_link(uuid) is 'The post that a shared link opens.';

grant execute on function
    public.latest_feed(timestamptz, bigint, integer), public.posts_by(text, timestamptz, bigint, integer),
    public.post(bigint), public.post_by_link(uuid)
to anon, authenticated;
grant execute on function
    public.following_feed(timestamptz, bigint, integer), public.saved_posts(timestamptz, integer), public.liked_posts(timestamptz, integer)
to authenticated;
