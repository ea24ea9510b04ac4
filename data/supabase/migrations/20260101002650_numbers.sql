-- Numbers for moderators: flat rows for plots and tables, never names. A count of fewer than five people is null.
-- What moderators do is counted by the week (its Monday): by the day it would nearly always concern fewer than five.

create function private.enough(p_count bigint, p_people bigint) returns bigint
language sql immutable set search_path = ''
as $$ select case when p_count = 0 or p_people >= 5 then p_count end $$;
comment on function private.enough(bigint, bigint) is 'A count, or null where so few people are behind it that they could be recognised.';

create function private.days(p_days integer) returns table (day date, starts timestamptz, ends timestamptz)
language sql stable set search_path = ''
as $$
    select d::date, d, d + interval '1 day'
    from generate_series(date_trunc('day', now()) - make_interval(days => least(greatest(coalesce(p_days, 30), 1), 366) - 1),
                         date_trunc('day', now()), interval '1 day') as d;
$$;
comment on function private.days(integer) is 'The last days, today included.';

create function private.week(p_at timestamptz) returns date
language sql stable set search_path = ''
as $$ select date_trunc('week', p_at)::date $$;
comment on function private.week(timestamptz) is 'The Monday of the week.';

create function private.seconds_between(p_from timestamptz, p_to timestamptz) returns double precision
language sql immutable set search_path = ''
as $$ select extract(epoch from p_to - p_from)::double precision $$;
comment on function private.seconds_between(timestamptz, timestamptz) is 'Seconds from one time to another.';

create function private.numbers_of_making(p_about text, p_since timestamptz, p_days integer) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    if p_about = 'generations' then
        return (select jsonb_agg(to_jsonb(r) order by r.day, r.engine) from (
            select g.created_at::date as day, g.engine,
                   private.enough(count(*), count(distinct g.author)) as requested,
                   private.enough(count(*) filter (where g.state = 'done'), count(distinct g.author) filter (where g.state = 'done')) as done,
                   -- What fails is the machine: it is told as soon as five people ask it for anything.
                   private.enough(count(*) filter (where g.state = 'failed'), count(distinct g.author)) as failed,
                   private.enough(count(*) filter (where g.state = 'refused'), count(distinct g.author) filter (where g.state = 'refused')) as refused,
                   private.enough(count(*) filter (where g.state = 'cancelled'), count(distinct g.author) filter (where g.state = 'cancelled')) as cancelled
            from public.generations as g where g.created_at >= p_since group by 1, 2) as r);
    elsif p_about = 'engines' then
        return (select jsonb_agg(to_jsonb(r) order by r.engine) from (
            select g.engine, private.enough(count(*), count(distinct g.author)) as requested,
                   private.enough(count(*) filter (where g.state = 'done'), count(distinct g.author)) as done,
                   private.enough(count(*) filter (where g.state = 'failed'), count(distinct g.author)) as failed,
                   -- Seconds; of machines, not of people.
                   round(percentile_cont(0.5) within group (order by private.seconds_between(g.created_at, g.started_at))::numeric, 2) as wait_median,
                   round(percentile_cont(0.95) within group (order by private.seconds_between(g.created_at, g.started_at))::numeric, 2) as wait_p95,
                   round(percentile_cont(0.5) within group (order by private.seconds_between(g.started_at, g.finished_at)) filter (where g.state = 'done')::numeric, 2) as run_median,
                   round(percentile_cont(0.95) within group (order by private.seconds_between(g.started_at, g.finished_at)) filter (where g.state = 'done')::numeric, 2) as run_p95
            from public.generations as g where g.created_at >= p_since group by 1) as r);
    elsif p_about = 'posts' then
        return (select jsonb_agg(to_jsonb(r) order by r.day) from (
            select d.day, private.enough(count(p.id), count(distinct p.author)) as posted,
                   private.enough(count(p.id) filter (where p.removed_reason in ('moderation', 'rights')),
                                  count(distinct p.author) filter (where p.removed_reason in ('moderation', 'rights'))) as removed,
                   private.enough(count(p.id) filter (where p.held), count(distinct p.author) filter (where p.held)) as held
            from private.days(p_days) as d left join public.posts as p on p.published_at >= d.starts and p.published_at < d.ends group by 1) as r);
    elsif p_about = 'creation' then
        return (select jsonb_agg(to_jsonb(r) order by r.day) from (
            select d.day, private.enough(a.active, a.active) as active, private.enough(a.makers, a.makers) as makers,
                   case when a.active >= 5 then round(a.makers::numeric / a.active, 4) end as rate
            from private.days(p_days) as d cross join lateral (
                select count(distinct member) as active, count(distinct member) filter (where makes) as makers from (
                    select g.author as member, true as makes from public.generations as g where g.created_at >= d.starts and g.created_at < d.ends
                    union all select w.profile, false from public.watch_events as w where w.created_at >= d.starts and w.created_at < d.ends
                    union all select l.profile, false from public.likes as l where l.created_at >= d.starts and l.created_at < d.ends
                ) as seen) as a) as r);
    elsif p_about = 'remixes' then
        return (
            with recursive tree as (
                select c.id, c.author, 0 as depth from public.clips as c
                where c.created_at >= p_since and (c.parent is null or not exists (select from public.clips as o where o.id = c.parent))
                union all
                select c.id, c.author, t.depth + 1 from public.clips as c join tree as t on c.parent = t.id where t.depth < 50
            )
            select jsonb_agg(to_jsonb(r) order by r.depth) from (
                select depth, private.enough(count(*), count(distinct author)) as clips from tree group by 1) as r);
    end if;
    return null;
