-- What a decision does: to the thing that a case is about, and to the account of whoever made it.

create function private.undo_of(p_case public.cases, p_decision text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
begin
    if p_case.target_kind = 'profile' and p_decision in ('remove', 'suspend', 'ban') then
        return (select jsonb_build_object('bio', bio, 'display_name', display_name) from public.profiles where id = p_case.accused);
    end if;
    return '{}';
end;
$$;
comment on function private.undo_of(public.cases, text) is 'What an appeal that is heard will need to bring back.';

create function private.decide_posts(p_posts bigint[], p_removes boolean, p_decision text, p_label text, p_reason text) returns void
language sql volatile security definer set search_path = ''
as $$
    update public.posts set
        held = false,
        label = case p_decision when 'label' then p_label end,
        visibility = case when p_decision = 'limit' and visibility = 'public' then 'followers'
                          when p_decision <> 'limit' and limited_from is not null then limited_from
                          else visibility end,
        limited_from = case when p_decision = 'limit' then coalesce(limited_from, visibility) end,
        removed_at = case when p_removes then coalesce(removed_at, now())
                          when removed_reason in ('moderation', 'rights') then null else removed_at end,
        removed_reason = case when p_removes then coalesce(removed_reason, p_reason)
                              when removed_reason in ('moderation', 'rights') then null else removed_reason end
    where id = any (p_posts);
$$;
comment on function private.decide_posts(bigint[], boolean, text, text, text) is
    'Removes posts, or shows them again: as they were, with a label, or out of public feeds.';

create function private.decide_clip(p_clip uuid, p_removes boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.clips set
        held = p_removes,
        deleted_at = case when p_removes then coalesce(deleted_at, now())
                          when exists (select from public.media where clip = p_clip and delete_at > now()) then null else deleted_at end
    where id = p_clip;
    -- Kept for as long as an appeal may take.
    update public.media set delete_at = case when p_removes then now() + interval '30 days' end
    where clip = p_clip and (delete_at is null or delete_at > now());
end;
$$;
comment on function private.decide_clip(uuid, boolean) is 'Takes a clip away, its files after 30 days, or gives it back.';

create function private.carry_out(p_case public.cases, p_decision text, p_label text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_removes boolean := p_decision in ('remove', 'suspend', 'ban');
    v_clip uuid;
    v_before jsonb;
begin
    if p_case.target_kind in ('post', 'rights') then
        perform private.decide_posts(array[p_case.target_id::bigint], v_removes, p_decision, p_label,
                                     case p_case.target_kind when 'rights' then 'rights' else 'moderation' end);
    elsif p_case.target_kind = 'comment' then
        update public.comments set removed_at = case when v_removes then coalesce(removed_at, now()) end
        where id = p_case.target_id::bigint and (v_removes or p_case.state = 'appealed');
    elsif p_case.target_kind = 'message' then
        update public.messages set removed_at = case when v_removes then coalesce(removed_at, now()) end
        where id = p_case.target_id::bigint;
    elsif p_case.target_kind = 'profile' and v_removes and p_case.state <> 'appealed' then
        update public.profiles set bio = '', display_name = handle where id = p_case.accused;
    elsif p_case.target_kind = 'profile' and not v_removes then
        select undo into v_before from public.decisions where case_id = p_case.id and undo ? 'bio' order by id limit 1;
        update public.profiles set bio = v_before ->> 'bio', display_name = v_before ->> 'display_name'
        where id = p_case.accused and v_before is not null and p_case.state = 'appealed';
    elsif p_case.target_kind in ('generation', 'cameo') then
        select id into v_clip from public.clips
        where (p_case.target_kind = 'generation' and generation::text = p_case.target_id) or (p_case.target_kind = 'cameo' and id::text = p_case.target_id);
        perform private.decide_clip(v_clip, v_removes);
        perform private.decide_posts(array(
            select id from public.posts where clip = v_clip and (removed_reason is null or removed_reason = 'moderation')
            order by id desc limit 1), v_removes, p_decision, p_label, 'moderation');
    elsif p_case.target_kind = 'ruling' then
        update public.rulings set overturned = not v_removes where id = p_case.target_id::bigint;
    end if;
end;
$$;
comment on function private.carry_out(public.cases, text, text) is 'Does what was decided to the thing that a case is about.';

create function private.suspend(p_profile uuid, p_case bigint, p_days integer) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.profile_settings set
        suspended_until = greatest(suspended_until, now() + make_interval(days => p_days)), suspended_for = p_case
    where profile = p_profile;
    perform private.notify(p_profile, 'suspended', jsonb_build_object('case', p_case), null);
    perform private.audit('profile.suspended', p_profile::text, jsonb_build_object('case', p_case, 'days', p_days));
end;
$$;
comment on function private.suspend(uuid, bigint, integer) is 'Suspends an account for some days, for a case.';

create function private.strike(p_profile uuid, p_case bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    insert into public.strikes (profile, case_id) values (p_profile, p_case) on conflict do nothing;
    if (select count(*) from public.strikes where profile = p_profile and expires_at > now())
       >= (select strikes_until_suspension from private.settings) then
        perform private.suspend(p_profile, p_case, 7);
    end if;
end;
$$;
comment on function private.strike(uuid, bigint) is 'Gives a strike for a case; enough of them suspend the account for a week.';

create function private.ban(p_profile uuid, p_case bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.profile_settings set banned_at = coalesce(banned_at, now()), banned_for = p_case where profile = p_profile;
    update public.posts set removed_at = now(), removed_reason = 'account' where author = p_profile and removed_at is null;
    update public.api_keys set revoked_at = now() where profile = p_profile and revoked_at is null;
    perform private.end_generation(id, 'cancelled', 'banned', 'The account was closed.', array['queued', 'running'])
    from public.generations where author = p_profile and state in ('queued', 'running');
    perform private.audit('profile.banned', p_profile::text, jsonb_build_object('case', p_case));
end;
$$;
comment on function private.ban(uuid, bigint) is 'Closes an account: it may look and appeal, its posts are hidden, its keys and open generations end.';

create function private.unban(p_profile uuid, p_case bigint) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    update public.profile_settings set banned_at = null, banned_for = null where profile = p_profile and banned_for = p_case;
    if found then
        update public.posts set removed_at = null, removed_reason = null
        where author = p_profile and removed_reason = 'account'
          and not exists (select from public.posts as live where live.clip = posts.clip and live.removed_at is null);
        perform private.audit('profile.unbanned', p_profile::text, jsonb_build_object('case', p_case));
    end if;
end;
$$;
comment on function private.unban(uuid, bigint) is 'Opens an account again that was closed for this case, with its posts.';

create function private.answer_for(p_case public.cases, p_decision text, p_days integer, p_strike boolean) returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if p_case.accused is null or p_case.target_kind = 'ruling' then
        return;
    end if;
    if p_decision <> 'ban' then
        perform private.unban(p_case.accused, p_case.id);
    end if;
    if p_strike then
        perform private.strike(p_case.accused, p_case.id);
    else
        delete from public.strikes where case_id = p_case.id;
    end if;
    if p_decision = 'suspend' then
        perform private.suspend(p_case.accused, p_case.id, p_days);
    elsif p_decision = 'ban' then
        perform private.ban(p_case.accused, p_case.id);
    else
        -- A suspension that hung on this case, or on a strike that is gone, ends with it.
        update public.profile_settings as s set suspended_until = null, suspended_for = null
        where s.profile = p_case.accused and s.suspended_until > now()
          and (s.suspended_for = p_case.id or p_case.state = 'appealed')
          and (select count(*) from public.strikes where profile = p_case.accused and expires_at > now())
              < (select strikes_until_suspension from private.settings)
          and not exists (select from public.cases as other join public.decisions as d on d.case_id = other.id
                          where other.id = s.suspended_for and other.id <> p_case.id and d.decision = 'suspend');
    end if;
end;
$$;
comment on function private.answer_for(public.cases, text, integer, boolean) is
    'What a decision means for the account: strikes, suspension, ban; a milder one lifts what an earlier one did.';

-- A moderator's limit holds whatever the author does later.
create function private.keep_limit() returns trigger
language plpgsql set search_path = ''
as $$
begin
    if old.limited_from is not null and new.limited_from is not null and new.visibility = 'public' then
        perform private.refuse('HB002', 'A moderator took this post out of public feeds.', 'You can appeal against that in your account.');
    end if;
    return new;
end;
$$;
comment on function private.keep_limit() is 'Trigger: a limited post does not become public again by its author''s hand.';
create trigger limits_are_kept before update of visibility on public.posts
for each row execute function private.keep_limit();
