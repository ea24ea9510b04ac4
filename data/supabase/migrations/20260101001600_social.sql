-- What members do with posts: like, comment, save, watch.

create table public.likes (
    post bigint not null references public.posts (id) on delete cascade,
    profile uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (post, profile)
);
comment on table public.likes is 'A member likes a post.';
alter table public.likes enable row level security;
-- With the post itself, so that a taste is read from the index alone.
create index likes_of_member on public.likes (profile, created_at desc) include (post);

create table public.saves (
    post bigint not null references public.posts (id) on delete cascade,
    profile uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (profile, post)
);
comment on table public.saves is 'A member keeps a post for later; nobody else knows.';
alter table public.saves enable row level security;
create index saves_of_post on public.saves (post);
create index saves_of_member on public.saves (profile, created_at desc) include (post);

create table public.not_interested (
    post bigint not null references public.posts (id) on delete cascade,
    profile uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (profile, post)
);
comment on table public.not_interested is 'A member wants to see less like this post; nobody else knows.';
alter table public.not_interested enable row level security;
create index not_interested_of_post on public.not_interested (post);

create table public.comments (
    id bigint generated always as identity primary key,
    post bigint not null references public.posts (id) on delete cascade,
    author uuid not null references public.profiles (id) on delete cascade,
    -- An answer to another comment of the same post …
    answers bigint references public.comments (id) on delete cascade,
    -- … and the comment that began their thread, which an answer to an answer shares with it.
    thread bigint references public.comments (id) on delete cascade,
    body text not null check (char_length(btrim(body)) between 1 and 1000),
    created_at timestamptz not null default now(),
    removed_at timestamptz
);
comment on table public.comments is 'What a member says below a post.';
alter table public.comments enable row level security;
create index comments_of_post on public.comments (post, id desc) where removed_at is null;
create index comments_beginning on public.comments (post, id desc) where removed_at is null and thread is null;
create index comments_of_thread on public.comments (thread, id) where thread is not null;
create index comments_of_author on public.comments (author, id desc);
create index comments_answering on public.comments (answers) where answers is not null;

create table public.watch_events (
    id bigint generated always as identity primary key,
    profile uuid not null references public.profiles (id) on delete cascade,
    post bigint not null references public.posts (id) on delete cascade,
    seconds real not null check (seconds between 0 and 3600),
    completed boolean not null default false,
    skipped boolean not null default false,
    created_at timestamptz not null default now()
);
comment on table public.watch_events is 'How long a member watched a post: what the feed learns from, and what daily limits count.';
alter table public.watch_events enable row level security;
create index watch_events_of_member on public.watch_events (profile, created_at desc) include (post);
create index watch_events_of_post on public.watch_events (post);
-- "Seen already?", asked of every post that a feed considers.
create index watch_events_seen on public.watch_events (profile, post);

create policy "Members see their own likes" on public.likes
for select to authenticated using (profile = (select auth.uid()));
create policy "Members like what they can see, in their own name" on public.likes
for insert to authenticated with check (
    profile = (select auth.uid()) and exists (select from public.posts as p where p.id = post));
create policy "Members take back their own likes" on public.likes
for delete to authenticated using (profile = (select auth.uid()));
grant select, insert, delete on public.likes to authenticated;

create policy "Members see what they saved" on public.saves
for select to authenticated using (profile = (select auth.uid()));
create policy "Members save what they can see" on public.saves
for insert to authenticated with check (
    profile = (select auth.uid()) and exists (select from public.posts as p where p.id = post));
create policy "Members forget what they saved" on public.saves
for delete to authenticated using (profile = (select auth.uid()));
grant select, insert, delete on public.saves to authenticated;

create policy "Members see what they want less of" on public.not_interested
for select to authenticated using (profile = (select auth.uid()));
create policy "Members want less of what they can see" on public.not_interested
for insert to authenticated with check (
    profile = (select auth.uid()) and exists (select from public.posts as p where p.id = post));
create policy "Members change their mind" on public.not_interested
for delete to authenticated using (profile = (select auth.uid()));
grant select, insert, delete on public.not_interested to authenticated;

