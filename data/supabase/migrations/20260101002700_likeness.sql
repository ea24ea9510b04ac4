-- Likenesses beyond their rules: live checks, what a moderator or guardian looks at, and who did what with whom.

-- Live checks: the app's own server makes them, keeps them and takes them back.

create function public.keep_cameo_challenge(p_owner uuid, p_steps jsonb, p_seconds integer default 300) returns uuid
language plpgsql set search_path = ''
as $$
declare
    v_id uuid;
begin
    delete from private.cameo_challenges where created_at < now() - interval '1 day';
    if (select count(*) from private.cameo_challenges where owner = p_owner) >= 20 then
        perform private.refuse('HB006', 'You have begun 20 live checks within a day.', 'Try again tomorrow.');
    end if;
    insert into private.cameo_challenges (owner, steps, expires_at)
    values (p_owner, p_steps, now() + make_interval(secs => p_seconds)) returning id into v_id;
    return v_id;
end;
$$;
comment on function public.keep_cameo_challenge(uuid, jsonb, integer) is
    'Keeps what a member''s recording must show, for a few minutes; its id. At most 20 a day.';

create function public.take_cameo_challenge(p_owner uuid, p_id uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_steps jsonb;
begin
    -- Emptied rather than removed, so that it still counts for the day.
    update private.cameo_challenges as c set expires_at = '-infinity', steps = '[]'
    from private.cameo_challenges as before
    where c.id = p_id and before.id = c.id and c.owner = p_owner and c.expires_at > now()
    returning before.steps into v_steps;
    if not found then
        perform private.refuse('HB010', 'This live check is over.', 'Begin a new one: each is used once, within a few minutes.');
    end if;
    return v_steps;
end;
$$;
comment on function public.take_cameo_challenge(uuid, uuid) is 'What a recording must show, given out once and in time.';

create function public.recording_marks() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(mark), '[]') from (
        select mark from public.cameo_versions where mark <> '{}' order by created_at desc limit 2000) as latest;
$$;
comment on function public.recording_marks() is 'What knows earlier recordings again, the newest 2,000.';

create function public.cameo_faces(p_owner uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object('owner', c.owner, 'face', v.face)), '[]')
    from public.cameos as c join public.cameo_versions as v on v.cameo = c.id and v.version = c.version
    where c.deleted_at is null and c.owner <> p_owner and v.face is not null;
$$;
comment on function public.cameo_faces(uuid) is 'The sealed faces of everybody else: nobody records a cameo of somebody who has one.';

create function public.faces_open_to(p_member uuid) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object('handle', p.handle, 'face', v.face) order by p.handle), '[]')
    from public.cameos as c
    join public.cameo_versions as v on v.cameo = c.id and v.version = c.version
    join public.profiles as p on p.id = c.owner
    where c.deleted_at is null and v.face is not null and private.permits(c.id, p_member, '{}')
      and (c.owner = p_member or exists (
              select from public.cameo_grants as g where g.cameo = c.id and g.grantee = p_member and g.state = 'granted')
           or exists (select from public.follows as f where f.follower = p_member and f.followee = c.owner));
$$;
comment on function public.faces_open_to(uuid) is
    'The sealed faces that a member may upload: their own, and those of people who let them.';

-- What a worker reads before it renders.

create function public.cameo_terms(p_generation uuid, p_lease uuid) returns jsonb
language plpgsql set search_path = ''
as $$
declare
    v_generation public.generations := private.leased(p_generation, p_lease);
begin
    return (
        select coalesce(jsonb_agg(jsonb_build_object(
            'handle', p.handle, 'own', c.owner = v_generation.author, 'switches', c.switches, 'wishes', c.wishes, 'appearance', c.appearance,
            'restrictions', (select coalesce(jsonb_agg(r.concept order by r.concept), '[]') from public.cameo_restrictions as r where r.cameo = c.id))
            order by p.handle), '[]')
        from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as p on p.id = c.owner
        where u.generation = p_generation and u.withdrawn_at is null);
end;
$$;
comment on function public.cameo_terms(uuid, uuid) is 'The rules of everyone in a generation, for the worker that holds its lease.';

create function public.note_refused_use(p_author uuid, p_handle text, p_prompt text, p_reason text) returns void
language sql volatile set search_path = ''
as $$
    insert into public.cameo_refusals (cameo, author, prompt, reason)
    select c.id, p_author, left(p_prompt, 2000), left(p_reason, 60)
    from public.cameos as c join public.profiles as p on p.id = c.owner
    where p.handle = lower(btrim(p_handle, ' @')) and c.deleted_at is null and c.owner <> p_author
      and not exists (select from public.cameo_refusals as r where r.cameo = c.id and r.author = p_author
                      and (r.prompt = left(p_prompt, 2000) or r.created_at > now() - interval '2 seconds'));
$$;
comment on function public.note_refused_use(uuid, text, text, text) is
    'Keeps for a person that somebody wanted to make something with them and was refused; the same prompt once.';

