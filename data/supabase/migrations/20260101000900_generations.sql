-- From a request to a clip: generations, what they refer to, whom they star, their clips and every stored file.

create table public.generations (
    id uuid primary key default gen_random_uuid(),
    author uuid not null references public.profiles (id) on delete cascade,
    -- Chosen by the caller, so that a request sent twice is one generation.
    key uuid not null default gen_random_uuid(),
    request jsonb not null,
    storyboard jsonb not null,
    coverage jsonb not null default '{}',
    seed bigint not null default 0,
    engine text not null,
    engine_version text,
    parent uuid,
    -- queued → running → done / failed / refused / cancelled; running → queued again while attempts are left.
    state text not null default 'queued'
        check (state in ('queued', 'running', 'done', 'failed', 'refused', 'cancelled')),
    priority integer not null default 0,
    cost integer not null check (cost >= 0),
    -- What the worker last said.
    stage text not null default '',
    progress real not null default 0 check (progress between 0 and 1),
    seconds_left real check (seconds_left >= 0),
    -- The lease: whoever holds this uuid may finish; a new claim changes it and so fences off the old holder.
    lease uuid,
    lease_until timestamptz,
    worker text,
    attempts integer not null default 0 check (attempts >= 0),
    run_after timestamptz not null default now(),
    -- Why there is no clip: a word for programs and a sentence for people.
    error_code text,
    error text,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    finished_at timestamptz,
    unique (author, key),
    check ((state = 'running') = (lease is not null)),
    check ((state in ('done', 'failed', 'refused', 'cancelled')) = (finished_at is not null)),
    check (state not in ('failed', 'refused') or error is not null)
);
comment on table public.generations is 'One accepted request. It ends once: as a clip or as a reason.';
alter table public.generations enable row level security;
-- The next one to claim.
create index generations_waiting on public.generations (priority desc, created_at, id) where state = 'queued';
-- Leases that ran out.
create index generations_leased on public.generations (lease_until) where state = 'running';
create index generations_of_author on public.generations (author, created_at desc, id desc);
-- Limits count only what is open.
create index generations_open on public.generations (author) where state in ('queued', 'running');

create table public.generation_previews (
    generation uuid primary key references public.generations (id) on delete cascade,
    -- A small JPEG in base64, replaced while the work goes on and removed at its end.
    image text not null check (length(image) <= 400000),
    updated_at timestamptz not null default now()
);
comment on table public.generation_previews is 'The latest frame of a generation at work.';
alter table public.generation_previews enable row level security;

create table public.clips (
    id uuid primary key default gen_random_uuid(),
    -- One clip a generation, whatever happens to its workers.
    generation uuid not null unique references public.generations (id) on delete cascade,
    author uuid not null references public.profiles (id) on delete cascade,
    -- No reference on purpose: a remix outlives the clip that it was made from.
    parent uuid,
    video_path text not null,
    poster_path text not null,
    preview_path text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    -- The number in the invisible mark, and what finds a clip again by its looks.
    mark bigint unique,
    fingerprint jsonb,
    credential jsonb,
    seconds real not null check (seconds > 0),
    bytes bigint not null check (bytes > 0),
    width integer not null check (width > 0),
    height integer not null check (height > 0),
    engine text not null,
    engine_version text,
    stars_people boolean not null default false,
    -- A safety check wants a person to look first.
    held boolean not null default false,
    created_at timestamptz not null default now(),
    -- Consent ended: nobody sees it any more and its files are going.
    withdrawn_at timestamptz,
    deleted_at timestamptz
);
comment on table public.clips is 'The finished media of a generation.';
alter table public.clips enable row level security;
create index clips_of_author on public.clips (author, created_at desc, id desc) where deleted_at is null;
create index clips_of_parent on public.clips (parent) where parent is not null;

create table public.generation_references (
    generation uuid not null references public.generations (id) on delete cascade,
    position integer not null check (position between 0 and 7),
    -- An uploaded file, or a clip: then everyone in that clip must permit this use too.
    path text,
    clip uuid references public.clips (id) on delete set null,
    primary key (generation, position),
    check (num_nonnulls(path, clip) <= 1)
);
comment on table public.generation_references is 'Pictures and clips that a request refers to.';
alter table public.generation_references enable row level security;
create index generation_references_of_clip on public.generation_references (clip) where clip is not null;

