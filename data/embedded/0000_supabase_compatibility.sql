-- What a hosted Supabase project already has before the first migration, for the embedded Postgres alone:
-- its roles, its default privileges, and the parts of `auth` and `storage` that the migrations speak of.

-- Nobody: a visitor without an account.
create role anon nologin noinherit;
-- A member who has signed in; the claims say which.
create role authenticated nologin noinherit;
-- The app's own worker and server code: no row is hidden from it.
create role service_role nologin noinherit bypassrls;
-- Who logs in. It inherits nothing, so that forgetting to set a role means "permission denied", never a bypass.
create role authenticator login noinherit;
grant anon, authenticated, service_role to authenticator;

create schema auth;
comment on schema auth is 'Who may sign in. On Supabase its own product; here the little that the migrations need.';
create schema storage;
comment on schema storage is 'Stored files as Supabase Storage lists them. Empty here: media lie in a local folder.';
create schema extensions;
comment on schema extensions is 'Where Supabase installs extensions. Empty here.';

grant usage on schema public, auth, storage, extensions to anon, authenticated, service_role;

-- Supabase hands new objects in `public` to everybody by default; the first migration takes that back.
alter default privileges in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges in schema public grant all on sequences to anon, authenticated, service_role;
alter default privileges in schema public grant execute on functions to anon, authenticated, service_role;

create table auth.users (
    id uuid primary key default gen_random_uuid(),
    email text unique,
    encrypted_password text,
    raw_user_meta_data jsonb not null default '{}',
    created_at timestamptz not null default now(),
    last_sign_in_at timestamptz
);
comment on table auth.users is 'One row for each account. encrypted_password is an argon2 hash, null for sign-in elsewhere.';
alter table auth.users enable row level security;
grant select, insert, update, delete on auth.users to service_role;

-- As on Supabase these two set no search_path: the planner then writes them into the query that calls them.
create function auth.jwt() returns jsonb
language sql stable
as $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
comment on function auth.jwt() is 'The claims of whoever calls, or null.';

create function auth.uid() returns uuid
language sql stable
as $$ select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
comment on function auth.uid() is 'The id of whoever calls, or null.';

revoke execute on function auth.jwt(), auth.uid() from public;
grant execute on function auth.jwt(), auth.uid() to anon, authenticated, service_role;

create table storage.buckets (
    id text primary key,
    name text not null unique,
    public boolean not null default false,
    created_at timestamptz not null default now()
);
comment on table storage.buckets is 'A root folder of stored files.';
alter table storage.buckets enable row level security;
grant select, insert, update, delete on storage.buckets to service_role;

create table storage.objects (
    id uuid primary key default gen_random_uuid(),
    bucket_id text references storage.buckets,
    name text,
    owner_id text,
    metadata jsonb,
    created_at timestamptz not null default now(),
    unique (bucket_id, name)
);
comment on table storage.objects is 'One stored file.';
alter table storage.objects enable row level security;
grant select, insert, update, delete on storage.objects to service_role;