create function public.end_expired_grants() returns integer
language plpgsql set search_path = ''
as $$
declare
    v_cameo uuid;
    v_ended integer := 0;
    v_now integer;
begin
    -- One cameo after the other, each locked first, as every change of consent does.
    for v_cameo in select distinct cameo from public.cameo_grants where state = 'granted' and until <= now() order by cameo loop
        perform from public.cameos where id = v_cameo for update;
        update public.cameo_grants set state = 'expired', changed_at = now()
        where cameo = v_cameo and state = 'granted' and until <= now();
        get diagnostics v_now = row_count;
        v_ended := v_ended + v_now;
    end loop;
    return v_ended;
end;
$$;
comment on function public.end_expired_grants() is
    'Ends permissions whose day has come, with all that follows; how many. Before that nobody could use them any more.';

grant execute on function
    public.keep_cameo_challenge(uuid, jsonb, integer), public.take_cameo_challenge(uuid, uuid), public.recording_marks(),
    public.cameo_faces(uuid), public.faces_open_to(uuid), public.cameo_terms(uuid, uuid),
    public.note_refused_use(uuid, text, text, text), public.end_expired_grants()
to service_role;

-- Guardians. Definers: a ward's rows are not the guardian's.

create function public.wards_cameos() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(jsonb_build_object('handle', p.handle, 'cameo', private.cameo_json(c)) order by p.handle), '[]')
    from public.guardianships as g join public.cameos as c on c.owner = g.ward and c.deleted_at is null
    join public.profiles as p on p.id = g.ward
    where g.guardian = auth.uid() and g.state = 'active';
$$;
comment on function public.wards_cameos() is 'The cameos of the caller''s wards, with their rules; never the likeness.';