-- Definer: a policy on comments that reads comments would call itself without end.
create function private.is_comment_of(p_comment bigint, p_post bigint) returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select from public.comments where id = p_comment and post = p_post and removed_at is null) $$;
comment on function private.is_comment_of(bigint, bigint) is 'Whether a comment stands below this post.';
grant execute on function private.is_comment_of(bigint, bigint) to authenticated, service_role;

create policy "Comments are seen by those who see the post" on public.comments
for select to anon, authenticated using (
    removed_at is null
    and author <> all ((select private.hidden_from_me())::uuid[])
    and exists (select from public.posts as p where p.id = post));
create policy "Members comment on what they can see, in their own name" on public.comments
for insert to authenticated with check (
    author = (select auth.uid()) and removed_at is null
    and exists (select from public.posts as p where p.id = post and (p.allow_comments or p.author = (select auth.uid())))
    and (answers is null) = (thread is null)
    and (answers is null or (private.is_comment_of(answers, post) and private.is_comment_of(thread, post))));
grant select on public.comments to anon, authenticated;
grant insert (post, author, answers, thread, body) on public.comments to authenticated;

create policy "Members see their own watch history" on public.watch_events
for select to authenticated using (profile = (select auth.uid()));
create policy "Members record what they watched" on public.watch_events
for insert to authenticated with check (
    profile = (select auth.uid()) and exists (select from public.posts as p where p.id = post));
create policy "Members erase their own watch history" on public.watch_events
for delete to authenticated using (profile = (select auth.uid()));
grant select, insert, delete on public.watch_events to authenticated;
-- Visitors look at posts; with these policies they find no likes and saves of their own.
grant select on public.likes, public.saves to anon;

-- Definer: counters and notes belong to other people.
create function private.count_reactions() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_step integer := case when tg_op = 'INSERT' then 1 else -1 end;
begin
    if tg_table_name = 'likes' then
        if tg_op = 'INSERT' then
            update public.posts set like_count = like_count + 1 where id = new.post;
            perform private.notify(p.author, 'like', jsonb_build_object('post', p.id), new.profile)
            from public.posts as p where p.id = new.post;
        else
            update public.posts set like_count = like_count - 1 where id = old.post;
        end if;
    elsif tg_table_name = 'saves' then
        update public.posts set save_count = save_count + v_step where id = case when tg_op = 'INSERT' then new.post else old.post end;
    elsif tg_table_name = 'watch_events' then
        update public.posts set view_count = view_count + 1 where id = new.post and not new.skipped;
    end if;
    return null;
end;
$$;
comment on function private.count_reactions() is 'Trigger: keeps the counters of posts and tells their authors.';
create trigger likes_are_counted after insert or delete on public.likes
for each row execute function private.count_reactions();
create trigger saves_are_counted after insert or delete on public.saves
for each row execute function private.count_reactions();
create trigger views_are_counted after insert on public.watch_events
for each row execute function private.count_reactions();

-- Definer: as above.
create function private.count_comments() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_about jsonb;
begin
    if tg_op = 'INSERT' then
        v_about := jsonb_build_object('post', new.post, 'comment', new.id);
        update public.posts set comment_count = comment_count + 1 where id = new.post;
        perform private.notify(p.author, 'comment', v_about, new.author) from public.posts as p where p.id = new.post;
        perform private.notify(c.author, 'answer', v_about, new.author) from public.comments as c
        where c.id = new.answers and c.author <> (select p.author from public.posts as p where p.id = new.post);
        perform private.notify(p.id, 'mention', v_about, new.author)
        from (select distinct lower(hit[1]) as handle from regexp_matches(new.body, '@([A-Za-z0-9_]{3,30})', 'g') as hit limit 5) as named
        join public.profiles as p on p.handle = named.handle;
    elsif tg_op = 'DELETE' and old.removed_at is null then
        update public.posts set comment_count = comment_count - 1 where id = old.post;
    elsif tg_op = 'UPDATE' and old.removed_at is null and new.removed_at is not null then
        update public.posts set comment_count = comment_count - 1 where id = new.post;
    elsif tg_op = 'UPDATE' and old.removed_at is not null and new.removed_at is null then
        update public.posts set comment_count = comment_count + 1 where id = new.post;
    end if;
    return null;