create table public.cameo_uses (
    generation uuid not null references public.generations (id) on delete cascade,
    cameo uuid not null references public.cameos (id) on delete cascade,
    version integer not null,
    -- Under which permission it was asked for.
    permission text not null default 'own' check (permission in ('own', 'granted', 'mutuals', 'everyone')),
    author uuid not null references public.profiles (id) on delete cascade,
    clip uuid references public.clips (id) on delete cascade,
    created_at timestamptz not null default now(),
    -- The permission ended later, and the person let this clip stand.
    kept_at timestamptz,
    -- The permission ended, or the person withdrew from this clip: it stays so for ever.
    withdrawn_at timestamptz,
    primary key (generation, cameo),
    check (num_nonnulls(kept_at, withdrawn_at) <= 1)
);
comment on table public.cameo_uses is 'Which generation and clip stars which cameo, and whether that consent still stands.';
alter table public.cameo_uses enable row level security;
create index cameo_uses_of_cameo on public.cameo_uses (cameo) where withdrawn_at is null;
create index cameo_uses_of_clip on public.cameo_uses (clip) where clip is not null;

create table public.media (
    -- Where the file lies in the media storage; long and random, so that it cannot be guessed.
    path text primary key check (path ~ '^[a-z]+/[0-9a-f]{32}[a-z0-9._-]{0,40}$'),
    -- Null once the account is gone and the file only waits for its deletion.
    owner uuid references public.profiles (id) on delete set null,
    purpose text not null check (purpose in ('clip', 'poster', 'preview', 'upload')),
    generation uuid references public.generations (id) on delete set null,
    clip uuid references public.clips (id) on delete set null,
    created_at timestamptz not null default now(),
    -- When the sweep removes the file. Set from the start, and cleared when a clip takes the file: no upload is orphaned.
    delete_at timestamptz
);
comment on table public.media is 'Every stored file, listed before its first byte is written and until its last is deleted.';
alter table public.media enable row level security;
create index media_to_delete on public.media (delete_at) where delete_at is not null;
create index media_of_clip on public.media (clip) where clip is not null;
create index media_of_owner on public.media (owner);

-- A file without an owner or clip belongs to nothing any more.
create function private.schedule_lost_media() returns trigger
language plpgsql set search_path = ''
as $$
begin
    if new.owner is null or (old.clip is not null and new.clip is null) then
        new.delete_at := least(coalesce(new.delete_at, now()), now());
    end if;
    return new;
end;
$$;
comment on function private.schedule_lost_media() is 'Trigger: a file whose owner or clip is gone is deleted by the next sweep.';
create trigger lost_media_is_deleted before update of owner, clip on public.media
for each row execute function private.schedule_lost_media();

create table public.posts (
    id bigint generated always as identity primary key,
    clip uuid not null references public.clips (id) on delete cascade,
    author uuid not null references public.profiles (id) on delete cascade,
    caption text not null default '' check (char_length(caption) <= 500),
    visibility text not null default 'public' check (visibility in ('public', 'followers', 'link', 'private')),
    -- What a shared link carries; no id can be guessed from another.
    link_key uuid not null unique default gen_random_uuid(),
    tags text[] not null default '{}' check (cardinality(tags) <= 40),
    -- What was typed, if its author publishes it, too.
    prompt text check (char_length(prompt) <= 2000),
    -- The clip's parent, and when its author joined: kept here so that a feed need not look them up for every post it
    -- considers. Neither ever changes.
    parent uuid,
    author_since timestamptz not null default now(),
    -- What the author lets others do with it.
    allow_remix boolean not null default true,
    allow_comments boolean not null default true,
    allow_download boolean not null default true,
    stars_people boolean not null default false,
    -- A moderator or a rule wants a closer look: only its people and moderators see it meanwhile.
    held boolean not null default false,
    like_count integer not null default 0 check (like_count >= 0),
    comment_count integer not null default 0 check (comment_count >= 0),
    save_count integer not null default 0 check (save_count >= 0),
    view_count integer not null default 0 check (view_count >= 0),
    remix_count integer not null default 0 check (remix_count >= 0),
    published_at timestamptz not null default now(),
    -- What a moderator wants viewers to know before they look; wards are not shown it at all.
    label text check (label in ('sensitive', 'misleading', 'disputed', 'altered')),
    -- A moderator took it out of public feeds; the visibility that it had before.
    limited_from text check (limited_from in ('public', 'followers', 'link', 'private')),
    removed_at timestamptz,
    removed_reason text check (removed_reason in ('author', 'person', 'consent', 'moderation', 'rights', 'account')),
    check ((removed_at is null) = (removed_reason is null))
);
comment on table public.posts is 'A published clip.';
alter table public.posts enable row level security;
-- A clip is published once at a time.
create unique index one_live_post_each on public.posts (clip) where removed_at is null;
-- A page of one author, and the following feed through a lateral join over authors.
create index posts_of_author on public.posts (author, published_at desc, id desc) where removed_at is null;
-- The page of what is new.
create index posts_newest on public.posts (published_at desc, id desc) where removed_at is null and visibility = 'public' and not held;
create index posts_of_clip on public.posts (clip);
