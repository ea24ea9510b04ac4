-- Members: who they are, what they chose, who invited them, and who looks after the young ones.

create table public.profiles (
    id uuid primary key references auth.users (id) on delete cascade,
    -- The name that others type; lower case so that no two differ by case alone.
    handle text not null unique check (handle ~ '^[a-z0-9_]{3,30}$'),
    display_name text not null check (char_length(display_name) between 1 and 50),
    bio text not null default '' check (char_length(bio) <= 300),
    language text not null default 'en' check (language in ('en', 'fr')),
    role text not null default 'member' check (role in ('member', 'moderator', 'admin')),
    plan text not null default 'free' check (plan in ('free', 'plus')),
    follower_count integer not null default 0 check (follower_count >= 0),
    following_count integer not null default 0 check (following_count >= 0),
    created_at timestamptz not null default now()
);
comment on table public.profiles is 'A member as others see them. An account without a profile can look, and do nothing else.';
alter table public.profiles enable row level security;
-- People are searched by the beginning of their handle.
create index profiles_by_handle on public.profiles (handle text_pattern_ops);

create table private.demo_members (
    profile uuid primary key references public.profiles (id) on delete cascade
);
comment on table private.demo_members is
    'Members who came with the app, whom nobody can sign in as: their clips fill the first feed and come last in the queue.';
alter table private.demo_members enable row level security;
grant select, insert on private.demo_members to service_role;

create table public.profile_settings (
    profile uuid primary key references public.profiles (id) on delete cascade,
    messages_from text not null default 'followed' check (messages_from in ('everyone', 'followed', 'nobody')),
    feed jsonb not null default '{}' check (jsonb_typeof(feed) = 'object' and length(feed::text) <= 4000),
    wellbeing jsonb not null default '{}' check (jsonb_typeof(wellbeing) = 'object' and length(wellbeing::text) <= 4000),
    suspended_until timestamptz,
    -- The account may only look, and appeal. For which case either came: an appeal that is heard lifts it.
    banned_at timestamptz,
    suspended_for bigint,
    banned_for bigint
);
comment on table public.profile_settings is 'What a member chose, for nobody else''s eyes.';
alter table public.profile_settings enable row level security;

create table public.invites (
    code text primary key check (code ~ '^[a-z0-9]{12}$'),
    inviter uuid not null references public.profiles (id) on delete cascade,
    used_by uuid unique references public.profiles (id) on delete set null,
    used_at timestamptz,
    created_at timestamptz not null default now()
);
comment on table public.invites is 'One invitation each. A used one stays used even when its guest leaves.';
alter table public.invites enable row level security;
create index invites_of_member on public.invites (inviter);

create table public.guardianships (
    -- A ward has one guardian at most.
    ward uuid primary key references public.profiles (id) on delete cascade,
    guardian uuid not null references public.profiles (id) on delete cascade,
    state text not null default 'offered' check (state in ('offered', 'active')),
    -- The widest audience that the ward's cameo may have.
    cameo_audience text not null default 'people' check (cameo_audience in ('only_me', 'people', 'mutuals', 'everyone')),
    messages_from text not null default 'followed' check (messages_from in ('everyone', 'followed', 'nobody')),
    may_publish boolean not null default true,
    personal_feed boolean not null default false,
    -- Minutes of feed a day; null: no limit.
    daily_minutes integer check (daily_minutes between 0 and 1440),
    created_at timestamptz not null default now(),
    check (ward <> guardian)
);
comment on table public.guardianships is 'A guardian''s care for a ward, with the limits the guardian set. Counts once the ward agreed.';
alter table public.guardianships enable row level security;
create index guardianships_of_guardian on public.guardianships (guardian);

-- Definer: a policy on profiles that reads profiles would call itself without end.
create function private.is_moderator() returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select exists (select from public.profiles where id = auth.uid() and role in ('moderator', 'admin')));
end;
$$;
comment on function private.is_moderator() is 'Whether the caller moderates.';
grant execute on function private.is_moderator() to anon, authenticated, service_role;

-- Definer: reads the caller's suspension without opening the table to everybody.
create function private.me() returns uuid
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_until timestamptz;
    v_banned timestamptz;
begin
    select settings.suspended_until, settings.banned_at into v_until, v_banned
    from public.profile_settings as settings where settings.profile = v_me;
    if not found then
        perform private.refuse('HB001', 'You are not signed in.', 'Sign in, or create your profile first.');
    elsif v_banned is not null then
        perform private.refuse('HB011', 'Your account was closed by two moderators.',
            'You can appeal against the decision in your account.');
    elsif v_until > now() then
        perform private.refuse('HB011', format('Your account is suspended until %s.', to_char(v_until, 'YYYY-MM-DD')),
            'You can appeal against the decision in your account.');
    end if;
    return v_me;
end;
$$;
comment on function private.me() is 'The id of the calling member. Refuses visitors, accounts without a profile, and suspended members.';
grant execute on function private.me() to anon, authenticated, service_role;

create function private.limited(p_text text, p_limit integer, p_what text) returns text
language plpgsql immutable set search_path = ''
as $$
declare
    v_text text := btrim(p_text);
begin
    if char_length(v_text) > p_limit then
        perform private.refuse('HB004', format('%s has %s characters; the limit is %s.', p_what, char_length(v_text), p_limit), 'Shorten it.');
    end if;
    return v_text;
end;
$$;
comment on function private.limited(text, integer, text) is 'The trimmed text, or a refusal that names the limit; null for null.';
grant execute on function private.limited(text, integer, text) to anon, authenticated, service_role;

create function private.page_size(p_limit integer) returns integer
language plpgsql immutable set search_path = ''
as $$
begin
    return least(greatest(coalesce(p_limit, 20), 1), 100);
end;
$$;
comment on function private.page_size(integer) is 'How many rows a page holds: 1 to 100, whatever was asked for.';
grant execute on function private.page_size(integer) to anon, authenticated, service_role;

-- Definer: resolves a handle for functions that must speak to people whom policies may hide.
create function private.profile_of(p_handle text) returns uuid
language plpgsql stable security definer set search_path = ''
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
comment on function private.profile_of(text) is 'The id of the member with this handle. Refuses an unknown one.';
grant execute on function private.profile_of(text) to authenticated, service_role;

create policy "Members read their own settings" on public.profile_settings
for select to authenticated using (profile = (select auth.uid()));
create policy "Members change their own settings" on public.profile_settings
for update to authenticated using (profile = (select auth.uid())) with check (profile = (select auth.uid()));
grant select on public.profile_settings to authenticated;
-- Not suspended_until: nobody lifts their own suspension.
grant update (messages_from, feed, wellbeing) on public.profile_settings to authenticated;

create policy "Members see the invitations they can give" on public.invites
for select to authenticated using (inviter = (select auth.uid()));
grant select on public.invites to authenticated;

create policy "Guardians and wards see what links them" on public.guardianships
for select to authenticated using ((select auth.uid()) in (ward, guardian));
create policy "Either side lets go of an offer, the guardian of a guardianship" on public.guardianships
for delete to authenticated using (guardian = (select auth.uid()) or (ward = (select auth.uid()) and state = 'offered'));
grant select, delete on public.guardianships to authenticated;
