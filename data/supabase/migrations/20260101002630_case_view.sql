-- Everything that a moderator needs to decide one case, in one call.

create function private.case_text(p_kind text, p_target text) returns text
language plpgsql stable security definer set search_path = ''
as $$
begin
    return case
        when p_kind in ('post', 'rights') then (select caption from public.posts where id = p_target::bigint)
        when p_kind = 'comment' then (select body from public.comments where id = p_target::bigint)
        when p_kind = 'message' then (select body from public.messages where id = p_target::bigint)
        when p_kind = 'profile' then (select concat_ws(' · ', display_name, nullif(bio, '')) from public.profiles where handle = p_target)
        when p_kind = 'ruling' then (select appealed_text from public.rulings where id = p_target::bigint)
        when p_kind = 'generation' then (select request ->> 'prompt' from public.generations where id = p_target::uuid)
    end;
end;
$$;
comment on function private.case_text(text, text) is 'The words that a case is about.';

create function private.clip_of_case(p_kind text, p_target text) returns uuid
language plpgsql stable security definer set search_path = ''
as $$
begin
    return case
        when p_kind in ('post', 'rights') then (select clip from public.posts where id = p_target::bigint)
        when p_kind = 'comment' then (select p.clip from public.comments as c join public.posts as p on p.id = c.post where c.id = p_target::bigint)
        when p_kind = 'message' then (select p.clip from public.messages as m join public.posts as p on p.id = m.post where m.id = p_target::bigint)
        when p_kind = 'cameo' then p_target::uuid
        when p_kind = 'generation' then (select id from public.clips where generation = p_target::uuid)
    end;
end;
$$;
comment on function private.clip_of_case(text, text) is 'The clip that a case is about or stands below, if any.';

create function private.case_clip(p_clip uuid) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'id', c.id, 'video_path', c.video_path, 'poster_path', c.poster_path, 'preview_path', c.preview_path, 'seconds', c.seconds,
        'width', c.width, 'height', c.height, 'held', c.held, 'engine', c.engine, 'seed', g.seed, 'prompt', g.request ->> 'prompt',
        'storyboard', g.storyboard, 'parent', c.parent, 'people', private.people_in(c.id),
        'rulings', (select coalesce(jsonb_agg(jsonb_build_object('stage', r.stage, 'verdict', r.verdict, 'rule', r.rule, 'reason', r.reason,
                                                                 'evidence', r.evidence, 'created_at', r.created_at) order by r.id), '[]')
                    from public.rulings as r where r.generation = g.id))
    from public.clips as c join public.generations as g on g.id = c.generation where c.id = p_clip;
$$;
comment on function private.case_clip(uuid) is 'A clip with its recipe and rulings, as a moderator needs it.';

create function private.case_history(p_accused uuid, p_case bigint) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'handle', p.handle, 'joined', p.created_at, 'suspended_until', s.suspended_until, 'banned_at', s.banned_at,
        'live_strikes', (select count(*) from public.strikes as k where k.profile = p.id and k.expires_at > now()),
        'posts', (select count(*) from public.posts as o where o.author = p.id),
        'refusals', (select count(*) from public.rulings as r where r.member = p.id and r.created_at > now() - interval '30 days'),
        'decisions', (select coalesce(jsonb_agg(jsonb_build_object('case', d.case_id, 'decision', d.decision, 'reason', d.reason, 'created_at', d.created_at)
                                                order by d.id desc), '[]')
                      from (select d.* from public.decisions as d join public.cases as c on c.id = d.case_id
                            where c.accused = p.id and c.id <> p_case and not d.proposed order by d.id desc limit 10) as d))
    from public.profiles as p join public.profile_settings as s on s.profile = p.id where p.id = p_accused;
$$;
comment on function private.case_history(uuid, bigint) is 'What is known of whoever a case is about: strikes, refusals, earlier decisions.';

create function private.similar_cases(p_case public.cases) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(found) order by found.shared desc, found."case" desc), '[]') from (
        select c.id as "case", c.target_kind, d.decision, d.reason,
               (select min(r.rule) from public.rulings as r where r.case_id = c.id) as rule,
               (select count(*) from public.reports as mine join public.reports as theirs on theirs.reason = mine.reason
                where mine.case_id = p_case.id and theirs.case_id = c.id)
               + 2 * (select count(*) from public.rulings as mine join public.rulings as theirs on theirs.rule = mine.rule
                      where mine.case_id = p_case.id and theirs.case_id = c.id)
               + (c.target_kind = p_case.target_kind)::integer as shared
        from public.cases as c
        join lateral (select * from public.decisions where case_id = c.id and not proposed order by id desc limit 1) as d on true
        where c.id <> p_case.id and c.state in ('decided', 'closed') and c.id > p_case.id - 5000
        order by shared desc, c.id desc limit 5
    ) as found where found.shared > 1;
$$;
comment on function private.similar_cases(public.cases) is 'Decided cases with the same reasons or rules, so that like is decided alike.';

-- Definer: a moderator reads what belongs to others; who reported stays unnamed.
create function public.case_view(p_case bigint) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_case public.cases;
begin
    perform private.require_moderator();
    select * into v_case from public.cases where id = p_case;
    if not found then
        perform private.refuse('HB003', 'There is no such case.');
    end if;
    return private.case_json(v_case) || jsonb_build_object(
        'target', jsonb_build_object('kind', v_case.target_kind, 'id', v_case.target_id,
                                     'author', (select handle from public.profiles where id = v_case.accused),
                                     'text', private.case_text(v_case.target_kind, v_case.target_id)),
        'clip', private.case_clip(private.clip_of_case(v_case.target_kind, v_case.target_id)),
        'history', private.case_history(v_case.accused, p_case),
        'reporters', (select coalesce(jsonb_agg(jsonb_build_object(
                          'reports', (select count(*) from public.reports as o where o.reporter = r.reporter),
                          'upheld', (select count(*) from public.reports as o where o.reporter = r.reporter and o.upheld)) order by r.id), '[]')
                      from public.reports as r where r.case_id = p_case),
        'similar', private.similar_cases(v_case),
        'mine', exists (select from public.decisions as d where d.case_id = p_case and d.moderator = auth.uid()),
        'claim', (select to_jsonb(c) - '{case_id,claimant}'::text[] from public.rights_claims as c where c.case_id = p_case));
end;
$$;
comment on function public.case_view(bigint) is
    'A case with its clip, storyboard, rulings, the history of whoever it is about, the reporters'' records, and similar cases.';
grant execute on function public.case_view(bigint) to authenticated;
