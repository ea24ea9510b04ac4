-- The rules' policy in versions: what moderators changed since the shipped one, one version live, every change audited.
-- The database keeps and publishes amendments; pipelines/safety reads and applies them.

create table public.policy_versions (
    number integer generated always as identity primary key,
    -- draft → live → retired; a retired one may go live again.
    state text not null default 'draft' check (state in ('draft', 'live', 'retired')),
    amendments jsonb not null check (jsonb_typeof(amendments) = 'object' and length(amendments::text) <= 400000),
    -- What changed and why: the changelog.
    note text not null check (char_length(btrim(note)) between 1 and 1000),
    author uuid references public.profiles (id) on delete set null,
    created_at timestamptz not null default now(),
    published_at timestamptz
);
comment on table public.policy_versions is 'Versions of the policy, as amendments to the shipped one. None live: the shipped one decides.';
alter table public.policy_versions enable row level security;
-- One policy decides at a time.
create unique index one_live_policy on public.policy_versions (state) where state = 'live';

create table public.policy_examples (
    id bigint generated always as identity primary key,
    text text not null unique check (char_length(btrim(text)) between 1 and 2000),
    language text not null check (language in ('en', 'fr')),
    area text not null check (area ~ '^[a-z_]{2,40}$'),
    expected text not null check (expected in ('allow', 'hold', 'refuse')),
    note text not null default '' check (char_length(note) <= 200),
    author uuid references public.profiles (id) on delete set null,
    created_at timestamptz not null default now()
);
comment on table public.policy_examples is 'Texts on which a draft is compared with the live policy before it is published.';
alter table public.policy_examples enable row level security;

create policy "Everybody reads the live policy, moderators all versions" on public.policy_versions
for select to anon, authenticated using (state = 'live' or private.is_moderator());
create policy "Moderators read the examples" on public.policy_examples
for select to authenticated using (private.is_moderator());
grant select on public.policy_versions to anon, authenticated;
grant select on public.policy_examples to authenticated;

create function public.live_policy() returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'number', max(v.number), 'amendments', coalesce(max(v.amendments::text)::jsonb, '{}'), 'published_at', max(v.published_at),
        'licensed', (select coalesce(jsonb_agg(c.concept order by c.concept), '[]') from public.licensed_characters as c where c.licensed))
    from public.policy_versions as v where v.state = 'live';
$$;
comment on function public.live_policy() is 'The amendments that are in force (none: the shipped policy as it is), and the characters that are licensed.';

create function public.policy_versions(p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (
        select coalesce(jsonb_agg(to_jsonb(page) || jsonb_build_object(
            'author', (select handle from public.profiles where id = page.author)) order by page.number desc), '[]')
        from (select * from public.policy_versions order by number desc limit private.page_size(p_limit)) as page);
end;
$$;
comment on function public.policy_versions(integer) is 'Versions of the policy, newest first.';

-- Definer (as all below): only these functions write versions and examples.
create function public.save_policy(p_amendments jsonb, p_note text, p_number integer default null) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.require_moderator();
    v_number integer := p_number;
begin
    if coalesce(btrim(p_note), '') = '' then
        perform private.refuse('HB004', 'A version has a note.', 'Say what changes and why.');
    end if;
    if p_number is null then
        insert into public.policy_versions (amendments, note, author) values (p_amendments, p_note, v_me) returning number into v_number;
    else
        update public.policy_versions set amendments = p_amendments, note = p_note, author = v_me where number = p_number and state = 'draft';
        if not found then
            perform private.refuse('HB010', 'Only a draft can be changed.', 'Save it as a new draft.');
        end if;
    end if;
    perform private.audit('policy.saved', v_number::text, jsonb_build_object('note', p_note));
    return v_number;
end;
$$;
comment on function public.save_policy(jsonb, text, integer) is 'Keeps a draft of the policy, a new one or a changed one; its number.';

create function private.make_live(p_number integer) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    -- One at a time: two moderators who publish at once must not both win.
    perform pg_advisory_xact_lock(hashtext('policy_versions'));
    update public.policy_versions set state = 'retired' where state = 'live';
    update public.policy_versions set state = 'live', published_at = now() where number = p_number;
end;
$$;
comment on function private.make_live(integer) is 'Puts one version in force instead of whichever was; null: the shipped policy.';

create function public.publish_policy(p_number integer) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    if not exists (select from public.policy_versions where number = p_number and state in ('draft', 'retired')) then
        perform private.refuse('HB010', 'There is no such version to publish.', 'It may be live already.');
    end if;
    perform private.make_live(p_number);
    perform private.audit('policy.published', p_number::text, (
        select jsonb_build_object('note', note, 'sha256', encode(sha256(convert_to(amendments::text, 'UTF8')), 'hex'))
        from public.policy_versions where number = p_number));
end;
$$;
comment on function public.publish_policy(integer) is 'Puts a version of the policy in force.';

create function public.roll_back_policy(p_reason text) returns integer
language plpgsql security definer set search_path = ''
as $$
declare
    v_live public.policy_versions;
    v_before integer;
begin
    perform private.require_moderator();
    if coalesce(btrim(p_reason), '') = '' then
        perform private.refuse('HB004', 'Say why the policy is rolled back.');
    end if;
    select * into v_live from public.policy_versions where state = 'live' for update;
    if not found then
        perform private.refuse('HB010', 'The shipped policy is in force; there is nothing to roll back.');
    end if;
    select number into v_before from public.policy_versions
    where state = 'retired' and published_at < v_live.published_at order by published_at desc limit 1;
    perform private.make_live(v_before);
    -- Else rolling back twice would only go back and forth.
    update public.policy_versions set published_at = null where number = v_live.number;
    perform private.audit('policy.rolled_back', v_live.number::text, jsonb_build_object('to', v_before, 'reason', p_reason));
    return v_before;
end;
$$;
comment on function public.roll_back_policy(text) is 'Puts the version before the live one in force again; its number, or null for the shipped policy.';

create function public.policy_examples() returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (select coalesce(jsonb_agg(to_jsonb(e) - '{author,created_at}'::text[] order by e.area, e.id), '[]') from public.policy_examples as e);
end;
$$;
comment on function public.policy_examples() is 'The saved texts on which policies are compared.';

create function public.add_policy_example(p_text text, p_language text, p_area text, p_expected text, p_note text default '') returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_id bigint;
begin
    insert into public.policy_examples (text, language, area, expected, note, author)
    values (btrim(p_text), p_language, p_area, p_expected, coalesce(p_note, ''), private.require_moderator())
    on conflict (text) do update set area = excluded.area, expected = excluded.expected, note = excluded.note
    returning id into v_id;
    return v_id;
end;
$$;
comment on function public.add_policy_example(text, text, text, text, text) is 'Keeps a text with what should be decided about it; its id.';

create function public.remove_policy_example(p_id bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    delete from public.policy_examples where id = p_id;
    if not found then
        perform private.refuse('HB003', 'There is no such example.');
    end if;
end;
$$;
comment on function public.remove_policy_example(bigint) is 'Forgets a saved text.';

grant execute on function public.live_policy() to anon, authenticated, service_role;
grant execute on function
    public.policy_versions(integer), public.save_policy(jsonb, text, integer), public.publish_policy(integer), public.roll_back_policy(text),
    public.policy_examples(), public.add_policy_example(text, text, text, text, text), public.remove_policy_example(bigint)
to authenticated;
