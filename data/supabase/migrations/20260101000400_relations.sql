-- Between members: who follows, blocks and mutes whom. What a block hides, it hides both ways.

create table public.follows (
    follower uuid not null references public.profiles (id) on delete cascade,
    followee uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (follower, followee),
    check (follower <> followee)
);
comment on table public.follows is 'One member follows another.';
alter table public.follows enable row level security;
-- "Who follows me", and mutual follows, from the other side.
create index follows_of_followee on public.follows (followee, follower);
-- Whom one follows, the latest first, read by every page of For you.
create index follows_latest on public.follows (follower, created_at desc) include (followee);

create table public.blocks (
    blocker uuid not null references public.profiles (id) on delete cascade,
    blocked uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (blocker, blocked),
    check (blocker <> blocked)
);
comment on table public.blocks is 'One member wants nothing to do with another. Only the blocker knows.';
alter table public.blocks enable row level security;
create index blocks_of_blocked on public.blocks (blocked, blocker);

create table public.mutes (
    muter uuid not null references public.profiles (id) on delete cascade,
    muted uuid not null references public.profiles (id) on delete cascade,
    created_at timestamptz not null default now(),
    primary key (muter, muted),
    check (muter <> muted)
);
comment on table public.mutes is 'One member does not want another in their feed and notifications. Only the muter knows.';
alter table public.mutes enable row level security;

-- Definer: the blocked may not read who blocked them, but their queries must honour it.
create function private.hidden_from_me() returns uuid[]
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (
        select coalesce(array_agg(other), '{}') from (
            select blocked as other from public.blocks where blocker = auth.uid()
            union select blocker from public.blocks where blocked = auth.uid()
        ) as hidden);
end;
$$;
comment on function private.hidden_from_me() is 'Members whom the caller blocked or who blocked the caller.';
grant execute on function private.hidden_from_me() to anon, authenticated, service_role;

-- Definer: as above, for any two members.
create function private.blocked_between(p_one uuid, p_other uuid) returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (select from public.blocks where blocker = p_one and blocked = p_other)
        or exists (select from public.blocks where blocker = p_other and blocked = p_one);
$$;
comment on function private.blocked_between(uuid, uuid) is 'Whether either member blocked the other.';
grant execute on function private.blocked_between(uuid, uuid) to service_role;

create policy "Everybody sees members, save across a block" on public.profiles
for select to anon, authenticated using (id <> all ((select private.hidden_from_me())::uuid[]));
grant select on public.profiles to anon, authenticated;

create policy "Members see who follows whom" on public.follows
for select to authenticated using (true);
create policy "Members follow in their own name, save across a block" on public.follows
for insert to authenticated
with check (follower = (select auth.uid()) and followee <> all ((select private.hidden_from_me())::uuid[]));
create policy "Members stop following, or remove a follower" on public.follows
for delete to authenticated using ((select auth.uid()) in (follower, followee));
grant select, insert, delete on public.follows to authenticated;

create policy "Members see whom they blocked" on public.blocks
for select to authenticated using (blocker = (select auth.uid()));
create policy "Members block in their own name" on public.blocks
for insert to authenticated with check (blocker = (select auth.uid()));
create policy "Members lift their own blocks" on public.blocks
for delete to authenticated using (blocker = (select auth.uid()));
grant select, insert, delete on public.blocks to authenticated;

create policy "Members see whom they muted" on public.mutes
for select to authenticated using (muter = (select auth.uid()));
create policy "Members mute in their own name" on public.mutes
for insert to authenticated with check (muter = (select auth.uid()));
create policy "Members lift their own mutes" on public.mutes
for delete to authenticated using (muter = (select auth.uid()));
grant select, insert, delete on public.mutes to authenticated;
