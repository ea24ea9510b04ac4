-- Deciding cases: moderators decide once, whoever it is about may appeal once, and another moderator answers.
-- What a decision does to a thing and to an account stands in the next file.

create function private.require_moderator() returns uuid
language plpgsql stable set search_path = ''
as $$
begin
    if not private.is_moderator() then
        perform private.refuse('HB002', 'Only moderators may do this.');
    end if;
    return private.me();
end;
$$;
comment on function private.require_moderator() is 'The id of the calling moderator. Refuses everybody else.';
grant execute on function private.require_moderator() to authenticated;

create function private.case_json(p_case public.cases) returns jsonb
language sql stable set search_path = ''
as $$
    select to_jsonb(p_case) || jsonb_build_object(
        'accused', (select handle from public.profiles where id = p_case.accused),
        'reports', (select coalesce(jsonb_agg(jsonb_build_object('reason', r.reason, 'note', r.note, 'created_at', r.created_at) order by r.id), '[]')
                    from public.reports as r where r.case_id = p_case.id and private.is_moderator()),
        'rulings', (select coalesce(jsonb_agg(to_jsonb(r) - '{id,generation,case_id,member,appealed_text,overturned}'::text[] order by r.id), '[]')
                    from public.rulings as r where r.case_id = p_case.id),
        'decisions', (select coalesce(jsonb_agg(jsonb_build_object('decision', d.decision, 'reason', d.reason, 'final', d.final,
                                                                   'proposed', d.proposed, 'created_at', d.created_at) order by d.id), '[]')
                      from public.decisions as d where d.case_id = p_case.id and (not d.proposed or private.is_moderator())),
        'appeal', (select a.body from public.appeals as a where a.case_id = p_case.id));
$$;
comment on function private.case_json(public.cases) is 'A case with all that belongs to it; who reported is never told.';
grant execute on function private.case_json(public.cases) to authenticated;

create function public.waiting_cases(p_limit integer default 50) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (
        select coalesce(jsonb_agg(private.case_json(page) order by page.minors desc, page.priority desc, page.id), '[]') from (
            select * from public.cases as c where c.state in ('open', 'ban_proposed', 'appealed')
            order by c.minors desc, c.priority desc, c.id limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.waiting_cases(integer) is 'Cases that wait for a moderator: those about minors first, then by priority.';

create function public.my_cases() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.case_json(c) - '{priority,minors,report_count}'::text[] || jsonb_build_object(
        'struck', exists (select from public.strikes as s where s.case_id = c.id and s.expires_at > now()),
        'may_appeal', c.state = 'decided' and not exists (
            select from public.decisions as d where d.case_id = c.id and d.decision = 'keep')) order by c.id desc), '[]')
    from public.cases as c where c.accused = auth.uid() and c.state in ('decided', 'appealed', 'closed');
$$;
comment on function public.my_cases() is 'Decided cases about what the caller made or said, with the reasons.';

create function public.my_standing() returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object(
        'strikes', (select coalesce(jsonb_agg(jsonb_build_object('case', s.case_id, 'created_at', s.created_at, 'expires_at', s.expires_at) order by s.id), '[]')
                    from public.strikes as s where s.profile = auth.uid() and s.expires_at > now()),
        'suspended_until', (select s.suspended_until from public.profile_settings as s where s.profile = auth.uid() and s.suspended_until > now()),
        'banned_at', (select s.banned_at from public.profile_settings as s where s.profile = auth.uid()));
$$;
comment on function public.my_standing() is 'The caller''s live strikes, and whether the account is suspended or closed.';

