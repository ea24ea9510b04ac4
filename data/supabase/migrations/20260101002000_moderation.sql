-- Deciding cases: moderators decide once, whoever it is about may appeal once, and another moderator answers.

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
        'rulings', (select coalesce(jsonb_agg(to_jsonb(r) - '{id,generation,case_id}'::text[] order by r.id), '[]')
                    from public.rulings as r where r.case_id = p_case.id),
        'decisions', (select coalesce(jsonb_agg(jsonb_build_object('decision', d.decision, 'reason', d.reason, 'final', d.final,
                                                                   'created_at', d.created_at) order by d.id), '[]')
                      from public.decisions as d where d.case_id = p_case.id),
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
        select coalesce(jsonb_agg(private.case_json(page) order by page.report_count desc, page.id), '[]') from (
            select * from public.cases as c where c.state in ('open', 'appealed')
            order by c.report_count desc, c.id limit private.page_size(p_limit)
        ) as page);
end;
$$;
comment on function public.waiting_cases(integer) is 'Cases that wait for a moderator, most reported first.';

create function public.my_cases() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(private.case_json(c) || jsonb_build_object(
        'struck', exists (select from public.strikes as s where s.case_id = c.id and s.expires_at > now())) order by c.id desc), '[]')
    from public.cases as c where c.accused = auth.uid() and c.state <> 'open';
$$;
comment on function public.my_cases() is 'Decided cases about what the caller made or said, with the reasons.';

create function private.carry_out(p_case public.cases, p_decision text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_remove boolean := p_decision in ('remove', 'strike');
    v_clip uuid;
begin
    if p_case.target_kind = 'post' then
        update public.posts set
            held = false,
            removed_at = case when v_remove then coalesce(removed_at, now()) when removed_reason = 'moderation' then null else removed_at end,
            removed_reason = case when v_remove then coalesce(removed_reason, 'moderation') when removed_reason = 'moderation' then null else removed_reason end
        where id = p_case.target_id::bigint;
    elsif p_case.target_kind = 'comment' then
        update public.comments set removed_at = now()
        where id = p_case.target_id::bigint and removed_at is null and v_remove;
    elsif p_case.target_kind = 'profile' then
        update public.profiles set bio = '', display_name = handle where id = p_case.accused and v_remove;
    elsif p_case.target_kind = 'generation' then
        update public.clips set held = v_remove, deleted_at = case when v_remove then coalesce(deleted_at, now()) else deleted_at end
        where generation = p_case.target_id::uuid returning id into v_clip;
        update public.posts set removed_at = now(), removed_reason = 'moderation' where clip = v_clip and removed_at is null and v_remove;
        update public.media set delete_at = now() + interval '30 days' where clip = v_clip and v_remove and delete_at is null;
    end if;
end;
$$;
comment on function private.carry_out(public.cases, text) is 'Does to a post, comment, profile or generation what was decided.';

create function private.strike(p_profile uuid, p_case bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.strikes (profile, case_id) values (p_profile, p_case) on conflict do nothing;
    if (select count(*) from public.strikes where profile = p_profile and expires_at > now())
       >= (select strikes_until_suspension from private.settings) then
        update public.profile_settings set suspended_until = now() + interval '7 days' where profile = p_profile;
        perform private.notify(p_profile, 'suspended', '{}', null);
        perform private.audit('profile.suspended', p_profile::text);
    end if;
end;
$$;
comment on function private.strike(uuid, bigint) is 'Gives a strike for a case; enough of them suspend the account for a week.';

-- Definer: acts on what belongs to other members, as a moderator must.
create function public.decide_case(p_case bigint, p_decision text, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.require_moderator();
    v_case public.cases;
begin
    select * into v_case from public.cases where id = p_case and state in ('open', 'appealed') for update;
    if not found then
        perform private.refuse('HB010', 'This case does not wait for a decision.');
    elsif p_decision not in ('keep', 'remove', 'strike') or btrim(coalesce(p_reason, '')) = '' then
        perform private.refuse('HB004', 'A decision is keep, remove or strike, and has a reason.');
    elsif v_case.accused = v_me then
        perform private.refuse('HB002', 'Nobody decides a case about themselves.', 'Leave it to another moderator.');
    elsif v_case.state = 'appealed' and exists (select from public.decisions where case_id = p_case and moderator = v_me)
        and (select count(*) from public.profiles where role in ('moderator', 'admin') and id <> v_me and id is distinct from v_case.accused) > 0 then
        perform private.refuse('HB002', 'Another moderator answers an appeal.', 'Leave it to somebody who has not decided it.');
    end if;
    insert into public.decisions (case_id, moderator, decision, reason, final) values (p_case, v_me, p_decision, p_reason, v_case.state = 'appealed');
    update public.cases set state = case v_case.state when 'appealed' then 'closed' else 'decided' end where id = p_case;
    perform private.carry_out(v_case, p_decision);
    if p_decision = 'strike' and v_case.accused is not null then
        perform private.strike(v_case.accused, p_case);
    else
        -- An appeal that was heard lifts the strike, and the suspension that hung on it.
        delete from public.strikes where case_id = p_case;
        update public.profile_settings set suspended_until = null
        where profile = v_case.accused and v_case.state = 'appealed'
          and (select count(*) from public.strikes where profile = v_case.accused and expires_at > now())
              < (select strikes_until_suspension from private.settings);
    end if;
    perform private.notify(v_case.accused, 'case_decided', jsonb_build_object('case', p_case, 'decision', p_decision), null);
    perform private.notify(r.reporter, 'report_answered', jsonb_build_object('case', p_case), null)
    from public.reports as r where r.case_id = p_case and v_case.state = 'open';
    perform private.audit('case.decided', p_case::text, jsonb_build_object('decision', p_decision, 'reason', p_reason));
end;
$$;
comment on function public.decide_case(bigint, text, text) is
    'Decides a case or answers its appeal: keep, remove, or remove with a strike; with the reason, which its author reads.';

-- Definer: an appeal moves a case. Not through private.me(): who is suspended must be able to appeal.
create function public.appeal(p_case bigint, p_body text) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.cases set state = 'appealed' where id = p_case and accused = auth.uid() and state = 'decided';
    if not found then
        perform private.refuse('HB010', 'There is no decided case of yours to appeal against.', 'An appeal is heard once.');
    end if;
    insert into public.appeals (case_id, body) values (p_case, private.limited(p_body, 2000, 'The appeal'));
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
                                                         'subject', page.subject, 'data', page.data) order by page.id desc), '[]')
            from (select * from private.audit_log where p_before is null or id < p_before
                  order by id desc limit private.page_size(p_limit)) as page));
end;
$$;
comment on function public.audit_log(bigint, integer) is 'A page of the audit log for moderators, and the first row that was tampered with, if any.';
grant execute on function
    public.waiting_cases(integer), public.my_cases(), public.decide_case(bigint, text, text), public.appeal(bigint, text),
    public.audit_log(bigint, integer)
to authenticated;
