-- {days} days in the life of a small place: what {members} members made, watched, reported and were told.
-- Drawn once with a fixed seed; busier towards today, calmer at weekends, so that plots look like plots of a real place.
set session_replication_role = replica; -- history is written down as it was: no notices, no counters
select setseed(0.42);

create function pg_temp.account(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-a000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
create function pg_temp.thing(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-b000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
-- One of some words, the first ones more often.
create function pg_temp.one_of(words text[]) returns text language sql volatile as
    $$ select words[1 + floor(power(random(), 1.7) * cardinality(words))::integer] $$;
-- A member, some far more active than others.
create function pg_temp.somebody() returns uuid language sql volatile as
    $$ select pg_temp.account(1 + floor(power(random(), 1.6) * {members})::bigint) $$;
-- A time on a day, when people are awake; today ends now.
create function pg_temp.during(day date) returns timestamptz language sql volatile as
    $$ select least(day + make_interval(secs => 28800 + random() * 54000), now() - random() * interval '1 minute') $$;
-- How many things happen on a day when `usual` happen on a usual one.
create function pg_temp.rate(day date, usual numeric) returns integer language sql volatile as
    $$ select greatest(0, round(usual * (1.4 - (current_date - day) / ({days} * 1.6)) * case when extract(isodow from day) > 5 then 0.6 else 1 end * (0.75 + random() * 0.5)))::integer $$;

create temporary table days as select d::date as day from generate_series(current_date - {days} + 1, current_date, interval '1 day') as d;

insert into auth.users (id) select pg_temp.account(i) from generate_series(1, {members}) as i;
insert into public.profiles (id, handle, display_name, created_at)
select pg_temp.account(i), 'busy_' || i, 'Busy ' || i, now() - make_interval(days => {days} + i::integer) from generate_series(1, {members}) as i;
insert into public.profile_settings (profile) select pg_temp.account(i) from generate_series(1, {members}) as i;

create temporary table made as
select row_number() over (order by day, n) as i, pg_temp.somebody() as author, pg_temp.during(day) as at, random() as luck,
       pg_temp.one_of(array['world', 'world', 'world', 'wan2.1-1.3b', 'ltx-2']) as engine, random() as wait, random() as run
from days, generate_series(1, pg_temp.rate(day, 34)) as n;
insert into public.generations (id, author, request, storyboard, engine, state, cost, error_code, error, created_at, started_at, finished_at)
select pg_temp.thing(i), author, '{{"prompt": "a dog runs through a meadow"}}', '{{"shots": []}}', engine, state, 1,
       case when state in ('failed', 'refused') then state end, case when state in ('failed', 'refused') then 'It ended so.' end,
       at, at + wait_time, at + wait_time + run_time
from (select *, case when luck < 0.05 then 'failed' when luck < 0.11 then 'refused' when luck < 0.15 then 'cancelled' else 'done' end as state,
             make_interval(secs => 0.2 + power(wait, 4) * case engine when 'world' then 20 else 160 end) as wait_time,
             make_interval(secs => case engine when 'world' then 4 + run * 9 when 'ltx-2' then 40 + run * 60 else 25 + run * 45 end) as run_time
      from made) as m;
-- Every fourth clip is a remix of one made before it.
insert into public.clips (id, generation, author, parent, video_path, poster_path, preview_path, sha256, seconds, bytes, width, height, engine, created_at)
select g.id, g.id, g.author, case when random() < 0.27 and m.i > 20 then
           (select o.id from public.generations as o where o.state = 'done' and o.created_at < g.created_at order by o.created_at desc offset floor(random() * 12) limit 1) end,
       'clips/' || g.id, 'posters/' || g.id, 'previews/' || g.id, repeat('0', 64), 5, 900000, 540, 960, g.engine, g.finished_at
from public.generations as g join made as m on pg_temp.thing(m.i) = g.id where g.state = 'done';
update public.clips as c set parent = null where parent is not null and not exists (select from public.clips as o where o.id = c.parent);
insert into public.posts (clip, author, author_since, parent, caption, visibility, published_at, held, removed_at, removed_reason)
select c.id, c.author, p.created_at, c.parent, 'A clip of a busy week', 'private', c.created_at, luck > 0.985,
       case when luck < 0.02 then c.created_at + interval '5 hours' end, case when luck < 0.02 then 'moderation' end
from (select *, random() as luck from public.clips where author in (select pg_temp.account(i) from generate_series(1, {members}) as i)) as c
join public.profiles as p on p.id = c.author where random() < 0.6;
insert into public.watch_events (profile, post, seconds, completed, created_at)
select pg_temp.somebody(), w.post, random() * 9, random() < 0.5, pg_temp.during(w.day)
from (select d.day, (select p.id from public.posts as p where p.published_at::date <= d.day and n > 0
                     order by p.published_at desc offset floor(power(random(), 2) * 90) limit 1) as post
      from days as d, generate_series(1, pg_temp.rate(d.day, 130)) as n) as w where w.post is not null;

-- Texts that the rules refused or held; a fifth of the refusals is appealed, a third of those was wrong.
insert into public.rulings (member, stage, verdict, rule, reason, appealed_text, overturned, created_at)
select pg_temp.somebody(), pg_temp.one_of(array['prompt', 'caption', 'comment']), case when luck < 0.75 then 'refuse' else 'hold' end,
       pg_temp.one_of(array['real_people.named', 'characters.named', 'violence.gore', 'sexual.explicit', 'harassment.insult', 'deception.news', 'spam.repeated']),
       'The rules say so.', case when luck < 0.16 then 'a quoted text' end, case when luck < 0.15 then luck < 0.05 end, pg_temp.during(day)
from (select day, random() as luck from days, generate_series(1, pg_temp.rate(day, 22)) as n) as drawn;
insert into public.rulings (generation, stage, verdict, rule, reason, created_at)
select g.id, 'prompt', 'refuse', pg_temp.one_of(array['real_people.named', 'violence.gore', 'sexual.explicit']), 'The rules say so.', g.created_at
from public.generations as g where g.state = 'refused';

-- Cases: what members reported and what was held, decided within hours, some appealed against.
create temporary table opened as
select row_number() over (order by day, n) as i, pg_temp.somebody() as accused, pg_temp.during(day) as at, random() as luck, random() as pace,
       case when random() < 0.2 then 'generation' else pg_temp.one_of(array['post', 'comment', 'post', 'profile', 'cameo']) end as kind
from days, generate_series(1, pg_temp.rate(day, 11)) as n;
insert into public.cases (id, target_kind, target_id, accused, state, report_count, opened_at) overriding system value
select 100000 + i, kind, case when kind = 'generation' or kind = 'cameo' then pg_temp.thing(i)::text when kind = 'profile' then 'busy_' || i else (1000000 + i)::text end,
       accused, case when luck > 0.72 then 'closed' else 'decided' end, 1, at
from opened;
insert into public.reports (case_id, reporter, reason, upheld, created_at)
select 100000 + i, pg_temp.somebody(), case when kind = 'cameo' then 'likeness' else
       pg_temp.one_of(array['spam', 'harassment', 'violence', 'deception', 'likeness', 'sexual', 'hate', 'privacy', 'minor']) end, luck < 0.6, at
from opened where kind <> 'generation';
insert into public.decisions (case_id, moderator, decision, reason, created_at)
select 100000 + i, null, pg_temp.one_of(case when kind in ('post', 'cameo') then array['remove', 'keep', 'label', 'limit', 'suspend'] else array['keep', 'remove', 'keep', 'suspend'] end),
       'The rules of this place.', least(at + make_interval(mins => (15 + power(pace, 3) * 1900)::integer), now())
from opened;
insert into public.decisions (case_id, moderator, decision, reason, final, created_at)
select d.case_id, null, case when o.luck > 0.9 then 'keep' else d.decision end, 'Somebody else looked again.', true, least(d.created_at + interval '14 hours', now())
from public.decisions as d join opened as o on 100000 + o.i = d.case_id where o.luck > 0.72 and d.decision <> 'keep';
insert into public.strikes (profile, case_id, created_at, expires_at)
select o.accused, d.case_id, d.created_at, d.created_at + interval '90 days'
from public.decisions as d join opened as o on 100000 + o.i = d.case_id where not d.final and d.decision in ('remove', 'suspend') and random() < 0.55;
insert into public.rights_claims (case_id, claimant, name, work, statement, counter_statement, created_at)
select 100000 + i, pg_temp.somebody(), 'A holder', 'A drawing', 'It is mine.', case when pace < 0.4 then 'I may quote it.' end, at from opened where luck < 0.06;

-- Permissions to use a likeness, given and taken back.
insert into public.cameos (id, owner, created_at) select pg_temp.thing(900000 + i), pg_temp.account(i), now() - make_interval(days => {days}) from generate_series(1, {members} / 2) as i;
insert into public.cameo_grants (cameo, grantee, state, changed_at)
select distinct on (cameo, grantee) cameo, grantee, case when random() < 0.8 then 'granted' else 'revoked' end, at
from (select pg_temp.thing(900001 + floor(random() * ({members} / 2))::integer) as cameo, pg_temp.somebody() as grantee, pg_temp.during(day) as at
      from days, generate_series(1, pg_temp.rate(day, 19)) as n) as drawn order by cameo, grantee, at desc;
set session_replication_role = origin;
