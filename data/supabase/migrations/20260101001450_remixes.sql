-- What a clip was made from and what was made from it, and what a member needs to make something of it.

-- Definer: a clip's storyboard is its author's; whoever may remix the clip is shown it, never the author's words.
create function public.remix_source(p_clip uuid) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
begin
    -- The same rule as for the request that will follow, so that nobody edits in vain.
    perform private.check_references(v_me, p_clip, '[]');
    return (
        select private.clip_json(c) || jsonb_build_object(
            'storyboard', g.storyboard - 'coverage', 'seed', g.seed,
            'prompt', coalesce(
                case when c.author = v_me then g.request ->> 'prompt' end,
                (select p.prompt from public.posts as p
                 where p.clip = c.id and p.removed_at is null order by p.id desc limit 1)),
            'post', (select max(p.id) from public.posts as p where p.clip = c.id and p.removed_at is null and private.can_see_post(p.id)))
        from public.clips as c join public.generations as g on g.id = c.generation where c.id = p_clip);
end;
$$;
comment on function public.remix_source(uuid) is
    'A clip with its storyboard, for a member who may remix it; refuses as a request would. Its prompt only where it is shown.';
grant execute on function public.remix_source(uuid) to authenticated;

create function public.lineage(p_clip uuid) returns jsonb
language plpgsql stable set search_path = ''
as $$
begin
    if not exists (select from public.clips where id = p_clip) then
        perform private.refuse('HB003', 'There is no such clip.', 'It may have been taken down.');
    end if;
    -- Policies leave out what the caller may not see, and with it all that lies behind.
    return (
        with recursive above as (
            select c.id, c.parent, 0 as step from public.clips as c where c.id = p_clip
            union all
            select c.id, c.parent, a.step - 1 from above as a join public.clips as c on c.id = a.parent where a.step > -12
        ), below as (
            select c.id, 0 as step from public.clips as c where c.id = p_clip
            union all
            select c.id, b.step + 1 from below as b join public.clips as c on c.parent = b.id where b.step < 6
        ), kin as (
            (select id, step from above limit 13) union (select id, step from below limit 80)
        )
        select jsonb_agg(private.clip_json(c) || jsonb_build_object(
            'step', kin.step,
            'post', (select max(p.id) from public.posts as p where p.clip = c.id)) order by kin.step, c.created_at, c.id)
        from kin join public.clips as c on c.id = kin.id);
end;
$$;
comment on function public.lineage(uuid) is
    'A clip, those it was made from (step below 0) and those made from it (above 0), as far as the caller may see them.';
grant execute on function public.lineage(uuid) to anon, authenticated;
