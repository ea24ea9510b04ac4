-- What Verify asks: which clip carries this mark, looks like this, sounds like this; and what may be told of it.
-- Everything here outlives the clip: a copy that turns up after a takedown is still known, and said to be withdrawn.

create table private.marks (
    -- The number in the invisible marks.
    mark bigint primary key check (mark between 1 and 1099511627775),
    -- In the order in which they were given out, so that a reader asks only for what is new.
    position bigint generated always as identity unique,
    -- No reference on purpose: a clip that is gone is withdrawn.
    clip uuid not null,
    made_at timestamptz not null default now()
);
comment on table private.marks is 'Every number given to a clip, for ever.';
alter table private.marks enable row level security;

create table private.looks (
    mark bigint not null references private.marks (mark) on delete cascade,
    -- Seconds into the clip.
    at real not null,
    -- PDQ, see pipelines/provenance/fingerprints.py.
    hash bit(256) not null,
    -- Its sixteen parts of 16 bits, each with its number above. Of two hashes within 31 bits at least one part differs
    -- in at most one bit, so that an index finds every near one.
    parts integer[] not null,
    primary key (mark, at)
);
comment on table private.looks is 'Hashes of frames of clips.';
alter table private.looks enable row level security;
create index looks_by_part on private.looks using gin (parts);

create table private.sounds (
    mark bigint primary key references private.marks (mark) on delete cascade,
    -- One of 32 bits for every 43 milliseconds, 0 for silence.
    prints bigint[] not null
);
comment on table private.sounds is 'Prints of the sound of clips.';
alter table private.sounds enable row level security;
create index sounds_by_print on private.sounds using gin (prints);

grant select on private.marks, private.looks, private.sounds to service_role;

create function private.bits(p_hex text) returns bit(256)
language plpgsql immutable set search_path = ''
as $$
begin
    if p_hex is null or p_hex !~ '^[0-9a-f]{64}$' then
        perform private.refuse('HB004', 'A hash of a frame has 64 hexadecimal digits.');
    end if;
    return ('x' || p_hex)::bit(256);
end;
$$;
comment on function private.bits(text) is 'A hash from its hexadecimal digits.';
grant execute on function private.bits(text) to service_role;

create function private.hex(p_hash bit) returns text
language sql immutable set search_path = ''
as $$
    select string_agg(lpad(to_hex(substring(p_hash from word * 32 + 1 for 32)::bit(32)::integer), 8, '0'), '' order by word)
    from generate_series(0, 7) as word;
$$;
comment on function private.hex(bit) is 'The hexadecimal digits of a hash.';

create function private.parts(p_hash bit) returns integer[]
language sql immutable set search_path = ''
as $$
    select array_agg(part * 65536 + substring(p_hash from part * 16 + 1 for 16)::bit(16)::integer)
    from generate_series(0, 15) as part;
$$;
comment on function private.parts(bit) is 'The sixteen parts of a hash, as the index keeps them.';
grant execute on function private.parts(bit) to service_role;