end;
$$;
comment on function private.count_comments() is 'Trigger: keeps the counter, and tells the author, whoever is answered and whoever is named.';
create trigger comments_are_counted after insert or update of removed_at or delete on public.comments
for each row execute function private.count_comments();

create function private.require_post(p_post bigint) returns void
language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from public.posts where id = p_post) then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    end if;
end;
$$;
comment on function private.require_post(bigint) is 'Refuses a post that the caller may not see.';
grant execute on function private.require_post(bigint) to anon, authenticated, service_role;

create function public.like_post(p_post bigint) returns integer
language plpgsql set search_path = ''
as $$
begin
    perform private.require_post(p_post);
    insert into public.likes (post, profile) values (p_post, private.me()) on conflict do nothing;
    return (select like_count from public.posts where id = p_post);
end;
$$;
comment on function public.like_post(bigint) is 'The caller likes a post; its likes now.';

create function public.unlike_post(p_post bigint) returns integer
language plpgsql set search_path = ''
as $$
begin
    delete from public.likes where post = p_post and profile = private.me();
    return (select like_count from public.posts where id = p_post);
end;
$$;
comment on function public.unlike_post(bigint) is 'The caller takes a like back; the post''s likes now.';

create function public.save_post(p_post bigint) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.require_post(p_post);
    insert into public.saves (post, profile) values (p_post, private.me()) on conflict do nothing;
end;
$$;
comment on function public.save_post(bigint) is 'The caller keeps a post for later.';

create function public.unsave_post(p_post bigint) returns void
language sql volatile set search_path = ''
as $$ delete from public.saves where post = p_post and profile = private.me() $$;
comment on function public.unsave_post(bigint) is 'The caller no longer keeps a post.';

create function public.not_interested(p_post bigint) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.require_post(p_post);
    insert into public.not_interested (post, profile) values (p_post, private.me()) on conflict do nothing;
end;
$$;
comment on function public.not_interested(bigint) is 'The caller wants to see less like this post, and never this one again.';

create function public.interested_again(p_post bigint) returns void
language sql volatile set search_path = ''
as $$ delete from public.not_interested where post = p_post and profile = private.me() $$;
comment on function public.interested_again(bigint) is 'The caller takes "not interested" back.';

create function public.add_comment(p_post bigint, p_body text, p_answers bigint default null) returns bigint
language plpgsql set search_path = ''
as $$
declare
    v_id bigint;
    v_body text := private.limited(p_body, 1000, 'The comment');
begin
    perform private.require_post(p_post);
    if not (select p.allow_comments or p.author = auth.uid() from public.posts as p where p.id = p_post) then
        perform private.refuse('HB002', 'Comments are closed below this post.');
    elsif v_body = '' then
        perform private.refuse('HB004', 'The comment is empty.', 'Write something first.');
    elsif p_answers is not null and not private.is_comment_of(p_answers, p_post) then
        perform private.refuse('HB003', 'There is no such comment to answer.', 'It may have been removed.');
    end if;
    insert into public.comments (post, author, answers, thread, body)
    values (p_post, private.me(), p_answers, (select coalesce(c.thread, c.id) from public.comments as c where c.id = p_answers), v_body)
    returning id into v_id;
    return v_id;
end;
$$;
comment on function public.add_comment(bigint, text, bigint) is 'The caller comments on a post; the comment''s id.';

-- Definer: the author of a post tidies below it, where others wrote; moderators anywhere.
create function public.remove_comment(p_comment bigint) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_author uuid;
begin
    update public.comments as c set removed_at = now()
    where c.id = p_comment and c.removed_at is null
      and (c.author = v_me or private.is_moderator() or exists (select from public.posts as p where p.id = c.post and p.author = v_me))
    returning c.author into v_author;
    if not found then
        perform private.refuse('HB003', 'There is no such comment that you could remove.');
    end if;
    -- What answered it would hang in the air.
    update public.comments set removed_at = now() where thread = p_comment and removed_at is null;
    if v_author <> v_me and private.is_moderator() then
        perform private.audit('comment.removed', p_comment::text, jsonb_build_object('author', v_author));
    end if;
