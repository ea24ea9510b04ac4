-- Pages of posts. Each is keyset-paged by (published_at, id), and says of every post why it is there.
-- plpgsql with custom plans: a generic plan of "limit p_limit" is twenty times slower on Postgres 17.

create function private.post_json(p_post public.posts, p_reason text) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'id', p_post.id, 'caption', p_post.caption, 'visibility', p_post.visibility, 'tags', to_jsonb(p_post.tags),
        'published_at', p_post.published_at, 'likes', p_post.like_count, 'comments', p_post.comment_count,
        'views', p_post.view_count, 'remixes', p_post.remix_count, 'held', p_post.held, 'reason', p_reason,
        'link_key', case when p_post.author = auth.uid() then p_post.link_key end,
        'author', jsonb_build_object('id', a.id, 'handle', a.handle, 'display_name', a.display_name),
        'people', case when p_post.stars_people then private.people_in(p_post.clip) else '[]' end,
        'liked', exists (select from public.likes as l where l.post = p_post.id and l.profile = auth.uid()),
        'saved', exists (select from public.saves as s where s.post = p_post.id and s.profile = auth.uid()),
        'clip', jsonb_build_object(
            'id', c.id, 'video_path', c.video_path, 'poster_path', c.poster_path, 'preview_path', c.preview_path,
            'seconds', c.seconds, 'width', c.width, 'height', c.height, 'engine', c.engine, 'parent', c.parent))
    from public.clips as c, public.profiles as a
    where c.id = p_post.clip and a.id = p_post.author;
$$;
comment on function private.post_json(public.posts, text) is 'A post with its clip and author as the caller sees it, and why it is shown.';
grant execute on function private.post_json(public.posts, text) to anon, authenticated, service_role;

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
        select coalesce(jsonb_agg(private.post_json(page.p, case when (page.p).author = v_me then 'yours' else 'following' end)
                                  order by (page.p).published_at desc, (page.p).id desc), '[]')
        from (
            select q.post as p from (
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
        select coalesce(jsonb_agg(private.post_json(page, 'new') order by page.published_at desc, page.id desc), '[]')
        from (
            select * from public.posts as p
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
        select coalesce(jsonb_agg(private.post_json(page, 'author') order by page.published_at desc, page.id desc), '[]')
        from (
            select * from public.posts as p
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
        select coalesce(jsonb_agg(private.post_json(page, 'tag') order by page.published_at desc, page.id desc), '[]')
        from (
            select * from public.posts as p
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
        select coalesce(jsonb_agg(private.post_json(page.p, 'saved') order by page.saved_at desc), '[]')
        from (
            select p, s.created_at as saved_at from public.saves as s join public.posts as p on p.id = s.post
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
    select private.post_json(p, 'link') into v_found from public.posts as p where p.id = p_id;
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
    select private.post_json(p, 'link') into v_found
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
