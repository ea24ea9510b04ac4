-- What every later migration builds on: nothing is granted by default, errors have codes, and internals have a schema.

-- First of all: a new function or table is nobody's until a grant says otherwise.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke execute on functions from anon, authenticated, service_role;
alter default privileges in schema public revoke all on tables from anon, authenticated;
alter default privileges in schema public revoke all on sequences from anon, authenticated;
alter default privileges in schema public grant all on tables to service_role;
alter default privileges in schema public grant all on sequences to service_role;

create schema private;
comment on schema private is 'Internals that no API exposes: settings, helpers of policies, the audit log.';
grant usage on schema private to anon, authenticated, service_role;

-- Error codes, each mapped to one Python exception in data/errors.py:
--   HB001 not signed in        HB002 not allowed          HB003 not found           HB004 not acceptable
--   HB005 already taken        HB006 limit reached        HB007 no live permission  HB008 not enough credits
--   HB009 lease lost           HB010 not in that state    HB011 account suspended
create function private.refuse(p_code text, p_message text, p_hint text default null) returns void
language plpgsql set search_path = ''
as $$
begin
    raise exception using errcode = p_code, message = p_message, hint = coalesce(p_hint, '');
end;
$$;
comment on function private.refuse(text, text, text) is
    'Ends the call with one of the project''s own error codes, a sentence, and what to do about it.';
grant execute on function private.refuse(text, text, text) to anon, authenticated, service_role;

create table private.settings (
    -- One row only: settings are a fact, not a list.
    singleton boolean primary key default true check (singleton),
    sign_up text not null default 'open' check (sign_up in ('open', 'invite')),
    invites_per_member integer not null default 4 check (invites_per_member between 0 and 1000),
    -- What a free account can spend each day, in credits.
    daily_credits integer not null default 30 check (daily_credits between 0 and 1000000),
    -- How many generations one member may have waiting or running at once.
    open_generations_per_member integer not null default 5 check (open_generations_per_member >= 1),
    running_per_member integer not null default 2 check (running_per_member >= 1),
    running_in_total integer not null default 64 check (running_in_total >= 1),
    max_attempts integer not null default 3 check (max_attempts between 1 and 20),
    -- Wait before the second attempt, in seconds; it doubles with each further one.
    retry_seconds integer not null default 10 check (retry_seconds between 0 and 86400),
    strikes_until_suspension integer not null default 3 check (strikes_until_suspension >= 1)
);
comment on table private.settings is 'The one row of settings that functions read. Changed by change_settings().';
alter table private.settings enable row level security;
grant select, update on private.settings to service_role;
insert into private.settings default values;

create table private.audit_log (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    -- Who did it; no reference, because the log outlives accounts. Null: the app itself.
    actor uuid,
    action text not null check (action ~ '^[a-z_.]{3,60}$'),
    subject text not null,
    data jsonb not null default '{}',
    previous_hash bytea not null,
    hash bytea not null unique
);
comment on table private.audit_log is
    'Append-only record of what matters. Each row''s hash covers the row before it, so that no row can vanish unseen.';
alter table private.audit_log enable row level security;

create function private.audit_hash(p_previous bytea, p_at timestamptz, p_actor uuid, p_action text, p_subject text, p_data jsonb)
returns bytea
language sql immutable set search_path = ''
as $$
    select sha256(p_previous || convert_to(
        jsonb_build_array(extract(epoch from p_at), p_actor, p_action, p_subject, p_data)::text, 'UTF8'));
$$;
comment on function private.audit_hash(bytea, timestamptz, uuid, text, text, jsonb) is
    'The hash of one row of the audit log, over its content and the hash of the row before.';

create function private.refuse_change() returns trigger
language plpgsql set search_path = ''
as $$
begin
    perform private.refuse('HB002', format('Rows of %s are never changed or removed.', tg_table_name));
    return null;
end;
$$;
comment on function private.refuse_change() is 'Trigger: keeps an append-only table append-only.';

create trigger audit_log_is_append_only
before update or delete on private.audit_log
for each row execute function private.refuse_change();
create trigger audit_log_is_never_emptied
before truncate on private.audit_log
for each statement execute function private.refuse_change();

-- Definer: whoever acts must leave a trace without being able to read or shape the log.
create function private.audit(p_action text, p_subject text, p_data jsonb default '{}') returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_previous bytea;
    v_at timestamptz := clock_timestamp();
begin
    -- One writer at a time, else two rows would name the same row as the one before them.
    perform pg_advisory_xact_lock(hashtext('private.audit_log'));
    select hash into v_previous from private.audit_log order by id desc limit 1;
    v_previous := coalesce(v_previous, '\x'::bytea);
    insert into private.audit_log (at, actor, action, subject, data, previous_hash, hash)
    values (v_at, auth.uid(), p_action, p_subject, p_data, v_previous,
            private.audit_hash(v_previous, v_at, auth.uid(), p_action, p_subject, p_data));
end;
$$;
comment on function private.audit(text, text, jsonb) is 'Appends one row to the audit log.';
grant execute on function private.audit(text, text, jsonb) to service_role;

create function private.verify_audit_log() returns bigint
language sql stable security definer set search_path = ''
as $$
    select min(id) from (
        select id, hash, previous_hash, lag(hash, 1, '\x'::bytea) over (order by id) as expected,
               private.audit_hash(previous_hash, at, actor, action, subject, data) as computed
        from private.audit_log
    ) as chained
    where hash <> computed or previous_hash <> expected;
$$;
comment on function private.verify_audit_log() is 'The id of the first row that was tampered with, or null when all is well.';
grant execute on function private.verify_audit_log() to service_role;
