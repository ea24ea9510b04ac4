-- What becomes of a clip: a draft, a post, a remix; withdrawn, deleted, read.

create function private.people_in(p_clip uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(jsonb_agg(p.handle order by p.handle), '[]')
        from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as p on p.id = c.owner
        where u.clip = p_clip and u.withdrawn_at is null);
end;
$$;
comment on function private.people_in(uuid) is 'Handles of the people whom a clip stars.';
grant execute on function private.people_in(uuid) to anon, authenticated, service_role;

create function private.clip_json(p_clip public.clips) returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p_clip) - '{withdrawn_at,deleted_at,fingerprint,stars_people,author}'::text[]
        || jsonb_build_object(
            'author', (select private.profile_card(p) from public.profiles as p where p.id = p_clip.author),
            'people', case when p_clip.stars_people then private.people_in(p_clip.id) else '[]' end);
$$;
comment on function private.clip_json(public.clips) is 'A clip as those who may see it see it.';
grant execute on function private.clip_json(public.clips) to anon, authenticated, service_role;

create function public.clip(p_id uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_found jsonb;
begin
    select private.clip_json(c) || jsonb_build_object(
        'storyboard', g.storyboard, 'coverage', g.coverage, 'request', g.request, 'seed', g.seed,
        'post', (select max(p.id) from public.posts as p where p.clip = c.id))
    into v_found
    from public.clips as c left join public.generations as g on g.id = c.generation where c.id = p_id;
    if v_found is null then
        perform private.refuse('HB003', 'There is no such clip.', 'It may have been taken down.');
    end if;
    return v_found;
end;
$$;
comment on function public.clip(uuid) is 'One clip that the caller may see; with its recipe for its author and the people in it.';

create function public.drafts(p_before timestamptz default 'infinity', p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.clip_json(page) order by page.created_at desc, page.id desc), '[]') from (
        select c.* from public.clips as c
        where c.author = auth.uid() and c.created_at < p_before and c.deleted_at is null
          and not exists (select from public.posts as p where p.clip = c.id)
        order by c.created_at desc, c.id desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.drafts(timestamptz, integer) is 'A page of the caller''s clips that are not published, newest first.';

create function public.clips_starring_me(p_before timestamptz default 'infinity', p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.clip_json(page) order by page.created_at desc, page.id desc), '[]') from (
        select c.* from public.clips as c
        where c.id in (select u.clip from public.cameo_uses as u where u.withdrawn_at is null and private.is_my_cameo(u.cameo))
          and c.created_at < p_before
        order by c.created_at desc, c.id desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.clips_starring_me(timestamptz, integer) is
    'A page of the clips that star the caller or a ward, drafts too, newest first.';

create function public.remixes(p_clip uuid, p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.clip_json(page) order by page.created_at desc), '[]') from (
        select c.* from public.clips as c where c.parent = p_clip order by c.created_at desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.remixes(uuid, integer) is 'Clips made from this one that the caller may see, newest first.';
grant execute on function public.clip(uuid), public.remixes(uuid, integer) to anon, authenticated;
grant execute on function public.drafts(timestamptz, integer), public.clips_starring_me(timestamptz, integer) to authenticated;

-- Visitors read clips, and so ask the two tables that decide; with their policies they find nothing there.
grant select on public.generations, public.cameo_uses to anon;

create function private.tags_of(p_storyboard jsonb) returns text[]
language sql immutable set search_path = ''
as $$
    -- What everything has by default says nothing about a clip.
    select coalesce(array_agg(named.tag order by named.place, named.tag), '{}') from (
        select found.tag, min(found.place) as place from (
            select value #>> '{}' as tag, 1 as place from jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].kind') as value
            union all select value #>> '{}', 2 from jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].action') as value
            union all select value #>> '{}', 3 from jsonb_path_query(p_storyboard, '$.shots[*].place') as value
            union all select value #>> '{}', 4 from jsonb_path_query(p_storyboard, '$.shots[*].style ? (@ != "cinematic")') as value
            union all select value #>> '{}', 5 from jsonb_path_query(p_storyboard, '$.shots[*].time ? (@ != "day")') as value
            union all select value #>> '{}', 6 from jsonb_path_query(p_storyboard, '$.shots[*].weather ? (@ != "clear")') as value
            union all select value #>> '{}', 7 from jsonb_path_query(p_storyboard, '$.shots[*].season ? (@ != "summer")') as value
            union all select value #>> '{}', 8 from jsonb_path_query(p_storyboard, '$.shots[*].subjects[*].attributes[*]') as value
            union all select value #>> '{}', 9 from jsonb_path_query(p_storyboard, '$.shots[*].events[*]') as value
            union all select value #>> '{}', 10 from jsonb_path_query(p_storyboard, '$.shots[*].music') as value
            union all select value #>> '{}', 11 from jsonb_path_query(p_storyboard, '$.shots[*].sounds[*]') as value
        ) as found
        where found.tag ~ '^[a-z][a-z0-9_]{0,39}$'
        group by found.tag order by place, found.tag limit 20
    ) as named;
$$;
comment on function private.tags_of(jsonb) is
    'At most 20 concepts by which a clip is found, who and what first: dog, run, meadow, sunset, puppy …';

create function private.is_offered(p_clip uuid, p_purpose text) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (select from public.clips as c where c.id = p_clip and c.author = auth.uid())
        or private.appears_in(p_clip)
        or exists (select from public.posts as p where p.clip = p_clip and p.removed_at is null
                   and case p_purpose when 'remix' then p.allow_remix else p.allow_download end);
$$;
comment on function private.is_offered(uuid, text) is
    'Whether the caller, who may see a clip, may remix or save it: their own, one they are in, or one whose post offers it.';

-- Definer: publishing is the moment when everyone's consent and a guardian's limits are checked again.
create function public.publish_post(
    p_clip uuid, p_caption text default '', p_visibility text default 'public', p_allow_remix boolean default true,
    p_allow_comments boolean default true, p_allow_download boolean default true, p_show_prompt boolean default false
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_clip public.clips;
    v_caption text := coalesce(private.limited(p_caption, 500, 'The caption'), '');
    v_post public.posts;
begin
    perform private.lock_cameos(array(select cameo from public.cameo_uses where clip = p_clip));
    select * into v_clip from public.clips where id = p_clip and author = v_me and deleted_at is null for update;
    if not found then
        perform private.refuse('HB003', 'There is no such clip of yours.');
    elsif v_clip.withdrawn_at is not null or (v_clip.stars_people and not private.clip_is_permitted(p_clip)) then
        perform private.refuse('HB007', 'Somebody in this clip no longer agrees to it.', 'Make it again without them.');
    elsif v_clip.held then
        perform private.refuse('HB010', 'This clip waits for a moderator.', 'You will be told as soon as it was looked at.');
    elsif p_visibility not in ('public', 'followers', 'link', 'private') then
        perform private.refuse('HB004', 'A post is public, or for followers, by link, or private.');
    elsif (private.limits_of(v_me)).may_publish is false and p_visibility <> 'private' then
        perform private.refuse('HB002', 'Your guardian does not let you publish.', 'Ask your guardian.');
    elsif exists (select from public.posts where clip = p_clip and removed_at is null) then
        perform private.refuse('HB005', 'This clip is published already.');
    elsif exists (select from public.posts where clip = p_clip and removed_reason in ('moderation', 'rights')) then
        perform private.refuse('HB002', 'A moderator took this clip down.', 'You can appeal against the decision in your account.');
    end if;
    insert into public.posts (clip, author, author_since, caption, visibility, tags, prompt, parent, stars_people,
                              allow_remix, allow_comments, allow_download)
    select p_clip, v_me, (select created_at from public.profiles where id = v_me), v_caption, p_visibility, private.tags_of(g.storyboard),
           case when p_show_prompt then g.request ->> 'prompt' end, v_clip.parent, v_clip.stars_people,
           coalesce(p_allow_remix, true), coalesce(p_allow_comments, true), coalesce(p_allow_download, true)
    from public.generations as g where g.id = v_clip.generation
    returning * into v_post;
    update public.posts set remix_count = remix_count + 1 where clip = v_clip.parent and removed_at is null;
    perform private.notify(c.owner, 'starred_in_post', jsonb_build_object('post', v_post.id, 'clip', p_clip), v_me)
    from public.cameo_uses as u join public.cameos as c on c.id = u.cameo where u.clip = p_clip;
    perform private.notify(parent.author, 'remixed', jsonb_build_object('post', v_post.id), v_me)
    from public.clips as parent where parent.id = v_clip.parent and p_visibility = 'public';
    return jsonb_build_object('id', v_post.id, 'link_key', v_post.link_key);
end;
$$;
comment on function public.publish_post(uuid, text, text, boolean, boolean, boolean, boolean) is
    'Publishes a clip of the caller''s, says what others may do with it, and whether its prompt is shown; the post''s id and the key of its link.';

-- Definer: members cannot write posts, whose counters and removal are the app's.
create function public.update_post(
    p_post bigint, p_caption text default null, p_visibility text default null, p_allow_remix boolean default null,
    p_allow_comments boolean default null, p_allow_download boolean default null, p_show_prompt boolean default null
) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if (private.limits_of(private.me())).may_publish is false and p_visibility <> 'private' then
        perform private.refuse('HB002', 'Your guardian does not let you publish.', 'Ask your guardian.');
    end if;
    update public.posts set
        caption = coalesce(private.limited(p_caption, 500, 'The caption'), caption), visibility = coalesce(p_visibility, visibility),
        allow_remix = coalesce(p_allow_remix, allow_remix), allow_comments = coalesce(p_allow_comments, allow_comments),
        allow_download = coalesce(p_allow_download, allow_download),
        prompt = case when p_show_prompt then (
                          select g.request ->> 'prompt' from public.clips as c join public.generations as g on g.id = c.generation
                          where c.id = posts.clip)
                      when p_show_prompt is null then prompt end
    where id = p_post and author = private.me() and removed_at is null;
    if not found then
        perform private.refuse('HB003', 'There is no such post of yours.');
    end if;
end;
$$;
comment on function public.update_post(bigint, text, text, boolean, boolean, boolean, boolean) is
    'Changes what is given of a post of the caller''s.';

-- Definer: the people in a clip take down posts that somebody else published.
create function public.remove_post(p_post bigint) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_post public.posts;
begin
    update public.posts set removed_at = now(), removed_reason = case when author = v_me then 'author' else 'person' end
    where id = p_post and removed_at is null and (author = v_me or (stars_people and private.appears_in(clip)))
    returning * into v_post;
    if not found then
        perform private.refuse('HB003', 'There is no such post that you could take down.');
    end if;
    perform private.notify(v_post.author, 'post_removed', jsonb_build_object('post', p_post, 'clip', v_post.clip), v_me);
end;
$$;
comment on function public.remove_post(bigint) is 'Takes a post down, for its author and for everyone in it. The clip stays a draft.';

-- Definer: everyone in a clip may end it for all.
create function public.withdraw_from_clip(p_clip uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_use record;
    v_found boolean := false;
begin
    perform private.me();
    for v_use in
        select u.generation, u.cameo from public.cameo_uses as u join public.cameos as c on c.id = u.cameo
        where u.clip = p_clip and u.withdrawn_at is null and c.owner = any (private.my_people())
        order by u.cameo
    loop
        perform from public.cameos where id = v_use.cameo for update;
        perform private.withdraw_use(v_use.generation, v_use.cameo);
        v_found := true;
    end loop;
    if not v_found then
        perform private.refuse('HB003', 'You are not in such a clip.');
    end if;
end;
$$;
comment on function public.withdraw_from_clip(uuid) is
    'The caller, or a ward of theirs, no longer agrees to this one clip: it is never seen again.';

-- Definer: as above; the clip of an author is also every co-owner's.
create function public.delete_clip(p_clip uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_author uuid;
begin
    update public.clips set deleted_at = now()
    where id = p_clip and deleted_at is null and (author = v_me or private.appears_in(id))
    returning author into v_author;
    if not found then
        perform private.refuse('HB003', 'There is no such clip that you could delete.');
    end if;
    update public.posts set removed_at = now(), removed_reason = case when author = v_me then 'author' else 'person' end
    where clip = p_clip and removed_at is null;
    update public.media set delete_at = now() where clip = p_clip;
    perform private.notify(v_author, 'clip_deleted', jsonb_build_object('clip', p_clip), v_me);
    perform private.audit('clip.deleted', p_clip::text);
end;
$$;
comment on function public.delete_clip(uuid) is 'Deletes a clip for its author or anyone in it: posts fall, and its files go with the next sweep.';
grant execute on function
    public.publish_post(uuid, text, text, boolean, boolean, boolean, boolean),
    public.update_post(bigint, text, text, boolean, boolean, boolean, boolean), public.remove_post(bigint),
    public.withdraw_from_clip(uuid), public.delete_clip(uuid)
to authenticated;

-- Stored files

create function private.has_link(p_clip uuid, p_link uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (
        select from public.posts as p join public.clips as c on c.id = p.clip
        where p.clip = p_clip and p.link_key = p_link and p.removed_at is null and not p.held and p.visibility in ('public', 'link')
          and c.deleted_at is null and c.withdrawn_at is null and (not p.stars_people or private.clip_is_permitted(p.clip))
          and p.author <> all (private.hidden_from_me()));
$$;
comment on function private.has_link(uuid, uuid) is 'Whether this key opens this clip.';

-- Definer: moderators see the files of what they decide about, also after it was taken down.
create function private.reviews_clip(p_clip uuid) returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
    return private.is_moderator() and exists (
        select from public.cases as k
        where (k.target_kind = 'cameo' and k.target_id = p_clip::text)
           or (k.target_kind = 'generation' and k.target_id = (select generation::text from public.clips where id = p_clip))
           or (k.target_kind in ('post', 'rights') and k.target_id in (select id::text from public.posts where clip = p_clip)));
end;
$$;
comment on function private.reviews_clip(uuid) is 'Whether the caller is a moderator and a case is about this clip or a post of it.';

-- Definer: whether a file may be read depends on clips and links that the caller cannot list.
create function public.media_access(p_path text, p_link uuid default null) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object('path', m.path, 'purpose', m.purpose, 'public',
        exists (select from public.posts as p where p.clip = m.clip and p.removed_at is null and p.visibility = 'public' and not p.held),
        'download', m.clip is null or private.is_offered(m.clip, 'download'))
    from public.media as m
    where m.path = p_path and (m.delete_at is null or m.delete_at > now())
      and ((m.clip is not null and (private.can_see_clip(m.clip) or private.has_link(m.clip, p_link) or private.reviews_clip(m.clip)))
           or (m.purpose = 'upload' and m.owner = auth.uid())
           or coalesce(auth.jwt() ->> 'role', '') = 'service_role');
$$;
comment on function public.media_access(text, uuid) is
    'Whether the caller may read a stored file now, null if not; public: whether everybody may; download: whether to keep.';

-- Definer: writes a row that members could otherwise point at any path.
create function public.store_upload(p_path text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
begin
    if (select count(*) from public.media where owner = v_me and purpose = 'upload' and delete_at is not null) >= 20 then
        perform private.refuse('HB006', 'You have too many uploads waiting to be used.', 'Use them in a request, or try again tomorrow.');
    end if;
    insert into public.media (path, owner, purpose, delete_at) values (p_path, v_me, 'upload', now() + interval '1 day');
end;
$$;
comment on function public.store_upload(text) is 'Lists a picture before the caller uploads it. Unless a request refers to it, it is gone in a day.';

create function public.media_to_delete(p_limit integer default 100) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(due.path), '[]') from (
        select path from public.media where delete_at <= now() order by delete_at limit least(p_limit, 1000)
    ) as due;
$$;
comment on function public.media_to_delete(integer) is 'Paths of files whose time has come, for the sweep.';

create function public.forget_media(p_paths jsonb) returns integer
language sql volatile set search_path = ''
as $$
    with gone as (delete from public.media where p_paths ? path and delete_at <= now() returning 1)
    select count(*)::integer from gone;
$$;
comment on function public.forget_media(jsonb) is 'Strikes files off the list that the sweep has deleted; how many.';

create function public.known_media(p_paths jsonb) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(path), '[]') from public.media where path in (select jsonb_array_elements_text(p_paths));
$$;
comment on function public.known_media(jsonb) is 'Those of these paths that are listed; the sweep deletes files that are not.';

grant execute on function public.media_access(text, uuid) to anon, authenticated, service_role;
grant execute on function public.store_upload(text) to authenticated;
grant execute on function public.media_to_delete(integer), public.forget_media(jsonb), public.known_media(jsonb) to service_role;