create function public.approve_ward_cameo(p_handle text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_ward uuid := private.profile_of(p_handle);
begin
    if not exists (select from public.guardianships where guardian = private.me() and ward = v_ward and state = 'active') then
        perform private.refuse('HB003', format('@%s is not your ward.', left(p_handle, 40)));
    end if;
    update public.cameos set awaits_guardian = false where owner = v_ward and deleted_at is null;
    perform private.notify(v_ward, 'cameo_approved');
    perform private.audit('cameo.approved_by_guardian', v_ward::text);
end;
$$;
comment on function public.approve_ward_cameo(text) is 'A guardian agrees to a ward''s newest cameo: until then nobody uses it.';

-- Moderators. Definers: checked inside.

create function public.cameos_to_review() returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    perform private.require_moderator();
    return (
        select coalesce(jsonb_agg(private.profile_card(p) || jsonb_build_object('review', c.review, 'version', c.version,
            'live_check', v.live_check, 'recorded_at', v.created_at) order by v.created_at), '[]')
        from public.cameos as c join public.profiles as p on p.id = c.owner
        join public.cameo_versions as v on v.cameo = c.id and v.version = c.version
        where c.deleted_at is null and cardinality(c.review) > 0);
end;
$$;
comment on function public.cameos_to_review() is 'Cameos that wait for a moderator, oldest first, and why.';

create function public.cameo_for_review(p_handle text) returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_found jsonb;
begin
    perform private.require_moderator();
    select jsonb_build_object('likeness', v.likeness, 'live_check', v.live_check) into v_found
    from public.cameos as c join public.profiles as p on p.id = c.owner
    join public.cameo_versions as v on v.cameo = c.id and v.version = c.version
    where p.handle = lower(btrim(p_handle, ' @')) and c.deleted_at is null and cardinality(c.review) > 0;
    if v_found is null then
        perform private.refuse('HB003', 'No such cameo waits for a moderator.');
    end if;
    perform private.audit('cameo.looked_at', p_handle);
    return v_found;
end;
$$;
comment on function public.cameo_for_review(text) is
    'The sealed likeness of a cameo under review, for a moderator who compares and listens. Every look leaves a trace.';

create function public.review_cameo(p_handle text, p_accept boolean, p_reason text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_owner uuid := private.profile_of(p_handle);
    v_cameo uuid;
begin
    perform private.require_moderator();
    select id into v_cameo from public.cameos where owner = v_owner and deleted_at is null and cardinality(review) > 0 for update;
    if v_cameo is null then
        perform private.refuse('HB003', 'No such cameo waits for a moderator.');
    elsif char_length(btrim(p_reason)) not between 1 and 500 then
        perform private.refuse('HB004', 'A decision has a reason of 1 to 500 characters.', 'Say in a sentence why.');
    end if;
    if p_accept then
        update public.cameos set review = '{}' where id = v_cameo;
    else
        update public.cameos set deleted_at = now(), past_clips = 'remove' where id = v_cameo;
        delete from public.cameo_versions where cameo = v_cameo;
        delete from public.cameo_grants where cameo = v_cameo;
    end if;
    perform private.notify(v_owner, case when p_accept then 'cameo_confirmed' else 'cameo_rejected' end, jsonb_build_object('reason', p_reason), null);
    perform private.audit('cameo.reviewed', v_cameo::text, jsonb_build_object('accepted', p_accept, 'reason', p_reason));
end;
$$;
comment on function public.review_cameo(text, boolean, text) is
    'A moderator lets others use a cameo, or deletes it with every clip of it.';

-- My likeness: everything that was made or tried with the caller or their wards.
-- Definer: drafts and refusals are rows of others.
create function public.likeness_uses(p_before timestamptz default 'infinity', p_limit integer default 30) returns jsonb
language sql stable security definer set search_path = ''
as $$
    select coalesce(jsonb_agg(listed.entry order by listed.at desc, listed.id), '[]') from (
        (select u.created_at as at, u.generation::text as id, jsonb_build_object(
            'kind', 'use', 'generation', u.generation, 'clip', cl.id, 'post', po.id, 'visibility', po.visibility,
            'person', me.handle, 'author', private.profile_card(p), 'prompt', g.request ->> 'prompt', 'state', g.state,
            'reason', g.error_code, 'permission', u.permission, 'version', u.version, 'at', u.created_at,
            'kept_at', u.kept_at, 'withdrawn_at', u.withdrawn_at) as entry
        from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as me on me.id = c.owner
        join public.generations as g on g.id = u.generation join public.profiles as p on p.id = u.author
        left join public.clips as cl on cl.id = u.clip and cl.deleted_at is null
        left join public.posts as po on po.clip = cl.id and po.removed_at is null
        where c.owner = any (private.my_people()) and u.created_at < p_before
        order by u.created_at desc limit private.page_size(p_limit))
        union all
        (select r.created_at, r.id::text, jsonb_build_object(
            'kind', 'refusal', 'generation', null, 'clip', null, 'post', null, 'visibility', null,
            'person', me.handle, 'author', private.profile_card(p), 'prompt', r.prompt, 'state', 'refused',
            'reason', r.reason, 'permission', null, 'version', c.version, 'at', r.created_at, 'kept_at', null, 'withdrawn_at', null)
        from public.cameo_refusals as r join public.cameos as c on c.id = r.cameo join public.profiles as me on me.id = c.owner
        join public.profiles as p on p.id = r.author
        where c.owner = any (private.my_people()) and r.created_at < p_before
        order by r.created_at desc limit private.page_size(p_limit))
        order by at desc limit private.page_size(p_limit)
    ) as listed;
$$;
comment on function public.likeness_uses(timestamptz, integer) is
    'What was made or tried with the caller or their wards, newest first: by whom, when, under which permission, and what became of it.';

create function public.likeness_record() returns jsonb
language sql stable security definer set search_path = ''
as $$
    select jsonb_build_object(
        'person', p.handle, 'at', now(),
        'consents', (
            select coalesce(jsonb_agg(jsonb_build_object('version', v.version, 'at', v.created_at, 'text', v.consent,
                'live_check', v.live_check) order by v.created_at), '[]')
            from public.cameos as c join public.cameo_versions as v on v.cameo = c.id where c.owner = p.id),
        'uses', (
            select coalesce(jsonb_agg(jsonb_build_object('generation', u.generation, 'clip', u.clip, 'sha256', cl.sha256,
                'author', a.handle, 'permission', u.permission, 'version', u.version, 'at', u.created_at,
                'kept_at', u.kept_at, 'withdrawn_at', u.withdrawn_at) order by u.created_at), '[]')
            from public.cameo_uses as u join public.cameos as c on c.id = u.cameo join public.profiles as a on a.id = u.author
            left join public.clips as cl on cl.id = u.clip where c.owner = p.id))
    from public.profiles as p where p.id = auth.uid();
$$;
comment on function public.likeness_record() is 'Every consent of the caller and every use of their likeness, to be signed as a receipt.';

grant execute on function
    public.wards_cameos(), public.approve_ward_cameo(text), public.cameos_to_review(), public.cameo_for_review(text),
    public.review_cameo(text, boolean, text), public.likeness_uses(timestamptz, integer), public.likeness_record()
to authenticated;

-- Which concepts a switch rules out. The words for them, in both languages, are in the lexicon.
insert into private.topic_concepts (topic, concept) values
    ('violence', 'gun'), ('violence', 'sword'), ('violence', 'knife'), ('violence', 'bomb'), ('violence', 'blood'),
    ('violence', 'fight'), ('violence', 'punch'), ('violence', 'shoot'), ('violence', 'explosion'), ('violence', 'soldier'),
    ('romance', 'kiss'), ('romance', 'hug'), ('romance', 'cuddle'), ('romance', 'wedding'), ('romance', 'romantic'),
    ('politics', 'election'), ('politics', 'vote'), ('politics', 'president'), ('politics', 'protest'),
    ('brands', 'logo'), ('brands', 'advertisement');
