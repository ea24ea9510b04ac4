-- Cameos: a person's likeness and voice, who may use it, and for what.

create table public.cameos (
    id uuid primary key default gen_random_uuid(),
    owner uuid not null references public.profiles (id) on delete cascade,
    audience text not null default 'only_me' check (audience in ('only_me', 'people', 'mutuals', 'everyone')),
    -- What happens to clips already made when a permission ends: they fall, or the person lets them stand.
    past_clips text not null default 'remove' check (past_clips in ('remove', 'keep')),
    -- What the person asks for in their own words; the safety rules read it.
    wishes text not null default '' check (char_length(wishes) <= 500),
    -- How the person wants to appear, such as "always with my red hat"; the director adds it.
    appearance text not null default '' check (char_length(appearance) <= 300),
    -- Kinds of clips that the person does not want to be in, switched on one by one.
    switches text[] not null default '{}'
        check (switches <@ array['politics', 'violence', 'romance', 'brands', 'other_cameos', 'voice', 'minors', 'remix']),
    -- Everything is put away for a while: nobody else makes or sees anything with this person, and nothing falls.
    paused boolean not null default false,
    -- What a moderator looks into before anybody else may use it: speech, face, handle. Empty: nothing.
    review text[] not null default '{}' check (review <@ array['speech', 'face', 'handle']),
    -- A ward's cameo waits for the guardian's yes; without a guardian it counts for nothing.
    awaits_guardian boolean not null default false,
    version integer not null default 1 check (version >= 1),
    created_at timestamptz not null default now(),
    deleted_at timestamptz
);
comment on table public.cameos is 'A person''s likeness and voice, and the rules they set for it.';
alter table public.cameos enable row level security;
-- One living cameo a person, so that a handle in a storyboard names one likeness.
create unique index one_living_cameo_each on public.cameos (owner) where deleted_at is null;

create table public.cameo_versions (
    cameo uuid not null references public.cameos (id) on delete cascade,
    version integer not null check (version >= 1),
    -- Cut-outs, voice and colours, base64 inside JSON: kept in the database so that deleting it is one transaction.
    likeness jsonb not null check (jsonb_typeof(likeness) = 'object' and length(likeness::text) <= 4000000),
    -- What the live check saw: which challenge, when, how it was met.
    live_check jsonb not null check (jsonb_typeof(live_check) = 'object' and length(live_check::text) <= 20000),
    -- Which text the person agreed to, by its version.
    consent text not null default '' check (char_length(consent) <= 40),
    -- Knows the recording again, so that nobody sends it a second time. Holds no picture.
    mark jsonb not null default '{}' check (length(mark::text) <= 60000),
    -- The description of the face, sealed as the likeness is: compared when another account records a cameo.
    face jsonb check (length(face::text) <= 20000),
    created_at timestamptz not null default now(),
    primary key (cameo, version)
);
comment on table public.cameo_versions is 'The captured likeness itself. Read by its owner, and by a worker that holds a lease which may use it.';
alter table public.cameo_versions enable row level security;

create table public.cameo_restrictions (
    cameo uuid not null references public.cameos (id) on delete cascade,
    -- A storyboard concept, such as gun or kiss.
    concept text not null check (concept ~ '^[a-z][a-z0-9_]{0,39}$'),
    primary key (cameo, concept)
);
comment on table public.cameo_restrictions is 'What nobody else may show this person with: a clip whose storyboard holds the concept is refused.';
alter table public.cameo_restrictions enable row level security;

create table public.cameo_grants (
    cameo uuid not null references public.cameos (id) on delete cascade,
    grantee uuid not null references public.profiles (id) on delete cascade,
    -- asked → granted or refused; granted → revoked or expired; any → granted again, if the person wants.
    state text not null check (state in ('asked', 'granted', 'refused', 'revoked', 'expired')),
    -- What the asking member wants to make, for the person to decide by.
    prompt text not null default '' check (char_length(prompt) <= 500),
    -- When the permission ends by itself; null: never.
    until timestamptz,
    changed_at timestamptz not null default now(),
    primary key (cameo, grantee)
);
comment on table public.cameo_grants is
    'One person''s permission to use one cameo. A refused or revoked one holds under every audience.';
alter table public.cameo_grants enable row level security;
create index cameo_grants_of_grantee on public.cameo_grants (grantee, state);
-- The next permissions to end by themselves.
create index cameo_grants_that_end on public.cameo_grants (until) where state = 'granted' and until is not null;

create table private.cameo_challenges (
    id uuid primary key default gen_random_uuid(),
    owner uuid not null references public.profiles (id) on delete cascade,
    -- What the recording must show, and when.
    steps jsonb not null check (jsonb_typeof(steps) = 'array' and length(steps::text) <= 4000),
    created_at timestamptz not null default now(),
    expires_at timestamptz not null
);
comment on table private.cameo_challenges is 'Live checks that were begun. Each is taken once, in time, by the one it was made for.';
alter table private.cameo_challenges enable row level security;
-- How many somebody began lately.
create index cameo_challenges_of_member on private.cameo_challenges (owner, created_at);
grant select, insert, update, delete on private.cameo_challenges to service_role;

create table private.topic_concepts (
    -- A switch of public.cameos.
    topic text not null check (topic in ('politics', 'violence', 'romance', 'brands')),
    -- A concept of the lexicon that belongs to it.
    concept text not null check (concept ~ '^[a-z][a-z0-9_]{0,39}$'),
    primary key (topic, concept)
);
comment on table private.topic_concepts is 'Which concepts of a storyboard a switch rules out. What has no concept is found in the words.';
alter table private.topic_concepts enable row level security;

create table public.cameo_refusals (
    id bigint generated always as identity primary key,
    cameo uuid not null references public.cameos (id) on delete cascade,
    author uuid not null references public.profiles (id) on delete cascade,
    prompt text not null check (char_length(prompt) <= 2000),
    -- Why: a word of the rules, such as permission or violence.
    reason text not null check (char_length(reason) <= 60),
    created_at timestamptz not null default now()
);
comment on table public.cameo_refusals is 'What somebody wanted to make with a person and was refused. The person sees it.';
alter table public.cameo_refusals enable row level security;
create index cameo_refusals_of_cameo on public.cameo_refusals (cameo, id desc);

-- Definer: a policy pair on cameos and grants that read each other would recurse.
create function private.owns_cameo(p_cameo uuid) returns boolean
language sql stable security definer set search_path = ''
as $$ select exists (select from public.cameos where id = p_cameo and owner = auth.uid()) $$;
comment on function private.owns_cameo(uuid) is 'Whether the caller is the person in this cameo.';
grant execute on function private.owns_cameo(uuid) to authenticated, service_role;

create policy "People see their own cameos" on public.cameos
for select to authenticated using (owner = (select auth.uid()));
grant select on public.cameos to authenticated;

create policy "People read their own likeness" on public.cameo_versions
for select to authenticated using (private.owns_cameo(cameo));
grant select on public.cameo_versions to authenticated;

create policy "People see the restrictions they set" on public.cameo_restrictions
for select to authenticated using (private.owns_cameo(cameo));
grant select on public.cameo_restrictions to authenticated;

create policy "People see what was refused with them" on public.cameo_refusals
for select to authenticated using (private.owns_cameo(cameo));
grant select on public.cameo_refusals to authenticated;

create policy "Both sides see a grant" on public.cameo_grants
for select to authenticated using (grantee = (select auth.uid()) or private.owns_cameo(cameo));
grant select on public.cameo_grants to authenticated;
