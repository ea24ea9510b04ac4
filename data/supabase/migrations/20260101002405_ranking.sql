-- For you: a few hundred posts from indexes, scored by a few terms, spread so that nobody fills the page.
-- Every number of it stands in one row, and every post carries the terms that brought it here.

create table private.feed_weights (
    -- One row only: there is one way to rank at a time.
    singleton boolean primary key default true check (singleton),
    -- What each term counts. A term is 0 to 1; tags and makers go down to -1, for what somebody wants less of.
    tags real not null default 1.0 check (tags between 0 and 10),
    makers real not null default 0.8 check (makers between 0 and 10),
    people real not null default 0.8 check (people between 0 and 10),
    fresh real not null default 0.5 check (fresh between 0 and 10),
    creation real not null default 0.8 check (creation between 0 and 10),
    new_maker real not null default 0.15 check (new_maker between 0 and 10),
    -- Freshness halves in so many hours.
    fresh_hours real not null default 36 check (fresh_hours between 1 and 1000),
    -- What one act of somebody else adds to a post's creation value: making counts more than watching.
    remix_value real not null default 6 check (remix_value between 0 and 100),
    save_value real not null default 3 check (save_value between 0 and 100),
    comment_value real not null default 1.5 check (comment_value between 0 and 100),
    like_value real not null default 1 check (like_value between 0 and 100),
    view_value real not null default 0.05 check (view_value between 0 and 100),
    -- Who joined less than so many days ago is a new maker, and has this share of the places.
    new_maker_days integer not null default 30 check (new_maker_days between 0 and 365),
    new_maker_share real not null default 0.1 check (new_maker_share between 0 and 0.5),
    -- So many different makers make a trend of a tag.
    trend_makers integer not null default 3 check (trend_makers between 2 and 1000)
);
comment on table private.feed_weights is 'The one row that says how For you is ranked. Changed by set_feed_weights().';
alter table private.feed_weights enable row level security;
insert into private.feed_weights default values;

-- Definer (as the next): the row is no role's; moderators read and change it.
create function public.feed_weights() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (select to_jsonb(w) - 'singleton' from private.feed_weights as w);
end;
$$;
comment on function public.feed_weights() is 'For moderators: how For you is ranked.';

create function public.set_feed_weights(p_changes jsonb) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_before private.feed_weights;
    v_after private.feed_weights;
begin
    perform private.require_moderator();
    select * into v_before from private.feed_weights for update;
    v_after := private.changed_weights(v_before, p_changes);
    update private.feed_weights set
        (tags, makers, people, fresh, creation, new_maker, fresh_hours, remix_value, save_value, comment_value, like_value, view_value,
         new_maker_days, new_maker_share, trend_makers)
        = (v_after.tags, v_after.makers, v_after.people, v_after.fresh, v_after.creation, v_after.new_maker, v_after.fresh_hours,
           v_after.remix_value, v_after.save_value, v_after.comment_value, v_after.like_value, v_after.view_value,
           v_after.new_maker_days, v_after.new_maker_share, v_after.trend_makers);
    perform private.audit('feed.weights', 'feed_weights', jsonb_build_object('from', to_jsonb(v_before) - 'singleton', 'changes', p_changes));
    return to_jsonb(v_after) - 'singleton';
end;
$$;
comment on function public.set_feed_weights(jsonb) is 'For moderators: changes the weights that are given and returns all of them.';
grant execute on function public.feed_weights(), public.set_feed_weights(jsonb) to authenticated;

create function private.changed_weights(p_weights private.feed_weights, p_changes jsonb) returns private.feed_weights
language plpgsql stable set search_path = ''
as $$
declare
    v_unknown text;