end;
$$;
comment on function public.remove_comment(bigint) is
    'Removes a comment with its answers, for who wrote it, for the author of the post, and for moderators.';

create function private.comment_json(p_comment public.comments, p_mine boolean) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'id', p_comment.id, 'body', p_comment.body, 'answers', p_comment.answers, 'thread', p_comment.thread,
        'answer_count', case when p_comment.thread is null
                             then (select count(*) from public.comments as a where a.thread = p_comment.id) else 0 end,
        'created_at', p_comment.created_at,
        'removable', p_mine or p_comment.author = auth.uid(),
        'author', (select private.profile_card(p) from public.profiles as p where p.id = p_comment.author));
$$;
comment on function private.comment_json(public.comments, boolean) is
    'A comment as the caller sees it. p_mine: whether what it stands below is theirs to tidy.';
grant execute on function private.comment_json(public.comments, boolean) to anon, authenticated, service_role;

create function private.may_tidy(p_post bigint) returns boolean
language sql stable set search_path = ''
as $$ select private.is_moderator() or exists (select from public.posts as p where p.id = p_post and p.author = auth.uid()) $$;
comment on function private.may_tidy(bigint) is 'Whether the caller may remove what others said below a post.';
grant execute on function private.may_tidy(bigint) to anon, authenticated, service_role;

create function public.comments(p_post bigint, p_before bigint default null, p_limit integer default 30) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.comment_json(c, (select private.may_tidy(p_post))) order by c.id desc), '[]')
    from (
        select * from public.comments as found
        where found.post = p_post and found.removed_at is null and found.thread is null and (p_before is null or found.id < p_before)
        order by found.id desc limit private.page_size(p_limit)
    ) as c;
$$;
comment on function public.comments(bigint, bigint, integer) is
    'A page of the comments that begin a thread below a post, newest first, and how many answers each has.';

create function public.answers(p_comment bigint, p_after bigint default null, p_limit integer default 30) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.comment_json(c, (select private.may_tidy(c.post))) order by c.id), '[]')
    from (
        select * from public.comments as found
        where found.thread = p_comment and found.removed_at is null and (p_after is null or found.id > p_after)
        order by found.id limit private.page_size(p_limit)
    ) as c;
$$;
comment on function public.answers(bigint, bigint, integer) is 'A page of the answers in the thread that a comment began, oldest first.';

create function public.record_watch(p_post bigint, p_seconds real, p_completed boolean default false, p_skipped boolean default false) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.require_post(p_post);
    insert into public.watch_events (profile, post, seconds, completed, skipped)
    values (private.me(), p_post, least(greatest(p_seconds, 0), 3600), coalesce(p_completed, false), coalesce(p_skipped, false));
end;
$$;
comment on function public.record_watch(bigint, real, boolean, boolean) is 'Records that the caller watched a post, for how many seconds.';

create function public.my_watch_time() returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'seconds_today', (select coalesce(sum(seconds), 0) from public.watch_events
                          where profile = auth.uid() and created_at >= date_trunc('day', now())),
        'daily_minutes', (select least((s.wellbeing ->> 'daily_minutes')::integer, g.daily_minutes)
                          from public.profile_settings as s
                          left join public.guardianships as g on g.ward = s.profile and g.state = 'active'
                          where s.profile = auth.uid()));
$$;
comment on function public.my_watch_time() is 'How many seconds the caller watched today, and the daily limit in minutes, their own or a guardian''s.';

create function public.forget_watch_history() returns integer
language sql volatile set search_path = ''
as $$
    with gone as (delete from public.watch_events where profile = private.me() returning 1) select count(*)::integer from gone;
$$;
comment on function public.forget_watch_history() is 'Erases what the caller watched; how many events that were.';

grant execute on function public.comments(bigint, bigint, integer), public.answers(bigint, bigint, integer) to anon, authenticated;
grant execute on function
    public.like_post(bigint), public.unlike_post(bigint), public.save_post(bigint), public.unsave_post(bigint),
    public.not_interested(bigint), public.interested_again(bigint), public.add_comment(bigint, text, bigint), public.remove_comment(bigint), public.record_watch(bigint, real, boolean, boolean),
    public.my_watch_time(), public.forget_watch_history()
to authenticated;
