-- Safety: what rules decided, what members report, what moderators decide, and how one appeals.

create table public.cases (
    id bigint generated always as identity primary key,
    target_kind text not null check (target_kind in ('post', 'comment', 'profile', 'message', 'cameo', 'rights', 'generation', 'ruling')),
    target_id text not null check (char_length(target_id) <= 60),
    -- Whose it is; null once the account is gone.
    accused uuid references public.profiles (id) on delete set null,
    -- open → decided; open → ban_proposed → decided; decided → appealed → closed.
    state text not null default 'open' check (state in ('open', 'ban_proposed', 'decided', 'appealed', 'closed')),
    report_count integer not null default 0 check (report_count >= 0),
    -- How soon somebody should look: harm, reach, and how often the reporters were right before.
    priority real not null default 0,
    -- Cases about minors come before all others.
    minors boolean not null default false,
    -- An appeal against a rights claim waits for the claimant until then.
    answer_by timestamptz,
    opened_at timestamptz not null default now()
);
comment on table public.cases is 'Something under review: what a member made or said, a likeness or a right in it, or a refusal that is appealed against.';
alter table public.cases enable row level security;
-- Reports of one thing meet in one case while it is open.
create unique index one_open_case_each on public.cases (target_kind, target_id) where state = 'open';
create index cases_waiting on public.cases (minors desc, priority desc, id) where state in ('open', 'ban_proposed', 'appealed');
create index cases_of_accused on public.cases (accused, id desc);

create table public.reports (
    id bigint generated always as identity primary key,
    case_id bigint not null references public.cases (id) on delete cascade,
    -- Kept without a name when the account goes.
    reporter uuid references public.profiles (id) on delete set null,
    reason text not null check (reason in ('likeness', 'minor', 'sexual', 'violence', 'hate', 'self_harm', 'dangerous', 'harassment',
                                                'deception', 'privacy', 'rights', 'spam', 'other')),
    note text not null default '' check (char_length(note) <= 1000),
    -- Whether moderators acted on it: the reporter's record.
    upheld boolean,
    created_at timestamptz not null default now(),
    -- Reporting twice does not count twice.
    unique (case_id, reporter)
);
comment on table public.reports is 'A member says that something should be looked at. Never shown to whom it is about.';
alter table public.reports enable row level security;
create index reports_of_member on public.reports (reporter, created_at desc);

create table public.rulings (
    id bigint generated always as identity primary key,
    generation uuid references public.generations (id) on delete cascade,
    case_id bigint references public.cases (id) on delete cascade,
    -- Whose text was refused before there was a generation.
    member uuid references public.profiles (id) on delete cascade,
    -- What was looked at.
    stage text not null check (stage in ('prompt', 'storyboard', 'frames', 'sound', 'upload', 'post', 'caption', 'comment', 'handle', 'message', 'speech')),
    verdict text not null check (verdict in ('allow', 'hold', 'refuse')),
    rule text not null check (rule ~ '^[a-z0-9_.-]{2,60}$'),
    reason text not null check (char_length(reason) <= 500),
    evidence jsonb not null default '{}' check (length(evidence::text) <= 20000),
    -- Only an appeal hands the text over.
    appealed_text text check (char_length(appealed_text) <= 2000),
    -- A moderator decided otherwise.
    overturned boolean,
    created_at timestamptz not null default now()
);
comment on table public.rulings is 'What a safety check decided, by which rule, and why.';
alter table public.rulings enable row level security;
create index rulings_of_generation on public.rulings (generation);
create index rulings_of_case on public.rulings (case_id);
create index rulings_of_member on public.rulings (member, created_at desc) where member is not null;
create index rulings_by_day on public.rulings (created_at);

create table public.decisions (
    id bigint generated always as identity primary key,
    case_id bigint not null references public.cases (id) on delete cascade,
    moderator uuid references public.profiles (id) on delete set null,
    decision text not null check (decision in ('keep', 'label', 'limit', 'remove', 'suspend', 'ban')),
    reason text not null check (char_length(btrim(reason)) between 1 and 1000),
    -- Whether this answers an appeal.
    final boolean not null default false,
    -- A ban that waits for a second moderator.
    proposed boolean not null default false,
    -- What an appeal that is heard brings back, such as a biography.
    undo jsonb not null default '{}',
    created_at timestamptz not null default now()
);
comment on table public.decisions is 'What a moderator decided about a case, and why.';
alter table public.decisions enable row level security;
create index decisions_of_case on public.decisions (case_id, id);

create table public.appeals (
    case_id bigint primary key references public.cases (id) on delete cascade,
    body text not null check (char_length(btrim(body)) between 1 and 2000),
    created_at timestamptz not null default now()
);
comment on table public.appeals is 'The other side of a decided case, heard once.';
alter table public.appeals enable row level security;

create table public.strikes (
    id bigint generated always as identity primary key,
    profile uuid not null references public.profiles (id) on delete cascade,
    case_id bigint not null unique references public.cases (id) on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null default now() + interval '90 days'
);
comment on table public.strikes is 'A rule was broken. Enough live ones suspend an account; an appeal that is heard removes one.';
alter table public.strikes enable row level security;
create index strikes_of_member on public.strikes (profile, expires_at);

