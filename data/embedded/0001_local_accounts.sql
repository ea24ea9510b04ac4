-- Accounts of the embedded database: what Supabase Auth does elsewhere. Called by the server alone (service_role);
-- passwords arrive hashed, session tokens too, so that nobody who reads these tables can sign in.

create table auth.sessions (
    -- sha256 of the token that the browser holds.
    token_hash bytea primary key,
    user_id uuid not null references auth.users (id) on delete cascade,
    created_at timestamptz not null default now(),
    last_seen_at timestamptz not null default now(),
    expires_at timestamptz not null,
    -- What the browser called itself, so that people recognise their sessions.
    device text not null default '' check (char_length(device) <= 200)
);
comment on table auth.sessions is 'Who is signed in where. Deleting a row signs out.';
alter table auth.sessions enable row level security;
create index sessions_of_user on auth.sessions (user_id);

create table auth.sign_in_attempts (
    id bigint generated always as identity primary key,
    -- An email address, or a network address with its own prefix.
    subject text not null,
    at timestamptz not null default now()
);
comment on table auth.sign_in_attempts is 'Failed sign-ins of the last hour, for throttling.';
alter table auth.sign_in_attempts enable row level security;
create index sign_in_attempts_of_subject on auth.sign_in_attempts (subject, at);

create table auth.identities (
    provider text not null,
    subject text not null,
    user_id uuid not null references auth.users (id) on delete cascade,
    primary key (provider, subject)
);
comment on table auth.identities is 'Accounts elsewhere, such as at Hugging Face, with which somebody signs in here.';
alter table auth.identities enable row level security;
create index identities_of_user on auth.identities (user_id);

grant select, insert, update, delete on auth.sessions, auth.sign_in_attempts, auth.identities to service_role;

create function auth.create_user(p_email text, p_password_hash text) returns uuid
language sql volatile set search_path = ''
as $$ insert into auth.users (email, encrypted_password) values (lower(p_email), p_password_hash) returning id $$;
comment on function auth.create_user(text, text) is 'Makes an account and returns its id.';

create function auth.user_by_email(p_email text) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('id', id, 'password_hash', encrypted_password) from auth.users where email = lower(p_email);
$$;
comment on function auth.user_by_email(text) is 'The id and password hash of an account, or null.';

create function auth.user_password(p_account uuid) returns jsonb
language sql stable set search_path = ''
as $$ select jsonb_build_object('password_hash', encrypted_password) from auth.users where id = p_account $$;
comment on function auth.user_password(uuid) is 'The password hash of an account.';

create function auth.set_password_hash(p_account uuid, p_password_hash text) returns void
language sql volatile set search_path = ''
as $$ update auth.users set encrypted_password = p_password_hash where id = p_account $$;
comment on function auth.set_password_hash(uuid, text) is 'Changes how an account''s password is checked.';

create function auth.set_email(p_account uuid, p_email text) returns void
language sql volatile set search_path = ''
as $$ update auth.users set email = lower(p_email) where id = p_account $$;
comment on function auth.set_email(uuid, text) is 'Gives an account an email address, or another one.';

create function auth.email_of(p_account uuid) returns text
language sql stable set search_path = ''
as $$ select email from auth.users where id = p_account $$;
comment on function auth.email_of(uuid) is 'The email address of an account, or null.';

create function auth.user_for_identity(p_provider text, p_subject text) returns uuid
language plpgsql set search_path = ''
as $$
declare
    v_user uuid;
begin
    perform pg_advisory_xact_lock(hashtext(p_provider || ':' || p_subject));
    select user_id into v_user from auth.identities where provider = p_provider and subject = p_subject;
    if v_user is null then
        insert into auth.users default values returning id into v_user;
        insert into auth.identities (provider, subject, user_id) values (p_provider, p_subject, v_user);
    end if;
    return v_user;
end;
$$;
comment on function auth.user_for_identity(text, text) is 'The account of somebody who is known elsewhere, made at their first visit.';

create function auth.open_session(p_account uuid, p_token_hash text, p_days integer, p_device text) returns void
language plpgsql set search_path = ''
as $$
begin
    insert into auth.sessions (token_hash, user_id, expires_at, device)
    values (decode(p_token_hash, 'hex'), p_account, now() + make_interval(days => p_days), left(coalesce(p_device, ''), 200));
    update auth.users set last_sign_in_at = now() where id = p_account;
    delete from auth.sessions where expires_at < now();
end;
$$;
comment on function auth.open_session(uuid, text, integer, text) is 'Signs somebody in.';

create function auth.session_user_id(p_token_hash text) returns uuid
language plpgsql set search_path = ''
as $$
declare
    v_user uuid;
begin
    select user_id into v_user from auth.sessions where token_hash = decode(p_token_hash, 'hex') and expires_at > now();
    -- Once an hour is exact enough, and spares a write at every request.
    update auth.sessions set last_seen_at = now()
    where token_hash = decode(p_token_hash, 'hex') and last_seen_at < now() - interval '1 hour';
    return v_user;
end;
$$;
comment on function auth.session_user_id(text) is 'Whose session this is, or null.';

create function auth.sessions_of(p_account uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', encode(sha256(token_hash), 'hex'), 'created_at', created_at, 'last_seen_at', last_seen_at, 'device', device)
        order by last_seen_at desc), '[]')
    from auth.sessions where user_id = p_account and expires_at > now();
$$;
comment on function auth.sessions_of(uuid) is 'Where somebody is signed in; the ids serve to sign out and for nothing else.';

create function auth.close_session(p_token_hash text) returns void
language sql volatile set search_path = ''
as $$ delete from auth.sessions where token_hash = decode(p_token_hash, 'hex') $$;
comment on function auth.close_session(text) is 'Signs out of one session.';

create function auth.close_sessions(p_account uuid, p_id text default null) returns integer
language sql volatile set search_path = ''
as $$
    with closed as (
        delete from auth.sessions where user_id = p_account and (p_id is null or encode(sha256(token_hash), 'hex') = p_id) returning 1
    )
    select count(*)::integer from closed;
$$;
comment on function auth.close_sessions(uuid, text) is 'Signs somebody out of one session or of all; how many that were.';

create function auth.count_attempts(p_subject text, p_minutes integer) returns integer
language sql stable set search_path = ''
as $$
    select count(*)::integer from auth.sign_in_attempts
    where subject = p_subject and at > now() - make_interval(mins => p_minutes);
$$;
comment on function auth.count_attempts(text, integer) is 'How many sign-ins failed lately for an address.';

create function auth.record_attempt(p_subject text) returns void
language plpgsql set search_path = ''
as $$
begin
    insert into auth.sign_in_attempts (subject) values (p_subject);
    delete from auth.sign_in_attempts where at < now() - interval '1 hour';
end;
$$;
comment on function auth.record_attempt(text) is 'Remembers a failed sign-in for an hour.';

create function auth.forget_attempts(p_subject text) returns void
language sql volatile set search_path = ''
as $$ delete from auth.sign_in_attempts where subject = p_subject $$;
comment on function auth.forget_attempts(text) is 'Forgets failed sign-ins after one that worked.';

revoke execute on all functions in schema auth from public;
grant execute on all functions in schema auth to service_role;