create function private.check_decision(p_case public.cases, p_me uuid, p_decision text, p_reason text, p_label text, p_days integer) returns void
language plpgsql stable security definer set search_path = ''
as $$
begin
    if p_decision is null or p_decision not in ('keep', 'label', 'limit', 'remove', 'suspend', 'ban') or btrim(coalesce(p_reason, '')) = '' then
        perform private.refuse('HB004', 'A decision is keep, label, limit, remove, suspend or ban, and has a reason.');
    elsif p_decision = 'label' and (p_case.target_kind not in ('post', 'rights', 'cameo')
                                    or coalesce(p_label, '') not in ('sensitive', 'misleading', 'disputed', 'altered')) then
        perform private.refuse('HB004', 'A post is labelled sensitive, misleading, disputed or altered.', 'Choose one of the four labels.');
    elsif p_decision = 'limit' and p_case.target_kind not in ('post', 'rights', 'cameo') then
        perform private.refuse('HB004', 'Only posts can be limited.', 'Keep it or remove it.');
    elsif p_decision in ('suspend', 'ban') and (p_case.accused is null or p_case.target_kind = 'ruling') then
        perform private.refuse('HB004', 'There is no account that this case could close.', 'Keep it or remove it.');
    elsif p_decision = 'suspend' and coalesce(p_days, 7) not between 1 and 365 then
        perform private.refuse('HB004', 'An account is suspended for 1 to 365 days.');
    elsif p_case.accused = p_me then
        perform private.refuse('HB002', 'Nobody decides a case about themselves.', 'Leave it to another moderator.');
    elsif p_case.state = 'appealed' and exists (select from public.decisions where case_id = p_case.id and moderator = p_me)
        and (select count(*) from public.profiles where role in ('moderator', 'admin') and id <> p_me and id is distinct from p_case.accused) > 0 then
        perform private.refuse('HB002', 'Another moderator answers an appeal.', 'Leave it to somebody who has not decided it.');
    elsif p_case.state = 'appealed' and p_decision = 'ban'
        and not exists (select from public.decisions where case_id = p_case.id and decision = 'ban' and not proposed) then
        perform private.refuse('HB002', 'An appeal is never answered with more than was decided.', 'Choose a milder decision.');
    elsif p_case.state = 'ban_proposed' and p_decision = 'ban'
        and exists (select from public.decisions where case_id = p_case.id and moderator = p_me and proposed) then
        perform private.refuse('HB002', 'A second moderator confirms a ban.', 'Ask another moderator to look.');
    elsif p_case.state = 'appealed' and p_case.answer_by > now() and p_decision <> 'remove' then
        perform private.refuse('HB010', format('The claimant may answer until %s.', to_char(p_case.answer_by, 'YYYY-MM-DD')),
            'Decide once they have answered, or after that day.');
    end if;
end;
$$;
comment on function private.check_decision(public.cases, uuid, text, text, text, integer) is
    'Refuses a decision that does not fit the case, or that this moderator may not take.';