begin
    if jsonb_typeof(coalesce(p_changes, '{}')) <> 'object' then
        perform private.refuse('HB004', 'Weights are numbers by name.');
    end if;
    select name into v_unknown from jsonb_each(p_changes) as given (name, value)
    where not to_jsonb(p_weights) - 'singleton' ? name or jsonb_typeof(value) <> 'number' or (value #>> '{}')::numeric not between 0 and 1000
    order by name limit 1;
    if found then
        perform private.refuse('HB004', format('%L is not a weight, or its number is out of range.', left(v_unknown, 40)),
            'Give numbers under the names that feed_weights() shows.');
    end if;
    return jsonb_populate_record(p_weights, p_changes);
end;
$$;
comment on function private.changed_weights(private.feed_weights, jsonb) is 'These weights with some changed. Refuses unknown names.';

create function private.passed_by(p_member uuid) returns bigint[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    return array(
        (select post from public.watch_events where profile = p_member order by created_at desc limit 1000)
        union all (select post from public.likes where profile = p_member order by created_at desc limit 200)
        union all (select post from public.not_interested where profile = p_member limit 500));
end;
$$;
comment on function private.passed_by(uuid) is
    'Posts that a member saw or liked lately, or does not want, so that whoever looks for others goes past them.';

-- In weeks, so that what was made much of lately is found by index and no longer than it is news.
create index posts_most_made_of on public.posts
    (date_bin('7 days', published_at, '2001-01-01 00:00:00+00'), (6 * remix_count + 3 * save_count) desc)
    where removed_at is null and visibility = 'public' and not held and remix_count + save_count > 0;

create function private.followed_by(p_member uuid) returns uuid[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    return array(select followee from public.follows where follower = p_member order by created_at desc limit 200);
end;
$$;
comment on function private.followed_by(uuid) is 'Whom a member follows, the latest 200, which is as many as a page can weigh.';

create function private.feed_candidates(p_followed uuid[], p_tags text[], p_passed bigint[], p_unwanted uuid[]) returns bigint[]
language plpgsql stable set search_path = '' set plan_cache_mode = force_generic_plan
as $$
begin
    -- "not in (select …)" is looked up in a hash table; an array in a parameter would be searched from end to end.
    return array(
        -- What is new,
        (select p.id from public.posts as p
         where p.removed_at is null and p.visibility = 'public' and not p.held
           and p.id not in (select unnest(p_passed)) and p.author <> all (p_unwanted)
         order by p.published_at desc, p.id desc limit 50)
        -- the latest of whom one follows,
        union
        (select q.id from unnest(p_followed[:100]) as followee
         cross join lateral (
             select p.id, p.published_at from public.posts as p
             where p.author = followee and p.removed_at is null and p.visibility in ('public', 'followers') and not p.held
               and p.id not in (select unnest(p_passed)) and p.author <> all (p_unwanted)
             order by p.published_at desc, p.id desc limit 2) as q
         order by q.published_at desc limit 30)
        -- the latest with each tag that one likes,
        union
        (select q.post from unnest(p_tags) as liked
         cross join lateral (
             select t.post from private.post_tags as t
             where t.tag = liked and t.post not in (select unnest(p_passed)) and t.author <> all (p_unwanted)
             order by t.published_at desc, t.post desc limit 6) as q)
        -- what most was made of in each of these weeks,
        union
        (select q.id from generate_series(0, 3) as back
         cross join lateral (
             select p.id from public.posts as p
             where date_bin('7 days', p.published_at, '2001-01-01 00:00:00+00')
                   = date_bin('7 days', now() - back * interval '7 days', '2001-01-01 00:00:00+00')
               and p.removed_at is null and p.visibility = 'public' and not p.held and p.remix_count + p.save_count > 0
               and p.id not in (select unnest(p_passed)) and p.author <> all (p_unwanted)
             order by 6 * p.remix_count + 3 * p.save_count desc limit 6) as q)
        -- and what stars somebody whom one follows.
        union
        (select p.id from public.cameos as c
         join public.cameo_uses as u on u.cameo = c.id and u.withdrawn_at is null
         join public.posts as p on p.clip = u.clip and p.removed_at is null and p.visibility = 'public' and not p.held
         where c.owner = any (p_followed) and c.deleted_at is null and p.id not in (select unnest(p_passed)) and p.author <> all (p_unwanted)
         order by u.created_at desc limit 20));
end;
$$;
comment on function private.feed_candidates(uuid[], text[], bigint[], uuid[]) is
    'A few hundred posts that might suit a member, each source by its own index: new, followed, liked tags, made much of, people.';
