-- How members follow, block and mute, and what follows from it.

-- Definer: a follower may not write the counters of others.
create function private.count_follows() returns trigger
language plpgsql security definer set search_path = ''
as $$
declare
    v_step integer := case when tg_op = 'INSERT' then 1 else -1 end;
    v_row public.follows := case when tg_op = 'INSERT' then new else old end;
begin
    update public.profiles set following_count = following_count + v_step where id = v_row.follower;
    update public.profiles set follower_count = follower_count + v_step where id = v_row.followee;
    if tg_op = 'INSERT' then
        perform private.notify(v_row.followee, 'follow', '{}', v_row.follower);
    end if;
    return null;
end;
$$;
comment on function private.count_follows() is 'Trigger: keeps the two counters and tells whoever is followed.';
create trigger follows_are_counted after insert or delete on public.follows
for each row execute function private.count_follows();

-- Definer: ends follows in both directions, of which the blocker may write only one.
create function private.part_after_block() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    delete from public.follows
    where (follower, followee) in ((new.blocker, new.blocked), (new.blocked, new.blocker));
    return null;
end;
$$;
comment on function private.part_after_block() is 'Trigger: after a block neither follows the other.';
create trigger blocks_end_follows after insert on public.blocks
for each row execute function private.part_after_block();

create function private.visible_profile(p_handle text) returns uuid
language plpgsql stable set search_path = ''
as $$
declare
    v_id uuid;
begin
    select id into v_id from public.profiles where handle = lower(btrim(p_handle, ' @'));
    if v_id is null then
        perform private.refuse('HB003', format('There is no member @%s.', left(p_handle, 40)), 'Check the spelling of the handle.');
    end if;
    return v_id;
end;
$$;
comment on function private.visible_profile(text) is
    'The id of the member with this handle, as far as the caller may see them. Refuses an unknown or hidden one.';
grant execute on function private.visible_profile(text) to anon, authenticated, service_role;

create function public.follow(p_handle text) returns void
language plpgsql set search_path = ''
as $$
declare
    v_other uuid := private.visible_profile(p_handle);
begin
    if v_other = private.me() then
        perform private.refuse('HB004', 'You cannot follow yourself.');
    end if;
    insert into public.follows (follower, followee) values (auth.uid(), v_other) on conflict do nothing;
end;
$$;
comment on function public.follow(text) is 'The caller follows a member.';

create function public.unfollow(p_handle text) returns void
language sql volatile set search_path = ''
as $$ delete from public.follows where follower = private.me() and followee = private.profile_of(p_handle) $$;
comment on function public.unfollow(text) is 'The caller stops following a member.';

create function public.block(p_handle text) returns void
language plpgsql set search_path = ''
as $$
declare
    v_other uuid := private.profile_of(p_handle);
begin
    if v_other = private.me() then
        perform private.refuse('HB004', 'You cannot block yourself.');
    end if;
    insert into public.blocks (blocker, blocked) values (auth.uid(), v_other) on conflict do nothing;
end;
$$;
comment on function public.block(text) is 'The caller blocks a member: neither sees or hears of the other from now on.';

create function public.unblock(p_handle text) returns void
language sql volatile set search_path = ''
as $$ delete from public.blocks where blocker = private.me() and blocked = private.profile_of(p_handle) $$;
comment on function public.unblock(text) is 'The caller lifts a block.';

create function public.mute(p_handle text) returns void
language plpgsql set search_path = ''
as $$
declare
    v_other uuid := private.visible_profile(p_handle);
begin
    if v_other = private.me() then
        perform private.refuse('HB004', 'You cannot mute yourself.');
    end if;
    insert into public.mutes (muter, muted) values (auth.uid(), v_other) on conflict do nothing;
end;
$$;
comment on function public.mute(text) is 'The caller mutes a member: no more of them in feed and notifications.';

create function public.unmute(p_handle text) returns void
language sql volatile set search_path = ''
as $$ delete from public.mutes where muter = private.me() and muted = private.profile_of(p_handle) $$;
comment on function public.unmute(text) is 'The caller lifts a mute.';

-- Definer: the names of blocked members are hidden by the very block that is listed here.
create function public.my_blocks() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'blocked', coalesce((select jsonb_agg(p.handle order by p.handle) from public.blocks as b
                             join public.profiles as p on p.id = b.blocked where b.blocker = auth.uid()), '[]'),
        'muted', coalesce((select jsonb_agg(p.handle order by p.handle) from public.mutes as m
                           join public.profiles as p on p.id = m.muted where m.muter = auth.uid()), '[]'));
$$;
comment on function public.my_blocks() is 'Handles of the members whom the caller blocked and muted.';

create function public.followers(p_handle text, p_limit integer default 50) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.profile_card(found) order by found.handle), '[]') from (
        select p.* from public.follows as f join public.profiles as p on p.id = f.follower
        where f.followee = private.visible_profile(p_handle) order by p.handle limit private.page_size(p_limit)
    ) as found;
$$;
comment on function public.followers(text, integer) is 'Members who follow this one.';

create function public.following(p_handle text, p_limit integer default 50) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.profile_card(found) order by found.handle), '[]') from (
        select p.* from public.follows as f join public.profiles as p on p.id = f.followee
        where f.follower = private.visible_profile(p_handle) order by p.handle limit private.page_size(p_limit)
    ) as found;
$$;
comment on function public.following(text, integer) is 'Members whom this one follows.';

create function public.profile(p_handle text) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_id uuid := private.visible_profile(p_handle);
begin
    return (
        select to_jsonb(p) || jsonb_build_object(
            'followed', exists (select from public.follows where follower = auth.uid() and followee = p.id),
            'follows_me', exists (select from public.follows where follower = p.id and followee = auth.uid()),
            'muted', exists (select from public.mutes where muter = auth.uid() and muted = p.id))
        from public.profiles as p where p.id = v_id);
end;
$$;
comment on function public.profile(text) is 'A member as the caller may see them, and what links the two.';
grant execute on function public.profile(text) to anon, authenticated;
-- Visitors ask for profiles too; with these policies they find no links.
grant select on public.follows, public.mutes to anon;

grant execute on function
    public.follow(text), public.unfollow(text), public.block(text), public.unblock(text), public.mute(text),
    public.unmute(text), public.my_blocks(), public.followers(text, integer), public.following(text, integer)
to authenticated;
