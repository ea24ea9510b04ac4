-- Texts that the rules refused before there was a generation: kept without their words, explained, and open to appeal.

create function public.keep_refusal(p_member uuid, p_stage text, p_verdict text, p_rule text, p_reason text, p_evidence jsonb default '{}') returns bigint
language plpgsql set search_path = ''
as $$
declare
    v_id bigint;
begin
    -- The same text tried again and again is one refusal.
    select id into v_id from public.rulings
    where member = p_member and rule = p_rule and stage = p_stage and evidence = coalesce(p_evidence, '{}') and created_at > now() - interval '10 minutes'
    order by id desc limit 1;
    if v_id is null then
        insert into public.rulings (member, stage, verdict, rule, reason, evidence)
        values (p_member, p_stage, p_verdict, p_rule, left(p_reason, 500), coalesce(p_evidence, '{}')) returning id into v_id;
    end if;
    return v_id;
end;
$$;
comment on function public.keep_refusal(uuid, text, text, text, text, jsonb) is
    'Keeps that a text of a member''s was refused or held, by which rule; never the text. The ruling''s id, for an appeal.';
grant execute on function public.keep_refusal(uuid, text, text, text, text, jsonb) to service_role;

create function public.my_refusals(p_limit integer default 20) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', page.id, 'stage', page.stage, 'verdict', page.verdict, 'rule', page.rule, 'reason', page.reason,
        'created_at', page.created_at, 'overturned', page.overturned,
        'case', (select max(c.id) from public.cases as c where c.target_kind = 'ruling' and c.target_id = page.id::text)) order by page.id desc), '[]')
    from (
        select * from public.rulings where member = auth.uid() and verdict <> 'allow' order by id desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.my_refusals(integer) is 'Texts of the caller''s that were refused lately, by which rule, and what became of an appeal.';

-- Definer: opens a case, which belongs to nobody.
create function public.appeal_refusal(p_ruling bigint, p_text text, p_body text) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_text text := private.limited(p_text, 2000, 'The text');
    v_body text := private.limited(p_body, 2000, 'The appeal');
    v_case bigint;
begin
    if coalesce(v_text, '') = '' or coalesce(v_body, '') = '' then
        perform private.refuse('HB004', 'An appeal holds the text that was refused, and says why it is fine.');
    end if;
    update public.rulings set appealed_text = v_text
    where id = p_ruling and member = v_me and verdict = 'refuse' and appealed_text is null;
    if not found then
        perform private.refuse('HB010', 'There is no refusal of yours to appeal against.', 'An appeal is heard once.');
    end if;
    v_case := private.open_case('ruling', p_ruling::text, v_me);
    insert into public.appeals (case_id, body) values (v_case, v_body);
    update public.rulings set case_id = v_case where id = p_ruling;
    perform private.weigh_case(v_case);
    perform private.audit('refusal.appealed', p_ruling::text);
    return v_case;
end;
$$;
comment on function public.appeal_refusal(bigint, text, text) is
    'Asks a moderator to look at a text that was refused; its case: keep means that it was fine, remove that it was rightly refused.';
grant execute on function public.my_refusals(integer), public.appeal_refusal(bigint, text, text) to authenticated;
