-- What an open app asks every second: what changed of what it shows.

create function public.changes_since(p_cursor bigint default null, p_posts jsonb default '[]') returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
declare
    v_me uuid := auth.uid();
    v_ids bigint[] := private.shown_ids(p_posts);
    v_latest bigint;
    v_counts jsonb;
begin
    if cardinality(v_ids) > 20 then
        perform private.refuse('HB006', 'At most 20 posts are watched at once.', 'Ask for those on the screen.');
    end if;
    v_counts := (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', p.id, 'likes', p.like_count, 'comments', p.comment_count, 'saves', p.save_count, 'remixes', p.remix_count,
            'liked', exists (select from public.likes as l where l.post = p.id and l.profile = v_me),
            'saved', exists (select from public.saves as s where s.post = p.id and s.profile = v_me)) order by p.id), '[]')
        from public.posts as p where p.id = any (v_ids));
    if v_me is null then
        return jsonb_build_object('cursor', 0, 'new', '[]'::jsonb, 'unread_notifications', 0, 'unread_messages', 0,
                                  'latest_message', 0, 'posts', v_counts);
    end if;
    v_latest := coalesce((select n.id from public.notifications as n where n.recipient = v_me order by n.id desc limit 1), 0);
    return jsonb_build_object(
        'cursor', v_latest,
        'new', (select coalesce(jsonb_agg(private.notification_json(n) order by n.id), '[]') from (
                    select * from public.notifications as recent
                    where recent.recipient = v_me and recent.id > p_cursor and recent.id <= v_latest order by recent.id desc limit 10) as n),
        -- More than a hundred are many, however many.
        'unread_notifications', (select count(*) from (
            select from public.notifications as n where n.recipient = v_me and n.read_at is null limit 100) as bounded),
        'unread_messages', (select count(*) from (
            select from public.messages as m where m.recipient = v_me and m.read_at is null limit 100) as bounded),
        'latest_message', greatest(
            (select m.id from public.messages as m where m.recipient = v_me order by m.id desc limit 1),
            (select m.id from public.messages as m where m.sender = v_me order by m.id desc limit 1), 0),
        'posts', v_counts);
end;
$$;
comment on function public.changes_since(bigint, jsonb) is
    'What is new for the caller since a cursor, and the counts of the posts on their screen; a post that is gone is missing. Without a cursor nothing is new.';
grant execute on function public.changes_since(bigint, jsonb) to anon, authenticated;