create policy "Moderators and whoever it is about see a case" on public.cases
for select to authenticated using (private.is_moderator() or accused = (select auth.uid()));
create policy "Moderators see reports, reporters their own" on public.reports
for select to authenticated using (private.is_moderator() or reporter = (select auth.uid()));
create policy "Moderators and whom they concern see rulings" on public.rulings
for select to authenticated using (
    private.is_moderator()
    or member = (select auth.uid())
    or exists (select from public.generations as g where g.id = generation and g.author = (select auth.uid()))
    or exists (select from public.cases as c where c.id = case_id and c.accused = (select auth.uid())));
create policy "Decisions are seen with their case" on public.decisions
for select to authenticated using (exists (select from public.cases as c where c.id = case_id));
create policy "Appeals are seen with their case" on public.appeals
for select to authenticated using (exists (select from public.cases as c where c.id = case_id));
create policy "Moderators see strikes, members their own" on public.strikes
for select to authenticated using (private.is_moderator() or profile = (select auth.uid()));
grant select on public.cases, public.reports, public.rulings, public.decisions, public.appeals, public.strikes to authenticated;

-- Definer: finds the case of a thing that the caller sees and its owner, whose rows stay closed.
create function private.open_case(p_kind text, p_target text, p_accused uuid) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_case bigint;
begin
    insert into public.cases (target_kind, target_id, accused) values (p_kind, p_target, p_accused)
    on conflict (target_kind, target_id) where state = 'open' do update set accused = excluded.accused
    returning id into v_case;
    perform private.weigh_case(v_case);
    return v_case;
end;
$$;
comment on function private.open_case(text, text, uuid) is 'The open case of a thing, opened now if there is none.';
grant execute on function private.open_case(text, text, uuid) to service_role;

create function private.harm(p_about text) returns integer
language sql immutable set search_path = ''
as $$
    select case
        when p_about in ('minor', 'minors') then 10
        when p_about = 'self_harm' then 8
        when p_about in ('sexual', 'dangerous') then 7
        when p_about in ('violence', 'hate', 'likeness', 'real_people') then 6
        when p_about in ('harassment', 'privacy', 'private_data') then 5
        when p_about in ('deception') then 4
        when p_about in ('rights', 'characters') then 3
        when p_about = 'spam' then 1
        else 2
    end;
$$;
comment on function private.harm(text) is 'How much harm a reason of a report, or the area of a rule, stands for: 1 to 10.';
grant execute on function private.harm(text) to service_role;

create function private.reach_of(p_kind text, p_target text) returns integer
language plpgsql stable security definer set search_path = ''
as $$
begin
    return coalesce(case
        when p_kind in ('post', 'rights') then (select view_count from public.posts where id = p_target::bigint)
        when p_kind = 'comment' then (select p.view_count / 4 from public.comments as c join public.posts as p on p.id = c.post where c.id = p_target::bigint)
        when p_kind = 'profile' then (select follower_count from public.profiles where handle = p_target)
        when p_kind = 'cameo' then (select sum(view_count)::integer from public.posts where clip = p_target::uuid)
    end, 0);
end;
$$;
comment on function private.reach_of(text, text) is 'How many people something reached, roughly.';
grant execute on function private.reach_of(text, text) to service_role;

create function private.record_of(p_reporter uuid) returns numeric
language sql stable security definer set search_path = ''
as $$
    select (1.0 + count(*) filter (where upheld)) / (2.0 + count(*) filter (where upheld is not null))
    from public.reports where reporter = p_reporter;
$$;
comment on function private.record_of(uuid) is 'How often moderators acted on a member''s reports, 0 to 1; a half for somebody new.';
grant execute on function private.record_of(uuid) to service_role;

-- Definer: reads every report of a case, whoever caused the change.
create function private.weigh_case(p_case bigint) returns void
language sql volatile security definer set search_path = ''
as $$
    update public.cases as c set
        minors = exists (select from public.reports where case_id = c.id and reason = 'minor')
              or exists (select from public.rulings where case_id = c.id and rule like 'minors.%'),
        priority = greatest(
            (select coalesce(max(private.harm(r.reason)), 0) from public.reports as r where r.case_id = c.id),
            (select coalesce(max(private.harm(split_part(r.rule, '.', 1))), 0) from public.rulings as r where r.case_id = c.id))
          + ln(1 + private.reach_of(c.target_kind, c.target_id))
          + 2 * (select coalesce(sum(private.record_of(r.reporter)), 0) from public.reports as r where r.case_id = c.id)
    where c.id = p_case;
$$;
comment on function private.weigh_case(bigint) is 'Sets a case''s priority from harm, reach and the reporters'' records.';
grant execute on function private.weigh_case(bigint) to service_role;