create function private.near_parts(p_hash bit) returns integer[]
language sql immutable set search_path = ''
as $$
    select array_agg(part # flipped)
    from unnest(private.parts(p_hash)) as part cross join unnest(array[0] || array(select 1 << n from generate_series(0, 15) as n)) as flipped;
$$;
comment on function private.near_parts(bit) is 'The parts that a hash within 31 bits shares at least one of: each as it is, and with one bit changed.';
grant execute on function private.near_parts(bit) to service_role;

-- Definer: no role writes the index.
create function private.index_clip() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    insert into private.marks (mark, clip, made_at) values (new.mark, new.id, new.created_at);
    insert into private.looks (mark, at, hash, parts)
    select new.mark, (look ->> 'at')::real, private.bits(look ->> 'pdq'), private.parts(private.bits(look ->> 'pdq'))
    from jsonb_array_elements(coalesce(new.fingerprint -> 'frames', '[]')) as look
    on conflict do nothing;
    if jsonb_array_length(coalesce(new.fingerprint -> 'sound', '[]')) > 0 then
        insert into private.sounds (mark, prints)
        values (new.mark, array(select print::bigint from jsonb_array_elements_text(new.fingerprint -> 'sound') with ordinality as p (print, n) order by n));
    end if;
    return null;
end;
$$;
comment on function private.index_clip() is 'Trigger: a finished clip can be found by its mark, its looks and its sound.';
create trigger clips_are_indexed after insert on public.clips
for each row when (new.mark is not null) execute function private.index_clip();

create function public.known_marks(p_after bigint default 0, p_limit integer default 100000) returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('marks', coalesce(jsonb_agg(page.mark order by page.position), '[]'), 'position', coalesce(max(page.position), p_after))
    from (select mark, position from private.marks where position > p_after order by position limit least(p_limit, 100000)) as page;
$$;
comment on function public.known_marks(bigint, integer) is
    'A page of every number given out, in order, and the position to ask after next.';

create function public.frames_like(p_hashes jsonb, p_within integer default 31) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
begin
    if jsonb_typeof(p_hashes) <> 'array' or jsonb_array_length(p_hashes) > 100 or p_within not between 0 and 31 then
        perform private.refuse('HB004', 'Up to 100 hashes are compared at once, within up to 31 bits.');
    end if;
    return (
        select coalesce(jsonb_agg(jsonb_build_object('mark', found.mark, 'distance', found.distance, 'matched', found.matched)
                                  order by found.matched desc, found.distance, found.mark), '[]')
        from (
            select look.mark, min(bit_count(look.hash # asked.hash)) as distance, count(distinct asked.number) as matched
            from (select number, private.bits(hex) as hash from jsonb_array_elements_text(p_hashes) with ordinality as h (hex, number)) as asked
            join private.looks as look on look.parts && private.near_parts(asked.hash)
            where bit_count(look.hash # asked.hash) <= p_within
            group by look.mark order by matched desc, distance limit 20
        ) as found
    );
end;
$$;
comment on function public.frames_like(jsonb, integer) is
    'Numbers of clips with a frame within so many bits of one of these hashes: how near, and of how many.';

create function public.sounds_like(p_prints jsonb) returns jsonb
language plpgsql stable set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_keys bigint[];
begin
    if jsonb_typeof(p_prints) <> 'array' or jsonb_array_length(p_prints) > 1000 then
        perform private.refuse('HB004', 'Up to 1000 prints are compared at once.');
    end if;
    -- Each as it is and with one bit changed: in a poor copy few arrive whole.
    v_keys := array(
        select distinct print::bigint # flipped
        from jsonb_array_elements_text(p_prints) as print
        cross join unnest(array[0::bigint] || array(select 1::bigint << n from generate_series(0, 31) as n)) as flipped
        where print::bigint <> 0);
    return (
        select coalesce(jsonb_agg(jsonb_build_object('mark', s.mark, 'prints', to_jsonb(s.prints)) order by best.shared desc, s.mark), '[]')
        from (
            select sound.mark, count(*) as shared
            from private.sounds as sound cross join unnest(sound.prints) as print join unnest(v_keys) as key on key = print
            where sound.prints && v_keys
            group by sound.mark order by shared desc limit 10
        ) as best
        join private.sounds as s on s.mark = best.mark
    );
end;
$$;
comment on function public.sounds_like(jsonb) is 'Numbers and prints of the clips that share most of these prints, for a closer comparison.';

-- Definer: anybody who holds a copy may know that it was made here, and no more than its post already tells them.
create function public.clip_provenance(p_mark bigint) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'mark', m.mark,
        'clip', case when seen.yes then c.id end,
        'maker', case when seen.yes then (select p.handle from public.profiles as p where p.id = c.author) end,
        'made_at', m.made_at,
        'withdrawn', c.id is null or c.deleted_at is not null or c.withdrawn_at is not null
            or (c.stars_people and not private.clip_is_permitted(c.id))
            or exists (select from public.posts as p where p.clip = c.id and p.removed_reason in ('moderation', 'consent', 'person')
                       and not exists (select from public.posts as later where later.clip = c.id and later.removed_at is null)),
        'looks', coalesce((select jsonb_agg(private.hex(look.hash) order by look.at) from private.looks as look where look.mark = m.mark), '[]'))
    from private.marks as m
    left join public.clips as c on c.id = m.clip
    cross join lateral (select c.id is not null and private.can_see_clip(c.id) as yes) as seen
    where m.mark = p_mark;
$$;
comment on function public.clip_provenance(bigint) is
    'What is told of the clip with this number: when it was made, whether it was withdrawn, and by whom to those who may see it.';

grant execute on function public.clip_provenance(bigint) to anon, authenticated, service_role;
grant execute on function public.known_marks(bigint, integer), public.frames_like(jsonb, integer), public.sounds_like(jsonb) to service_role;
