-- How fast engines are here, measured on what was made: so that people know how long a clip will take.

-- What the estimate reads: the newest clips of one engine.
create index generations_made_by_engine on public.generations (engine, finished_at desc) where state = 'done';

-- Definer: counts everybody's requests, and names nobody.
create function public.engine_speeds() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_object_agg(e.engine, jsonb_build_object(
        'waiting', (select count(*) from public.generations as g where g.engine = e.engine and g.state in ('queued', 'running')),
        'seconds_per_megapixel_second', (
            -- The median: one clip that waited for weights must not make all others seem slow.
            select percentile_cont(0.5) within group (order by newest.pace) from (
                select private.seconds_between(g.started_at, g.finished_at) / (c.seconds * c.width * c.height / 1e6) as pace
                from public.generations as g join public.clips as c on c.generation = g.id
                where g.engine = e.engine and g.state = 'done' and c.seconds > 0
                order by g.finished_at desc limit 20
            ) as newest)
    )), '{}')
    from public.engine_prices as e;
$$;
comment on function public.engine_speeds() is
    'Of each engine: how many clips are waiting or in the making, and seconds of work for one second of one megapixel, null before the first.';
grant execute on function public.engine_speeds() to anon, authenticated;
