-- What members should know, told once and marked when read.

create table public.notifications (
    id bigint generated always as identity primary key,
    recipient uuid not null references public.profiles (id) on delete cascade,
    kind text not null check (kind ~ '^[a-z_]{3,40}$'),
    -- Who caused it; null: the app.
    actor uuid references public.profiles (id) on delete cascade,
    -- What it is about: ids by name, such as {"post": 7}.
    about jsonb not null default '{}',
    created_at timestamptz not null default now(),
    read_at timestamptz
);
comment on table public.notifications is 'Something a member should know.';
alter table public.notifications enable row level security;
create index notifications_of_member on public.notifications (recipient, id desc);
create index notifications_unread on public.notifications (recipient) where read_at is null;

create policy "Members read their own notifications" on public.notifications
for select to authenticated using (recipient = (select auth.uid()));
create policy "Members mark their own notifications as read" on public.notifications
for update to authenticated using (recipient = (select auth.uid())) with check (recipient = (select auth.uid()));
grant select, update (read_at) on public.notifications to authenticated;

-- Definer: whoever acts leaves a note for somebody else.
create function private.notify(p_recipient uuid, p_kind text, p_about jsonb default '{}', p_actor uuid default auth.uid()) returns void
language sql volatile security definer set search_path = ''
as $$
    insert into public.notifications (recipient, kind, actor, about)
    select p_recipient, p_kind, p_actor, p_about
    where p_recipient is not null
      and p_recipient is distinct from p_actor
      and exists (select from public.profiles where id = p_recipient)
      and not exists (select from public.mutes where muter = p_recipient and muted = p_actor)
      and not private.blocked_between(p_recipient, p_actor);
$$;
comment on function private.notify(uuid, text, jsonb, uuid) is
    'Tells a member something, unless they caused it themselves or want to hear nothing of who did.';
grant execute on function private.notify(uuid, text, jsonb, uuid) to service_role;

create function private.notification_json(p_notification public.notifications) returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p_notification) - 'recipient'
        || jsonb_build_object('actor', (select private.profile_card(p) from public.profiles as p where p.id = p_notification.actor));
$$;
comment on function private.notification_json(public.notifications) is 'A notification as its recipient sees it.';
grant execute on function private.notification_json(public.notifications) to authenticated;

create function public.notifications(p_before bigint default null, p_limit integer default 30) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.notification_json(n) order by n.id desc), '[]')
    from (
        select * from public.notifications
        where recipient = auth.uid() and (p_before is null or id < p_before)
        order by id desc limit private.page_size(p_limit)
    ) as n;
$$;
comment on function public.notifications(bigint, integer) is 'A page of the caller''s notifications, newest first.';

create function public.read_notifications(p_up_to bigint) returns integer
language sql volatile set search_path = ''
as $$
    with marked as (
        update public.notifications set read_at = now()
        where recipient = private.me() and id <= p_up_to and read_at is null returning 1
    )
    select count(*)::integer from marked;
$$;
comment on function public.read_notifications(bigint) is 'Marks notifications up to this one as read; how many that were.';

create function public.unread_count() returns integer
language sql stable set search_path = ''
as $$ select count(*)::integer from public.notifications where recipient = auth.uid() and read_at is null $$;
comment on function public.unread_count() is 'How many notifications the caller has not read.';
grant execute on function
    public.notifications(bigint, integer), public.read_notifications(bigint), public.unread_count()
to authenticated;