end;
$$;
comment on function private.numbers_of_making(text, timestamptz, integer) is 'Rows about what is made: generations, engines, posts, creation, remixes.';

create function private.numbers_of_looking(p_about text, p_since timestamptz, p_days integer) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    if p_about = 'diversity' then
        return (select jsonb_agg(to_jsonb(r) order by r.day) from (
            select d.day, case when s.viewers >= 5 then s.posts end as posts_watched, case when s.viewers >= 5 then s.authors end as authors,
                   -- The most watched maker's share, and how unequally views fall on makers: 0 all alike, 1 all on one.
                   case when s.viewers >= 5 then s.top_share end as top_share, case when s.viewers >= 5 then s.gini end as gini
            from private.days(p_days) as d cross join lateral (
                select coalesce(max(v.viewers), 0) as viewers, coalesce(sum(v.posts), 0)::bigint as posts, count(v.author) as authors,
                       round(max(v.views)::numeric / nullif(sum(v.views), 0), 4) as top_share,
                       round((sum((2 * v.place - v.makers - 1) * v.views)::numeric / nullif(max(v.makers) * sum(v.views), 0)), 4) as gini
                from (
                    select a.*, row_number() over (order by a.views) as place, count(*) over () as makers from (
                        select p.author, count(*) as views, count(distinct w.post) as posts,
                               (select count(distinct x.profile) from public.watch_events as x where x.created_at >= d.starts and x.created_at < d.ends) as viewers
                        from public.watch_events as w join public.posts as p on p.id = w.post
                        where w.created_at >= d.starts and w.created_at < d.ends group by 1) as a
                ) as v) as s) as r);
    elsif p_about = 'cameos' then
        return (select jsonb_agg(to_jsonb(r) order by r.day) from (
            select d.day,
                   (select private.enough(count(*), count(distinct grantee)) from public.cameo_grants where state = 'granted' and changed_at >= d.starts and changed_at < d.ends) as granted,
                   (select private.enough(count(*), count(distinct grantee)) from public.cameo_grants where state = 'revoked' and changed_at >= d.starts and changed_at < d.ends) as revoked,
                   (select private.enough(count(*), count(distinct member)) from public.rulings where rule like 'real_people.%' and created_at >= d.starts and created_at < d.ends) as refused_uses,
                   (select private.enough(count(*), count(distinct reporter)) from public.reports where reason = 'likeness' and created_at >= d.starts and created_at < d.ends) as likeness_reports
            from private.days(p_days) as d) as r);
    end if;
    return null;
end;
$$;
comment on function private.numbers_of_looking(text, timestamptz, integer) is 'Rows about what is watched and whose likeness is used: diversity, cameos.';

