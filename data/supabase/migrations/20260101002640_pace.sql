-- How fast one may go: rate limits, repetition and flooding, and less of everything in an account's first day.
-- Triggers, so that no way of writing passes them by; what the app itself writes (no caller) is not counted.

create table private.pace (
    kind text primary key check (kind in ('comments', 'messages', 'posts', 'follows', 'likes', 'reports')),
    per_minute integer not null check (per_minute > 0),
    per_day integer not null check (per_day > 0),
    -- In an account's first day.
    new_per_minute integer not null check (new_per_minute > 0),
    new_per_day integer not null check (new_per_day > 0),
    -- How often the same words may be said in an hour.
    same_per_hour integer not null default 3 check (same_per_hour > 0)
);
comment on table private.pace is 'How much of what one member may do in a minute and a day. Changed by set_pace().';
alter table private.pace enable row level security;
insert into private.pace (kind, per_minute, per_day, new_per_minute, new_per_day, same_per_hour) values
    ('comments', 20, 400, 8, 60, 3), ('messages', 40, 600, 40, 100, 5), ('posts', 60, 200, 40, 80, 30),
    ('follows', 30, 400, 15, 100, 1000), ('likes', 120, 4000, 60, 600, 1000), ('reports', 20, 50, 10, 20, 1000);

create table private.paces_kept (
    member uuid not null references public.profiles (id) on delete cascade,
    kind text not null,
    minute_from timestamptz not null,
    in_minute integer not null,
    day_from timestamptz not null,
    in_day integer not null,
    -- Hashes of the latest words with their times, newest last.
    said jsonb not null default '[]',
    primary key (member, kind)
);
comment on table private.paces_kept is 'How much a member did in the running minute and day: two counters, never a history.';
alter table private.paces_kept enable row level security;

-- Definer (as below): counters belong to nobody.
create function private.keep_pace(p_kind text, p_words text default '') returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := auth.uid();
    v_pace private.pace;
    v_kept private.paces_kept;
    v_new boolean;
    v_said text := nullif(left(encode(sha256(convert_to(lower(regexp_replace(coalesce(p_words, ''), '[^[:alnum:]]+', '', 'g')), 'UTF8')), 'hex'), 16), '');
    v_same integer;
    v_hint text := 'Go on tomorrow.';
begin
    if v_me is null or not exists (select from public.profiles where id = v_me) then
        return;
    end if;
    select * into v_pace from private.pace where kind = p_kind;
    select created_at > now() - interval '1 day' and role = 'member' into v_new from public.profiles where id = v_me;
    insert into private.paces_kept (member, kind, minute_from, in_minute, day_from, in_day) values (v_me, p_kind, now(), 1, now(), 1)
    on conflict (member, kind) do update set
        minute_from = case when paces_kept.minute_from < now() - interval '1 minute' then now() else paces_kept.minute_from end,
        in_minute = case when paces_kept.minute_from < now() - interval '1 minute' then 1 else paces_kept.in_minute + 1 end,
        day_from = case when paces_kept.day_from < now() - interval '1 day' then now() else paces_kept.day_from end,
        in_day = case when paces_kept.day_from < now() - interval '1 day' then 1 else paces_kept.in_day + 1 end
    returning * into v_kept;
    if v_new then
        v_pace.per_minute := v_pace.new_per_minute;
        v_pace.per_day := v_pace.new_per_day;
        v_hint := 'Accounts may do more after their first day.';
    end if;
    if v_kept.in_minute > v_pace.per_minute then
        perform private.refuse('HB006', 'You are going very fast.', 'Wait a minute.');
    elsif v_kept.in_day > v_pace.per_day then
        perform private.refuse('HB006', 'That is as much as one member may do in a day.', v_hint);
    end if;
    if char_length(btrim(coalesce(p_words, ''))) >= 8 then
        select count(*) into v_same from jsonb_array_elements(v_kept.said) as one
        where one ->> 0 = v_said and (one ->> 1)::timestamptz > now() - interval '1 hour';
        if v_same >= v_pace.same_per_hour then
            perform private.refuse('HB006', 'You said the same several times already.', 'Say something else, or wait an hour.');
        end if;
        update private.paces_kept set said = (
            select coalesce(jsonb_agg(one order by number), '[]') from (
                select one, number from jsonb_array_elements(said || jsonb_build_array(jsonb_build_array(v_said, now()))) with ordinality as t (one, number)
                order by number desc limit 20
            ) as latest)
        where member = v_me and kind = p_kind;
    end if;
end;
$$;
comment on function private.keep_pace(text, text) is
    'Counts one act of the caller''s and refuses it when it is too fast, too much for a day, or the same words over and over.';

create function private.watch_pace() returns trigger
language plpgsql security definer set search_path = ''
as $$
begin
    perform private.keep_pace(tg_argv[0], case when tg_nargs > 1 then to_jsonb(new) ->> tg_argv[1] else '' end);
    return new;
end;
$$;
comment on function private.watch_pace() is 'Trigger: counts one act of its kind; the second argument names the column of its words.';
create trigger comments_keep_pace before insert on public.comments for each row execute function private.watch_pace('comments', 'body');
create trigger messages_keep_pace before insert on public.messages for each row execute function private.watch_pace('messages', 'body');
create trigger posts_keep_pace before insert on public.posts for each row execute function private.watch_pace('posts', 'caption');
create trigger follows_keep_pace before insert on public.follows for each row execute function private.watch_pace('follows');
create trigger likes_keep_pace before insert on public.likes for each row execute function private.watch_pace('likes');
create trigger reports_keep_pace before insert on public.reports for each row execute function private.watch_pace('reports');

create function public.set_pace(p_kind text, p_per_minute integer, p_per_day integer, p_new_per_minute integer, p_new_per_day integer) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if coalesce(auth.jwt() ->> 'role', '') <> 'service_role' then
        perform private.require_moderator();
    end if;
    update private.pace set per_minute = p_per_minute, per_day = p_per_day, new_per_minute = p_new_per_minute, new_per_day = p_new_per_day
    where kind = p_kind;
    if not found then
        perform private.refuse('HB003', 'There is no such pace.', 'It is comments, messages, posts, follows, likes or reports.');
    end if;
    perform private.audit('pace.changed', p_kind, jsonb_build_object('per_minute', p_per_minute, 'per_day', p_per_day,
        'new_per_minute', p_new_per_minute, 'new_per_day', p_new_per_day));
end;
$$;
comment on function public.set_pace(text, integer, integer, integer, integer) is 'Sets how much of something a member may do in a minute and in a day, and a new one.';
grant execute on function public.set_pace(text, integer, integer, integer, integer) to authenticated, service_role;
