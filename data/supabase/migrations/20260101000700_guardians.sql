-- Guardians and wards: who may look after whom, and how the limits are set.

-- Definer: writes a row that names somebody else.
create function public.offer_guardianship(p_ward text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_ward uuid := private.profile_of(p_ward);
begin
    if v_ward = v_me or exists (select from public.guardianships where ward in (v_me, v_ward) and state = 'active') then
        perform private.refuse('HB010', 'This member cannot become your ward.', 'A ward has one guardian, and no wards of their own.');
    end if;
    if private.blocked_between(v_me, v_ward) then
        perform private.refuse('HB003', format('There is no member @%s.', left(p_ward, 40)));
    end if;
    insert into public.guardianships (ward, guardian) values (v_ward, v_me)
    on conflict (ward) do update set guardian = v_me where guardianships.state = 'offered';
    perform private.notify(v_ward, 'guardian_offered');
end;
$$;
comment on function public.offer_guardianship(text) is 'Offers to look after a member, who must agree.';

create function public.set_ward_limits(
    p_ward text, p_cameo_audience text default null, p_messages_from text default null,
    p_may_publish boolean default null, p_personal_feed boolean default null, p_daily_minutes integer default null
) returns void
language plpgsql set search_path = ''
as $$
begin
    update public.guardianships set
        cameo_audience = coalesce(p_cameo_audience, cameo_audience),
        messages_from = coalesce(p_messages_from, messages_from),
        may_publish = coalesce(p_may_publish, may_publish),
        personal_feed = coalesce(p_personal_feed, personal_feed),
        daily_minutes = coalesce(p_daily_minutes, daily_minutes)
    where guardian = private.me() and ward = private.profile_of(p_ward) and state = 'active';
    if not found then
        perform private.refuse('HB003', format('@%s is not your ward.', left(p_ward, 40)));
    end if;
end;
$$;
comment on function public.set_ward_limits(text, text, text, boolean, boolean, integer) is
    'The guardian changes what is given of a ward''s limits.';
create policy "Guardians set their wards' limits" on public.guardianships
for update to authenticated
using (guardian = (select auth.uid()) and state = 'active') with check (guardian = (select auth.uid()));
grant update (cameo_audience, messages_from, may_publish, personal_feed, daily_minutes) on public.guardianships to authenticated;

-- Definer: the ward's yes changes a row whose limits only the guardian may write.
create function public.accept_guardianship(p_guardian text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_guardian uuid := private.profile_of(p_guardian);
begin
    update public.guardianships set state = 'active'
    where ward = private.me() and guardian = v_guardian and state = 'offered'
      and not exists (select from public.guardianships as mine where mine.guardian = auth.uid() and mine.state = 'active');
    if not found then
        perform private.refuse('HB003', format('@%s has not offered to be your guardian.', left(p_guardian, 40)));
    end if;
    perform private.notify(v_guardian, 'guardian_accepted');
    perform private.audit('guardian.accepted', auth.uid()::text, jsonb_build_object('guardian', v_guardian));
end;
$$;
comment on function public.accept_guardianship(text) is 'The caller becomes the ward of whoever offered it.';

create function public.end_guardianship(p_handle text) returns void
language plpgsql set search_path = ''
as $$
declare
    v_other uuid := private.profile_of(p_handle);
begin
    delete from public.guardianships
    where (guardian = private.me() and ward = v_other) or (ward = private.me() and guardian = v_other and state = 'offered');
    if not found then
        perform private.refuse('HB002', 'You may not end this guardianship.', 'Only the guardian may end one that was accepted.');
    end if;
end;
$$;
comment on function public.end_guardianship(text) is 'The guardian lets go of a ward, or either side of an offer.';

create function public.my_guardianships() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(g) || jsonb_build_object('ward', w.handle, 'guardian', p.handle) order by g.created_at), '[]')
    from public.guardianships as g
    join public.profiles as w on w.id = g.ward join public.profiles as p on p.id = g.guardian;
$$;
comment on function public.my_guardianships() is 'The caller''s wards and guardian, with the limits.';
grant execute on function
    public.offer_guardianship(text), public.accept_guardianship(text), public.end_guardianship(text), public.my_guardianships(),
    public.set_ward_limits(text, text, text, boolean, boolean, integer)
to authenticated;

-- Definer: whether a ward may do something is the guardian's row.
create function private.limits_of(p_member uuid) returns public.guardianships
language plpgsql stable security definer set search_path = ''
as $$
begin
    return (select g from public.guardianships as g where g.ward = p_member and g.state = 'active');
end;
$$;
comment on function private.limits_of(uuid) is 'The limits that a guardian set for this member; null when nobody did.';
grant execute on function private.limits_of(uuid) to authenticated, service_role;