create function private.numbers_of_safety(p_about text, p_since timestamptz) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    if p_about = 'refusals' then
        return (select jsonb_agg(to_jsonb(r) order by r.week, r.rule, r.stage) from (
            select private.week(r.created_at) as week, r.stage, r.rule, r.verdict,
                   private.enough(count(*), count(distinct coalesce(r.member, g.author))) as count
            from public.rulings as r left join public.generations as g on g.id = r.generation
            where r.created_at >= p_since and r.verdict <> 'allow' group by 1, 2, 3, 4) as r);
    elsif p_about = 'holds' then
        return (select jsonb_agg(to_jsonb(r) order by r.outcome) from (
            select coalesce(d.decision, 'waiting') as outcome, private.enough(count(*), count(distinct c.accused)) as count,
                   case when count(distinct c.accused) >= 5 then
                       round((percentile_cont(0.5) within group (order by private.seconds_between(c.opened_at, d.created_at)) / 3600)::numeric, 2) end as hours_median
            from public.cases as c
            left join lateral (select * from public.decisions where case_id = c.id and not proposed order by id limit 1) as d on true
            where c.target_kind = 'generation' and c.opened_at >= p_since group by 1) as r);
    elsif p_about = 'appeals' then
        return (select jsonb_agg(to_jsonb(r) order by r.week) from (
            select private.week(f.created_at) as week,
                   private.enough(count(*) filter (where f.decision = coalesce(b.decision, 'remove')),
                                  count(distinct c.accused) filter (where f.decision = coalesce(b.decision, 'remove'))) as upheld,
                   private.enough(count(*) filter (where f.decision <> coalesce(b.decision, 'remove')),
                                  count(distinct c.accused) filter (where f.decision <> coalesce(b.decision, 'remove'))) as overturned
            from public.decisions as f join public.cases as c on c.id = f.case_id
            left join lateral (select * from public.decisions where case_id = c.id and not final and not proposed order by id desc limit 1) as b on true
            where (f.final or c.target_kind = 'ruling') and f.created_at >= p_since group by 1) as r);
    elsif p_about = 'decision_times' then
        return (select jsonb_agg(to_jsonb(r) order by r.week, r.target_kind) from (
            select private.week(d.created_at) as week, c.target_kind, private.enough(count(*), count(distinct c.accused)) as count,
                   case when count(distinct c.accused) >= 5 then
                       round((percentile_cont(0.5) within group (order by private.seconds_between(c.opened_at, d.created_at)) / 3600)::numeric, 2) end as hours_median,
                   case when count(distinct c.accused) >= 5 then
                       round((percentile_cont(0.9) within group (order by private.seconds_between(c.opened_at, d.created_at)) / 3600)::numeric, 2) end as hours_p90
            from public.decisions as d join public.cases as c on c.id = d.case_id
            where not d.final and not d.proposed and d.created_at >= p_since group by 1, 2) as r);
    elsif p_about = 'reports' then
        return (select jsonb_agg(to_jsonb(r) order by r.week, r.reason) from (
            select private.week(created_at) as week, reason, private.enough(count(*), count(distinct reporter)) as count
            from public.reports where created_at >= p_since group by 1, 2) as r);
    elsif p_about = 'strikes' then
        return (select jsonb_agg(to_jsonb(r) order by r.strikes) from (
            select strikes, private.enough(count(*), count(*)) as members from (
                select count(*) as strikes from public.strikes where expires_at > now() group by profile) as each group by 1) as r);
    elsif p_about = 'repeat_subjects' then
        return (select jsonb_agg(to_jsonb(r) order by r.cases) from (
            select cases, private.enough(count(*), count(*)) as members from (
                select count(*) as cases from public.cases as c where c.accused is not null and c.opened_at >= p_since
                  and exists (select from public.decisions as d where d.case_id = c.id and d.decision <> 'keep' and not d.proposed) group by c.accused) as each
            group by 1) as r);
    elsif p_about = 'false_refusals' then
        return (select jsonb_agg(to_jsonb(r) order by r.rule) from (
            select r.rule, private.enough(count(*), count(distinct r.member)) as refused,
                   private.enough(count(r.appealed_text), count(distinct r.member) filter (where r.appealed_text is not null)) as appealed,
                   private.enough(count(*) filter (where r.overturned), count(distinct r.member) filter (where r.overturned)) as overturned,
                   -- Of the appeals that were decided.
                   case when count(distinct r.member) filter (where r.overturned is not null) >= 5 then
                       round(count(*) filter (where r.overturned)::numeric / nullif(count(r.overturned), 0), 4) end as share
            from public.rulings as r
            where r.member is not null and r.verdict <> 'allow' and r.created_at >= p_since group by 1) as r);
    end if;
    return null;