-- Definer: acts on what belongs to other members, as a moderator must.
create function public.decide_case(
    p_case bigint, p_decision text, p_reason text, p_label text default null, p_days integer default null, p_strike boolean default null
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.require_moderator();
    v_case public.cases;
    v_proposes boolean;
begin
    select * into v_case from public.cases where id = p_case and state in ('open', 'ban_proposed', 'appealed') for update;
    if not found then
        perform private.refuse('HB010', 'This case does not wait for a decision.');
    end if;
    perform private.check_decision(v_case, v_me, p_decision, p_reason, p_label, p_days);
    v_proposes := p_decision = 'ban' and v_case.state = 'open';
    insert into public.decisions (case_id, moderator, decision, reason, final, proposed, undo)
    values (p_case, v_me, p_decision, p_reason, v_case.state = 'appealed', v_proposes, private.undo_of(v_case, p_decision));
    if v_proposes then
        -- Nothing more happens meanwhile: the account rests until a second moderator has looked.
        update public.cases set state = 'ban_proposed' where id = p_case;
        perform private.suspend(v_case.accused, p_case, 7);
        perform private.audit('case.ban_proposed', p_case::text, jsonb_build_object('reason', p_reason));
        return;
    end if;
    update public.cases set state = case v_case.state when 'appealed' then 'closed' else 'decided' end, answer_by = null where id = p_case;
    perform private.carry_out(v_case, p_decision, p_label);
    perform private.answer_for(v_case, p_decision, coalesce(p_days, 7), coalesce(p_strike, p_decision in ('remove', 'suspend', 'ban')));
    update public.reports set upheld = p_decision <> 'keep' where case_id = p_case;
    perform private.notify(v_case.accused, 'case_decided', jsonb_build_object('case', p_case, 'decision', p_decision), null);
    perform private.notify(r.reporter, 'report_answered', jsonb_build_object('case', p_case), null)
    from public.reports as r where r.case_id = p_case and v_case.state <> 'appealed';
    perform private.audit('case.decided', p_case::text, jsonb_build_object(
        'decision', p_decision, 'reason', p_reason, 'label', p_label, 'days', p_days, 'appeal', v_case.state = 'appealed'));
end;
$$;
comment on function public.decide_case(bigint, text, text, text, integer, boolean) is
    'Decides a case or answers its appeal: keep, label, limit, remove, suspend or ban; with the reason, which its author reads.';

-- Definer: an appeal moves a case. Not through private.me(): who is suspended must be able to appeal.
create function public.appeal(p_case bigint, p_body text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_body text := private.limited(p_body, 2000, 'The appeal');
begin
    if coalesce(v_body, '') = '' then
        perform private.refuse('HB004', 'The appeal is empty.', 'Say why the decision was wrong.');
    end if;
    update public.cases set state = 'appealed'
    where id = p_case and accused = auth.uid() and state = 'decided' and target_kind <> 'rights'
      and not exists (select from public.decisions where case_id = p_case and decision = 'keep');
    if not found then
        perform private.refuse('HB010', 'There is no decided case of yours to appeal against.', 'An appeal is heard once.');
    end if;
    insert into public.appeals (case_id, body) values (p_case, v_body);
    perform private.audit('case.appealed', p_case::text);
end;
$$;
comment on function public.appeal(bigint, text) is 'Appeals, once, against a decision about something of the caller''s.';

-- Definer: reads a log that no role can read.
create function public.audit_log(p_before bigint default null, p_limit integer default 50) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    return jsonb_build_object(
        'broken_at', private.verify_audit_log(),
        'entries', (
            select coalesce(jsonb_agg(jsonb_build_object('id', page.id, 'at', page.at, 'actor', page.actor, 'action', page.action,
                                                         'subject', page.subject, 'data', page.data,
                                                         -- Names are looked up, never logged: they go with the account.
                                                         'actor_handle', (select handle from public.profiles where id = page.actor),
                                                         'subject_handle', case when page.subject ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                                                                                then (select handle from public.profiles where id = page.subject::uuid) end)
                                      order by page.id desc), '[]')
            from (select * from private.audit_log where p_before is null or id < p_before
                  order by id desc limit private.page_size(p_limit)) as page));
end;
$$;
comment on function public.audit_log(bigint, integer) is 'A page of the audit log for moderators, and the first row that was tampered with, if any.';

-- Definer: as above.
create function public.audit_check(p_hash text default null) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    if coalesce(auth.jwt() ->> 'role', '') <> 'service_role' then
        perform private.require_moderator();
    end if;
    return jsonb_build_object(
        'rows', (select count(*) from private.audit_log),
        'broken_at', private.verify_audit_log(),
        'head', (select encode(hash, 'hex') from private.audit_log order by id desc limit 1),
        -- Rows cut off the end break no chain, but then a hash that was noted before is gone.
        'known', p_hash is null or exists (select from private.audit_log where hash = decode(p_hash, 'hex')));
end;
$$;
comment on function public.audit_check(text) is
    'Whether the audit log is whole: the first row that was tampered with, the latest hash, and whether a hash noted earlier is still there.';
grant execute on function public.audit_check(text) to authenticated, service_role;
grant execute on function
    public.waiting_cases(integer), public.my_cases(), public.my_standing(), public.appeal(bigint, text), public.audit_log(bigint, integer),
    public.decide_case(bigint, text, text, text, integer, boolean)
to authenticated;
