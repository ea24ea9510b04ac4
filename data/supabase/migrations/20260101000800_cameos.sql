-- Cameos: a person's likeness and voice, who may use it, and for what.

create table public.cameos (
    id uuid primary key default gen_random_uuid(),
    owner uuid not null references public.profiles (id) on delete cascade,
    audience text not null default 'only_me' check (audience in ('only_me', 'people', 'mutuals', 'everyone')),
    -- What happens to clips already made when a permission ends: they fall, or the person lets them stand.
    past_clips text not null default 'remove' check (past_clips in ('remove', 'keep')),
    -- What the person asks for in their own words; the safety rules read it.
    wishes text not null default '' check (char_length(wishes) <= 500),
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
    -- asked → granted or refused; granted → revoked; any → granted again, if the person wants.
    state text not null check (state in ('asked', 'granted', 'refused', 'revoked')),
    changed_at timestamptz not null default now(),
    primary key (cameo, grantee)
);
comment on table public.cameo_grants is
    'One person''s permission to use one cameo. A refused or revoked one holds under every audience.';
alter table public.cameo_grants enable row level security;
create index cameo_grants_of_grantee on public.cameo_grants (grantee, state);

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

create policy "Both sides see a grant" on public.cameo_grants
for select to authenticated using (grantee = (select auth.uid()) or private.owns_cameo(cameo));
grant select on public.cameo_grants to authenticated;
