-- Messages between two members.

create table public.messages (
    id bigint generated always as identity primary key,
    sender uuid not null references public.profiles (id) on delete cascade,
    recipient uuid not null references public.profiles (id) on delete cascade,
    body text not null check (char_length(body) <= 2000),
    -- A post that is shown with it, to a reader who may see that post.
    post bigint references public.posts (id) on delete set null,
    created_at timestamptz not null default now(),
    read_at timestamptz,
    -- A moderator took it away: its words are shown to neither side.
    removed_at timestamptz,
    check (sender <> recipient),
    check (body <> '' or post is not null)
);
comment on table public.messages is 'What one member wrote to another.';
alter table public.messages enable row level security;
-- A conversation has the same key from both sides.
create index messages_between on public.messages (least(sender, recipient), greatest(sender, recipient), id desc);
create index messages_to on public.messages (recipient, id desc);
-- How many are unread, which an open app asks every second.
create index messages_unread on public.messages (recipient) where read_at is null;
create index messages_from on public.messages (sender, id desc);

create policy "Both sides read a message, save across a block" on public.messages
for select to authenticated using (
    (select auth.uid()) in (sender, recipient) and removed_at is null
    and sender <> all ((select private.hidden_from_me())::uuid[]) and recipient <> all ((select private.hidden_from_me())::uuid[]));
create policy "Recipients mark messages as read" on public.messages
for update to authenticated using (recipient = (select auth.uid())) with check (recipient = (select auth.uid()));
grant select, update (read_at) on public.messages to authenticated;

-- Definer: whether somebody takes messages is in settings that nobody else may read.
create function public.send_message(p_handle text, p_body text default '', p_post bigint default null) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_other uuid := private.profile_of(p_handle);
    v_body text := private.limited(p_body, 2000, 'The message');
    v_id bigint;
begin
    if private.blocked_between(v_me, v_other) then
        perform private.refuse('HB003', format('There is no member @%s.', left(p_handle, 40)), 'Check the spelling of the handle.');
    elsif v_other = v_me then
        perform private.refuse('HB004', 'You cannot write to yourself.');
    elsif v_body = '' and p_post is null then
        perform private.refuse('HB004', 'The message is empty.', 'Write something first.');
    elsif p_post is not null and not private.can_see_post(p_post) then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    elsif not private.takes_messages(v_other, v_me) then
        perform private.refuse('HB002', format('@%s takes no messages from you.', left(p_handle, 40)));
    elsif not private.takes_messages(v_me, v_other) and (private.limits_of(v_me)).ward is not null then
        perform private.refuse('HB002', 'Your guardian does not let you write to this member.', 'Ask your guardian.');
    elsif (select count(*) from public.messages where sender = v_me and created_at > now() - interval '1 minute') >= 30 then
        perform private.refuse('HB006', 'You are writing very fast.', 'Wait a minute.');
    end if;
    insert into public.messages (sender, recipient, body, post) values (v_me, v_other, v_body, p_post) returning id into v_id;
    perform private.notify(v_other, 'message', jsonb_build_object('message', v_id));
    return v_id;
end;
$$;
comment on function public.send_message(text, text, bigint) is 'Sends a message, perhaps with a post; the message''s id.';

create function private.takes_messages(p_member uuid, p_from uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    -- A guardian always reaches a ward; everybody else needs the yes of both choices.
    select p_from is not distinct from (private.limits_of(p_member)).guardian or coalesce(bool_and(
        choice = 'everyone'
        or (choice = 'followed' and exists (select from public.follows where follower = p_member and followee = p_from))), false)
    from (
        select messages_from as choice from public.profile_settings where profile = p_member
        union all select (private.limits_of(p_member)).messages_from where (private.limits_of(p_member)).ward is not null
    ) as choices;
$$;
comment on function private.takes_messages(uuid, uuid) is 'Whether a member takes messages from another, by their own choice and their guardian''s.';

create function public.conversation(p_handle text, p_before bigint default null, p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_other uuid := private.visible_profile(p_handle);
    v_me uuid := auth.uid();
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'id', page.id, 'mine', page.sender = v_me, 'body', page.body, 'created_at', page.created_at, 'read_at', page.read_at,
            'post', (select p.id from public.posts as p where p.id = page.post)) order by page.id desc), '[]')
        from (
            select * from public.messages as m
            where least(m.sender, m.recipient) = least(v_me, v_other) and greatest(m.sender, m.recipient) = greatest(v_me, v_other)
              and (p_before is null or m.id < p_before)
            order by m.id desc limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.conversation(text, bigint, integer) is 'A page of what the caller and a member wrote to each other, newest first.';

create function public.conversations() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'with', private.profile_card(p), 'body', latest.body, 'created_at', latest.created_at,
        'unread', latest.recipient = auth.uid() and latest.read_at is null) order by latest.id desc), '[]')
    from (
        select distinct on (other) * from (
            select m.*, case when m.sender = auth.uid() then m.recipient else m.sender end as other
            from public.messages as m where auth.uid() in (m.sender, m.recipient)
        ) as mine order by other, id desc
    ) as latest join public.profiles as p on p.id = latest.other;
$$;
comment on function public.conversations() is 'The latest message of each of the caller''s conversations, newest first.';

create function public.read_conversation(p_handle text) returns integer
language sql volatile set search_path = ''
as $$
    with marked as (
        update public.messages set read_at = now()
        where recipient = private.me() and sender = private.visible_profile(p_handle) and read_at is null returning 1
    )
    select count(*)::integer from marked;
$$;
comment on function public.read_conversation(text) is 'Marks what a member wrote to the caller as read; how many messages that were.';
grant execute on function
    public.send_message(text, text, bigint), public.conversation(text, bigint, integer), public.conversations(),
    public.read_conversation(text)
to authenticated;
