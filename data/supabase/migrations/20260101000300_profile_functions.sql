-- What members do with their profile, their invitations and their wards.

create function private.new_code(p_length integer) returns text
language sql volatile set search_path = ''
as $$ select left(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), p_length) $$;
comment on function private.new_code(integer) is 'Unguessable letters and digits, 64 at most.';

create function private.anybody_has_joined() returns boolean
language sql stable security definer set search_path = ''
as $$
    select exists (select from public.profiles as p where not exists (select from private.demo_members as d where d.profile = p.id));
$$;
comment on function private.anybody_has_joined() is 'Whether there are members beside those who came with the app.';

-- Definer: takes an invitation that belongs to somebody else and decides the first moderator.
create function public.create_profile(
    p_handle text, p_display_name text default null, p_language text default 'en', p_invite text default null
) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_handle text := lower(btrim(coalesce(p_handle, ''), ' @'));
    v_settings private.settings;
    v_first boolean;
begin
    if v_me is null then
        perform private.refuse('HB001', 'You are not signed in.', 'Sign up or sign in first.');
    end if;
    if v_handle !~ '^[a-z0-9_]{3,30}$' then
        perform private.refuse('HB004', 'A handle has 3 to 30 letters, digits or underscores.', 'Choose another handle.');
    end if;
    -- One sign-up at a time: two first accounts at once would both become moderators.
    perform pg_advisory_xact_lock(hashtext('create_profile'));
    if exists (select from public.profiles where id = v_me) then
        perform private.refuse('HB005', 'You already have a profile.');
    end if;
    if exists (select from public.profiles where handle = v_handle) then
        perform private.refuse('HB005', format('The handle @%s is taken.', v_handle), 'Choose another handle.');
    end if;
    select * into v_settings from private.settings;
    v_first := not private.anybody_has_joined();
    insert into public.profiles (id, handle, display_name, language, role)
    values (v_me, v_handle, coalesce(nullif(private.limited(p_display_name, 50, 'The name'), ''), v_handle),
            case when p_language in ('en', 'fr') then p_language else 'en' end,
            case when v_first then 'moderator' else 'member' end);
    insert into public.profile_settings (profile) values (v_me);
    if p_invite is not null or (v_settings.sign_up = 'invite' and not v_first) then
        update public.invites set used_by = v_me, used_at = now()
        where code = lower(btrim(coalesce(p_invite, ''))) and used_at is null;
        if not found then
            perform private.refuse('HB002', 'This invitation is not valid or was used already.', 'Ask a member for another one.');
        end if;
    end if;
    insert into public.invites (code, inviter)
    select private.new_code(12), v_me from generate_series(1, v_settings.invites_per_member);
    perform private.audit('profile.created', v_me::text, jsonb_build_object('handle', v_handle));
    return public.my_profile();
end;
$$;
comment on function public.create_profile(text, text, text, text) is
    'Makes the caller a member and returns their profile. The very first member becomes the moderator.';
grant execute on function public.create_profile(text, text, text, text) to authenticated;

create function public.my_profile() returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p) || jsonb_build_object(
        'messages_from', s.messages_from, 'feed', s.feed, 'wellbeing', s.wellbeing, 'suspended_until', s.suspended_until,
        'guardian', (select g.handle from public.guardianships as w join public.profiles as g on g.id = w.guardian
                     where w.ward = p.id and w.state = 'active'))
    from public.profiles as p join public.profile_settings as s on s.profile = p.id
    where p.id = auth.uid();
$$;
-- Visitors ask too; with these policies they find nothing.
grant select on public.profile_settings, public.guardianships to anon;
comment on function public.my_profile() is 'Everything the caller''s profile holds; null for a visitor or an account without one.';
grant execute on function public.my_profile() to anon, authenticated;

create function private.profile_card(p_profile public.profiles) returns jsonb
language sql stable set search_path = ''
as $$ select jsonb_build_object('id', p_profile.id, 'handle', p_profile.handle, 'display_name', p_profile.display_name) $$;
comment on function private.profile_card(public.profiles) is 'The few words shown beside what a member made or said.';
grant execute on function private.profile_card(public.profiles) to anon, authenticated, service_role;

create policy "Members change their own profile" on public.profiles
for update to authenticated using (id = (select auth.uid())) with check (id = (select auth.uid()));
-- Not role, plan or counters: those are the app's.
grant update (display_name, bio, language) on public.profiles to authenticated;

