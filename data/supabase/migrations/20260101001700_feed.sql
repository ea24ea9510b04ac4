-- Pages of posts. Each is keyset-paged by (published_at, id), and says of every post why it is there.
-- plpgsql with custom plans: a generic plan of "limit p_limit" is twenty times slower on Postgres 17.

-- One statement for a whole page: a call for each row would cost more than the row. Its plan never depends on the
-- values, so it is made once for a connection.
create function private.posts_json(p_posts public.posts[], p_reason text) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_me uuid := auth.uid();
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', p.id, 'caption', p.caption, 'visibility', p.visibility, 'tags', to_jsonb(p.tags),
            'published_at', p.published_at, 'likes', p.like_count, 'comments', p.comment_count,
            'views', p.view_count, 'remixes', p.remix_count, 'held', p.held,
            'reason', case when p_reason = 'following' and p.author = v_me then 'yours' else p_reason end,
            'link_key', case when p.author = v_me then p.link_key end,
            'author', jsonb_build_object('id', a.id, 'handle', a.handle, 'display_name', a.display_name),
            'people', case when p.stars_people then private.people_in(p.clip) else '[]' end,
            'liked', exists (select from public.likes as l where l.post = p.id and l.profile = v_me),
            'saved', exists (select from public.saves as s where s.post = p.id and s.profile = v_me),
            'clip', jsonb_build_object(
                'id', c.id, 'video_path', c.video_path, 'poster_path', c.poster_path, 'preview_path', c.preview_path,
                'seconds', c.seconds, 'width', c.width, 'height', c.height, 'engine', c.engine, 'parent', c.parent))
            order by p.ordinality), '[]')
        from unnest(p_posts) with ordinality as p
        join public.clips as c on c.id = p.clip
        join public.profiles as a on a.id = p.author);
end;
$$;
comment on function private.posts_json(public.posts[], text) is
    'Posts with their clips and authors as the caller sees them, and why they are shown.';
grant execute on function private.posts_json(public.posts[], text) to anon, authenticated, service_role;

create function public.following_feed(
    p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
    v_me uuid := auth.uid();
begin
    -- A few from each author by index, then the newest of those: never a scan over everybody's posts.
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), 'following')
        from (
            select q.post from (
                select f.followee as author from public.follows as f where f.follower = v_me
                  and not exists (select from public.mutes as m where m.muter = v_me and m.muted = f.followee)
                union all select v_me
            ) as source
            cross join lateral (
                select newest as post, newest.published_at, newest.id from public.posts as newest
                where newest.author = source.author and newest.removed_at is null
                  and (newest.published_at, newest.id) < (p_before, p_before_id)
                order by newest.published_at desc, newest.id desc limit v_limit
            ) as q
            order by q.published_at desc, q.id desc limit v_limit
        ) as page);
end;
$$;
comment on function public.following_feed(timestamptz, bigint, integer) is 'A page of posts by the caller and those they follow, newest first.';

create function public.latest_feed(
    p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
begin
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), 'new')
        from (
            select p as post from public.posts as p
            where p.removed_at is null and p.visibility = 'public' and not p.held
              and (p.published_at, p.id) < (p_before, p_before_id)
              and p.author not in (select m.muted from public.mutes as m where m.muter = auth.uid())
            order by p.published_at desc, p.id desc limit v_limit
        ) as page);
end;
$$;
comment on function public.latest_feed(timestamptz, bigint, integer) is 'A page of everybody''s public posts, newest first.';

create function public.posts_by(
    p_handle text, p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
    v_author uuid := private.visible_profile(p_handle);
begin
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), 'author')
        from (
            select p as post from public.posts as p
            where p.author = v_author and p.removed_at is null and (p.published_at, p.id) < (p_before, p_before_id)
            order by p.published_at desc, p.id desc limit v_limit
        ) as page);
end;
$$;
comment on function public.posts_by(text, timestamptz, bigint, integer) is 'A page of one member''s posts that the caller may see, newest first.';

create function public.posts_tagged(
    p_tag text, p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_limit integer := private.page_size(p_limit);
begin
    return (
        select private.posts_json(array_agg(page.post order by (page.post).published_at desc, (page.post).id desc), 'tag')
        from (
            select p as post from public.posts as p
            where p.tags @> array[lower(btrim(p_tag, ' #'))] and p.removed_at is null and p.visibility = 'public' and not p.held
              and (p.published_at, p.id) < (p_before, p_before_id)
            order by p.published_at desc, p.id desc limit v_limit
        ) as page);
end;
$$;
comment on function public.posts_tagged(text, timestamptz, bigint, integer) is 'A page of public posts whose storyboard holds a concept, newest first.';

create function public.saved_posts(p_before timestamptz default 'infinity', p_limit integer default 20) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    return (
        select private.posts_json(array_agg(page.post order by page.saved_at desc), 'saved')
        from (
            select p as post, s.created_at as saved_at from public.saves as s join public.posts as p on p.id = s.post
            where s.profile = auth.uid() and s.created_at < p_before
            order by s.created_at desc limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.saved_posts(timestamptz, integer) is 'A page of what the caller saved, latest first.';

create function public.post(p_id bigint) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_found jsonb;
begin
    select private.posts_json(array_agg(p), 'link') -> 0 into v_found from public.posts as p where p.id = p_id;
    if v_found is null then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    end if;
    return v_found;
end;
$$;
comment on function public.post(bigint) is 'One post that the caller may see.';

-- Definer: the key in a link is the permission to see one post that no policy shows.
create function public.post_by_link(p_link uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_found jsonb;
begin
    select private.posts_json(array_agg(p), 'link') -> 0 into v_found
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
    public.posts_tagged(text, timestamptz, bigint, integer), public.post(bigint), public.post_by_link(uuid)
to anon, authenticated;
grant execute on function
    public.following_feed(timestamptz, bigint, integer), public.saved_posts(timestamptz, integer)
to authenticated;
