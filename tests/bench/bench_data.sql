-- A million posts to time queries on. {members}, {posts} and {likes} are filled in by bench_data.py.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
create function pg_temp.account(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
create function pg_temp.clip(i bigint) returns uuid language sql immutable as
    $$ select ('00000000-0000-4000-9000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
select setseed(0.5);
insert into auth.users (id) select pg_temp.account(i) from generate_series(1, {members}) i;
insert into public.profiles (id, handle, display_name) select pg_temp.account(i), 'member_' || i, 'Member ' || i
from generate_series(1, {members}) i;
insert into public.profile_settings (profile) select pg_temp.account(i) from generate_series(1, {members}) i;
-- About thirty each, more often of those whom many follow.
insert into public.follows (follower, followee)
select distinct pg_temp.account(follower), pg_temp.account(followee) from (
    select 1 + (random() * ({members} - 1))::int as follower, 1 + (power(random(), 3) * ({members} - 1))::int as followee
    from generate_series(1, {members} * 30)
) as drawn where follower <> followee;
insert into public.generations (id, author, request, storyboard, engine, state, cost, finished_at)
select pg_temp.clip(i), pg_temp.account(1 + (power(random(), 2) * ({members} - 1))::int), '{{}}', '{{}}', 'world', 'done', 1,
       now()
from generate_series(1, {posts}) i;
insert into public.clips (id, generation, author, video_path, poster_path, preview_path, sha256, seconds, bytes, width,
                          height, engine)
select id, id, author, 'clips/' || id, 'posters/' || id, 'previews/' || id, repeat('0', 64), 5, 1000000, 540, 960, 'world'
from public.generations;
insert into public.posts (clip, author, caption, visibility, published_at)
select id, author, 'A caption of a few words',
       case when random() < 0.85 then 'public' when random() < 0.7 then 'followers' else 'private' end,
       now() - random() * interval '180 days' from public.clips;
insert into public.likes (post, profile)
select distinct 1 + (power(random(), 2) * ({posts} - 1))::int, pg_temp.account(1 + (random() * ({members} - 1))::int)
from generate_series(1, {likes}) on conflict do nothing;
set session_replication_role = origin;