create function private.owner_of(p_kind text, p_target text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
    return case p_kind
        when 'post' then (select author from public.posts where id = p_target::bigint)
        when 'comment' then (select author from public.comments where id = p_target::bigint)
        when 'profile' then (select id from public.profiles where handle = lower(btrim(p_target, ' @')))
        when 'message' then (select sender from public.messages where id = p_target::bigint)
        when 'cameo' then (select author from public.clips where id = p_target::uuid)
        when 'rights' then (select author from public.posts where id = p_target::bigint)
        when 'generation' then (select author from public.generations where id = p_target::uuid)
        when 'ruling' then (select member from public.rulings where id = p_target::bigint)
    end;
end;
$$;
comment on function private.owner_of(text, text) is 'Whose the thing is that a case is about.';
grant execute on function private.owner_of(text, text) to service_role;

create function private.sees_target(p_kind text, p_target text) returns boolean
language plpgsql stable set search_path = ''
as $$
begin
    return case p_kind
        when 'post' then exists (select from public.posts where id = p_target::bigint)
        when 'comment' then exists (select from public.comments where id = p_target::bigint)
        when 'profile' then exists (select from public.profiles where handle = lower(btrim(p_target, ' @')))
        when 'message' then exists (select from public.messages where id = p_target::bigint and recipient = auth.uid())
        when 'cameo' then exists (select from public.clips where id = p_target::uuid and stars_people)
        else false
    end;
end;
$$;
comment on function private.sees_target(text, text) is 'Whether the caller sees what they want to report.';
grant execute on function private.sees_target(text, text) to authenticated;

create function public.report(p_kind text, p_target text, p_reason text, p_note text default '') returns bigint
language plpgsql set search_path = ''
as $$
begin
    perform private.me();
    if p_kind = 'profile' then
        p_target := lower(btrim(p_target, ' @'));
    end if;
    if not private.sees_target(p_kind, p_target) then
        perform private.refuse('HB003', 'There is nothing there to report.', 'It may have been taken down already.');
    end if;
    return private.file_report(p_kind, p_target, p_reason, p_note);
end;
$$;
comment on function public.report(text, text, text, text) is 'Reports a post, comment, profile, message or the use of a likeness in a clip; the number of its case.';
grant execute on function public.report(text, text, text, text) to authenticated;

-- Definer: joins a case that the reporter cannot read, and holds a post that several people reported.
create function private.file_report(p_kind text, p_target text, p_reason text, p_note text) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_case bigint := private.open_case(p_kind, p_target, private.owner_of(p_kind, p_target));
    v_reports integer;
begin
    if (select count(*) from public.reports where reporter = private.me() and created_at > now() - interval '1 day') >= 50 then
        perform private.refuse('HB006', 'You reported 50 things today.', 'Thank you; go on tomorrow.');
    end if;
    insert into public.reports (case_id, reporter, reason, note)
    values (v_case, auth.uid(), p_reason, coalesce(private.limited(p_note, 1000, 'The note'), '')) on conflict do nothing;
    update public.cases set report_count = (select count(*) from public.reports where case_id = v_case)
    where id = v_case returning report_count into v_reports;
    perform private.weigh_case(v_case);
    -- Three different people, the person in the clip, or a fear for a child: hidden until somebody has looked.
    update public.posts set held = true
    where removed_at is null and not held
      and ((p_kind = 'post' and id::text = p_target
            and (v_reports >= 3 or p_reason = 'minor' or (p_reason = 'likeness' and stars_people and private.appears_in(clip))))
           or (p_kind = 'cameo' and clip::text = p_target and (v_reports >= 3 or p_reason = 'minor' or private.appears_in(clip))));
    return v_case;
end;
$$;
comment on function private.file_report(text, text, text, text) is 'Adds the caller''s report to the case of a thing; the case''s number.';
grant execute on function private.file_report(text, text, text, text) to authenticated;

create function public.record_ruling(
    p_generation uuid, p_stage text, p_verdict text, p_rule text, p_reason text, p_evidence jsonb default '{}'
) returns void
language plpgsql set search_path = ''
as $$
declare
    v_case bigint;
begin
    if p_verdict = 'hold' then
        v_case := private.open_case('generation', p_generation::text, private.owner_of('generation', p_generation::text));
        update public.clips set held = true where generation = p_generation;
    end if;
    insert into public.rulings (generation, case_id, stage, verdict, rule, reason, evidence)
    values (p_generation, v_case, p_stage, p_verdict, p_rule, p_reason, coalesce(p_evidence, '{}'));
    if v_case is not null then
        perform private.weigh_case(v_case);
    end if;
end;
$$;
comment on function public.record_ruling(uuid, text, text, text, text, jsonb) is
    'Keeps what a safety check decided about a generation; a hold opens a case.';
grant execute on function public.record_ruling(uuid, text, text, text, text, jsonb) to service_role;

create function public.rulings(p_generation uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(r) - '{id,generation,member,appealed_text,overturned}'::text[] order by r.id), '[]')
    from public.rulings as r where r.generation = p_generation;
$$;
comment on function public.rulings(uuid) is 'What safety checks decided about a generation of the caller''s.';
grant execute on function public.rulings(uuid) to authenticated, service_role;
