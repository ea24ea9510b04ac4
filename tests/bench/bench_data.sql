-- A million posts to time queries on. {members}, {posts} and {likes} are filled in by bench_data.py.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
create function pg_temp.account(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
create function pg_temp.clip(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-9000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
-- Tags as people use them: some in every tenth post, most in few.
create function pg_temp.tags(draws double precision[]) returns text[] language sql immutable as
    $$ select array_agg(distinct 'tag_' || (power(draw, 2.5) * 400)::int) from unnest(draws) as draw $$;
select setseed(0.5);
insert into auth.users (id) select pg_temp.account(i) from generate_series(1, {members}) i;
insert into public.profiles (id, handle, display_name, created_at)
select pg_temp.account(i), 'member_' || i, 'Member ' || i, now() - random() * interval '400 days' from generate_series(1, {members}) i;
insert into public.profile_settings (profile) select pg_temp.account(i) from generate_series(1, {members}) i;
-- About thirty each, more often of those whom many follow.
insert into public.follows (follower, followee)
select distinct pg_temp.account(follower), pg_temp.account(followee) from (
    select 1 + (random() * ({members} - 1))::int as follower, 1 + (power(random(), 3) * ({members} - 1))::int as followee
    from generate_series(1, {members} * 30)
) as drawn where follower <> followee;
-- Every tenth clip is a remix.
insert into public.generations (id, author, request, storyboard, engine, state, cost, finished_at, parent)
select pg_temp.clip(i), pg_temp.account(1 + (power(random(), 2) * ({members} - 1))::int), '{{}}', '{{}}', 'world', 'done', 1,
       now(), case when random() < 0.1 then pg_temp.clip(1 + (random() * ({posts} - 1))::int) end
from generate_series(1, {posts}) i;
insert into public.clips (id, generation, author, parent, video_path, poster_path, preview_path, sha256, seconds, bytes, width,
                          height, engine)
select id, id, author, parent, 'clips/' || id, 'posters/' || id, 'previews/' || id, repeat('0', 64), 5, 1000000, 540, 960, 'world'
from public.generations;
insert into public.posts (clip, author, author_since, parent, caption, visibility, published_at, tags, like_count, save_count, remix_count, view_count)
select c.id, c.author, p.created_at, c.parent, 'A caption of a few words',
       case when random() < 0.85 then 'public' when random() < 0.7 then 'followers' else 'private' end,
       now() - random() * interval '180 days',
       pg_temp.tags(array[random(), random(), random(), random(), random(), random(), random(), random()]),
       (power(random(), 6) * 300)::int, (power(random(), 8) * 50)::int, (power(random(), 12) * 30)::int, (power(random(), 4) * 3000)::int
from public.clips as c join public.profiles as p on p.id = c.author;
insert into public.likes (post, profile, created_at)
select distinct on (post, profile) post, profile, now() - random() * interval '90 days' from (
    select 1 + (power(random(), 2) * ({posts} - 1))::int as post, pg_temp.account(1 + (random() * ({members} - 1))::int) as profile
    from generate_series(1, {likes})
) as drawn;
insert into public.saves (post, profile, created_at)
select distinct on (post, profile) post, profile, now() - random() * interval '90 days' from (
    select 1 + (power(random(), 2) * ({posts} - 1))::int as post, pg_temp.account(1 + (random() * ({members} - 1))::int) as profile
    from generate_series(1, {members} * 3)
) as drawn;
insert into public.watch_events (profile, post, seconds, completed, created_at)
select pg_temp.account(1 + (power(random(), 2) * ({members} - 1))::int), 1 + (random() * ({posts} - 1))::int, random() * 10,
       random() < 0.5, now() - random() * interval '30 days'
from generate_series(1, {members} * 30);
insert into public.not_interested (post, profile)
select distinct 1 + (random() * ({posts} - 1))::int, pg_temp.account(1 + (random() * ({members} - 1))::int)
from generate_series(1, {members});
insert into private.tastes (profile, taste) select id, private.taste_of(id) from public.profiles;
insert into private.post_tags (tag, published_at, post, author)
select tag, published_at, id, author from public.posts, unnest(tags) as tag where visibility = 'public';
insert into private.post_words (post, published_at, author, words)
select id, published_at, author, private.words_of(concat_ws(' ', caption, replace(array_to_string(tags, ' '), '_', ' ')))
from public.posts where visibility = 'public';
set session_replication_role = origin;