create function public.update_profile(
    p_display_name text default null, p_bio text default null, p_language text default null,
    p_messages_from text default null, p_feed jsonb default null, p_wellbeing jsonb default null
) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_me uuid := private.me();
begin
    update public.profiles set
        display_name = coalesce(private.limited(p_display_name, 50, 'The name'), display_name),
        bio = coalesce(private.limited(p_bio, 300, 'The text about you'), bio),
        language = coalesce(p_language, language)
    where id = v_me and num_nonnulls(p_display_name, p_bio, p_language) > 0;
    update public.profile_settings set
        messages_from = coalesce(p_messages_from, messages_from),
        feed = coalesce(p_feed, feed),
        wellbeing = coalesce(p_wellbeing, wellbeing)
    where profile = v_me;
    return public.my_profile();
end;
$$;
comment on function public.update_profile(text, text, text, text, jsonb, jsonb) is
    'Changes what is given of the caller''s profile and settings, and returns the profile.';
grant execute on function public.update_profile(text, text, text, text, jsonb, jsonb) to authenticated;

create function public.my_invites() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'used_at', i.used_at, 'used_by', p.handle)
                              order by i.used_at nulls first, i.code), '[]')
    from public.invites as i left join public.profiles as p on p.id = i.used_by
    where i.inviter = auth.uid();
$$;
comment on function public.my_invites() is 'The caller''s invitations, unused ones first.';
grant execute on function public.my_invites() to authenticated;

-- Definer: members cannot write roles. A moderator may appoint moderators; only an admin may make admins or take a role away.
create function public.set_role(p_handle text, p_role text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_profile uuid := private.profile_of(p_handle);
    v_mine text;
    v_theirs text;
begin
    select role into v_mine from public.profiles where id = private.me();
    select role into v_theirs from public.profiles where id = v_profile;
    if p_role not in ('member', 'moderator', 'admin') then
        perform private.refuse('HB004', 'A role is member, moderator or admin.');
    end if;
    if v_mine <> 'admin' and not (v_mine = 'moderator' and v_theirs = 'member' and p_role = 'moderator') then
        perform private.refuse('HB002', 'You may not give or take this role.', 'Ask an admin.');
    end if;
    update public.profiles set role = p_role where id = v_profile;
    perform private.audit('profile.role', v_profile::text, jsonb_build_object('from', v_theirs, 'to', p_role));
end;
$$;
comment on function public.set_role(text, text) is 'Gives a member a role.';
grant execute on function public.set_role(text, text) to authenticated;

-- For the server's own tools, which no member can call.
create function public.appoint(p_handle text, p_role text, p_plan text default null) returns void
language plpgsql set search_path = ''
as $$
begin
    update public.profiles set role = p_role, plan = coalesce(p_plan, plan) where id = private.profile_of(p_handle);
    perform private.audit('profile.role', p_handle, jsonb_build_object('to', p_role, 'plan', p_plan));
end;
$$;
comment on function public.appoint(text, text, text) is 'Gives a member a role and a plan, from the server''s side.';
grant execute on function public.appoint(text, text, text) to service_role;

-- Definer: settings belong to nobody's role.
create function public.change_settings(p_changes jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_after private.settings;
begin
    if not private.is_moderator() and coalesce(auth.jwt() ->> 'role', '') <> 'service_role' then
        perform private.refuse('HB002', 'Only moderators change the settings.');
    end if;
    select (jsonb_populate_record(s, p_changes - 'singleton')).* into v_after from private.settings as s;
    update private.settings set
        (sign_up, invites_per_member, daily_credits, open_generations_per_member, running_per_member, running_in_total,
         max_attempts, retry_seconds, strikes_until_suspension)
        = (v_after.sign_up, v_after.invites_per_member, v_after.daily_credits, v_after.open_generations_per_member,
           v_after.running_per_member, v_after.running_in_total, v_after.max_attempts, v_after.retry_seconds,
           v_after.strikes_until_suspension);
    perform private.audit('settings.changed', 'settings', p_changes);
    return to_jsonb(v_after) - 'singleton';
end;
$$;
comment on function public.change_settings(jsonb) is 'Changes the settings that are given and returns all of them.';
grant execute on function public.change_settings(jsonb) to authenticated, service_role;

-- Definer: visitors must know whether sign-up needs an invitation.
create function public.site() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object('sign_up', s.sign_up, 'daily_credits', s.daily_credits,
                              'empty', not private.anybody_has_joined())
    from private.settings as s;
$$;
comment on function public.site() is 'What a visitor may know of this installation: how one joins, and whether anybody has.';
grant execute on function public.site() to anon, authenticated, service_role;