end;
$$;
comment on function private.numbers_of_safety(text, timestamptz) is
    'Rows about moderation: refusals, holds, appeals, decision_times, reports, strikes, repeat_subjects, false_refusals.';

-- Definer: counts what belongs to everybody.
create function public.numbers(p_about text, p_days integer default 30) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_since timestamptz := date_trunc('day', now()) - make_interval(days => least(greatest(coalesce(p_days, 30), 1), 366) - 1);
begin
    perform private.require_moderator();
    if p_about in ('generations', 'engines', 'posts', 'creation', 'remixes') then
        return coalesce(private.numbers_of_making(p_about, v_since, p_days), '[]');
    elsif p_about in ('diversity', 'cameos') then
        return coalesce(private.numbers_of_looking(p_about, v_since, p_days), '[]');
    elsif p_about in ('refusals', 'holds', 'appeals', 'decision_times', 'reports', 'strikes', 'repeat_subjects', 'false_refusals') then
        return coalesce(private.numbers_of_safety(p_about, v_since), '[]');
    end if;
    perform private.refuse('HB004', format('There are no numbers about %L.', left(p_about, 40)));
end;
$$;
comment on function public.numbers(text, integer) is 'For moderators: rows about one subject over the last days; counts of fewer than five people are null.';
grant execute on function public.numbers(text, integer) to authenticated;

-- Definer: everybody may know how the place is moderated, and nothing about anybody.
create function public.transparency(p_days integer default 90) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_since timestamptz := date_trunc('day', now()) - make_interval(days => least(greatest(coalesce(p_days, 90), 1), 366) - 1);
begin
    return jsonb_build_object(
        'days', least(greatest(coalesce(p_days, 90), 1), 366),
        'reports', (select coalesce(jsonb_object_agg(reason, n), '{}') from (
            select reason, private.enough(count(*), count(distinct reporter)) as n from public.reports where created_at >= v_since group by 1) as r),
        'decisions', (select coalesce(jsonb_object_agg(decision, n), '{}') from (
            select d.decision, private.enough(count(*), count(distinct c.accused)) as n
            from public.decisions as d join public.cases as c on c.id = d.case_id where d.created_at >= v_since and not d.proposed group by 1) as r),
        'appeals', (select jsonb_build_object('heard', private.enough(count(*), count(distinct c.accused)),
                                              'overturned', private.enough(count(*) filter (where d.decision = 'keep'), count(distinct c.accused) filter (where d.decision = 'keep')))
                    from public.decisions as d join public.cases as c on c.id = d.case_id
                    where d.created_at >= v_since and (d.final or c.target_kind = 'ruling')),
        'hours_to_decision', (select case when count(distinct c.accused) >= 5 then
                round((percentile_cont(0.5) within group (order by private.seconds_between(c.opened_at, d.created_at)) / 3600)::numeric, 1) end
            from public.decisions as d join public.cases as c on c.id = d.case_id where d.created_at >= v_since and not d.final and not d.proposed),
        'refusals', (select coalesce(jsonb_object_agg(area, n), '{}') from (
            select split_part(r.rule, '.', 1) as area, private.enough(count(*), count(distinct coalesce(r.member, g.author))) as n
            from public.rulings as r left join public.generations as g on g.id = r.generation
            where r.created_at >= v_since and r.verdict = 'refuse' group by 1) as r),
        'claims', (select jsonb_build_object('filed', private.enough(count(*), count(distinct claimant)),
                                             'countered', private.enough(count(counter_statement), count(distinct claimant) filter (where counter_statement is not null)))
                   from public.rights_claims where created_at >= v_since),
        'waiting', (select count(*) from public.cases where state in ('open', 'ban_proposed', 'appealed')),
        'policy', (select max(number) from public.policy_versions where state = 'live'));
end;
$$;
comment on function public.transparency(integer) is 'How this place was moderated lately: real numbers, null where fewer than five people stand behind one.';
grant execute on function public.transparency(integer) to anon, authenticated, service_role;
