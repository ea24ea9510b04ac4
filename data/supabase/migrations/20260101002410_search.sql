-- Finding posts by words and tags, members, tags, and what is on the rise.
-- The helpers that read the lists are definers and return numbers alone; posts themselves are read with the caller's rights.

create function private.tagged_posts(p_tag text, p_before timestamptz, p_before_id bigint, p_limit integer) returns bigint[]
language plpgsql stable security definer set search_path = '' set plan_cache_mode = force_custom_plan
as $$
declare
    v_unwanted uuid[] := private.unwanted_by_me();
    v_unfit text[] := private.unfit_for_me();
begin
    return array(
        select t.post from private.post_tags as t join public.posts as p on p.id = t.post
        where t.tag = p_tag and (t.published_at, t.post) < (p_before, p_before_id) and t.author <> all (v_unwanted)
          and (v_unfit is null or not (p.sensitive or p.tags && v_unfit))
        order by t.published_at desc, t.post desc limit p_limit);
end;
$$;
comment on function private.tagged_posts(text, timestamptz, bigint, integer) is 'The newest posts with a tag that the caller would want to see.';
grant execute on function private.tagged_posts(text, timestamptz, bigint, integer) to anon, authenticated;

create function public.posts_tagged(
    p_tag text, p_before timestamptz default 'infinity', p_before_id bigint default 9223372036854775807, p_limit integer default 20
) returns jsonb
language plpgsql stable set search_path = ''
as $$
declare
    v_tag text := lower(btrim(p_tag, ' #'));
begin
    return (
        select private.posts_json(array_agg(p order by p.published_at desc, p.id desc), private.why('tag', v_tag))
        from public.posts as p where p.id = any (private.tagged_posts(v_tag, p_before, p_before_id, private.page_size(p_limit))));
end;
$$;
comment on function public.posts_tagged(text, timestamptz, bigint, integer) is 'A page of public posts with a tag, newest first.';
grant execute on function public.posts_tagged(text, timestamptz, bigint, integer) to anon, authenticated;
