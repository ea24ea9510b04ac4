-- Rights claims: somebody says that a post shows what is theirs; the author may object; the claimant answers; a moderator decides.

create table public.rights_claims (
    case_id bigint primary key references public.cases (id) on delete cascade,
    claimant uuid references public.profiles (id) on delete set null,
    -- The claimant's name as they sign with it, and what is theirs.
    name text not null check (char_length(btrim(name)) between 1 and 100),
    work text not null check (char_length(btrim(work)) between 1 and 300),
    statement text not null check (char_length(btrim(statement)) between 1 and 2000),
    -- The author's objection.
    counter_statement text check (char_length(counter_statement) <= 2000),
    -- What the claimant said to that: true to insist, with the number of a lawsuit or the like.
    insists boolean,
    reference text check (char_length(reference) <= 300),
    created_at timestamptz not null default now()
);
comment on table public.rights_claims is 'What a rights claim says, and what its author answered.';
alter table public.rights_claims enable row level security;
create index rights_claims_of_claimant on public.rights_claims (claimant);

create policy "Both sides and moderators read a rights claim" on public.rights_claims
for select to authenticated using (
    claimant = (select auth.uid()) or exists (select from public.cases as c where c.id = case_id and c.state <> 'open'));
create policy "Moderators read open rights claims" on public.rights_claims
for select to authenticated using (private.is_moderator());
grant select on public.rights_claims to authenticated;

-- Definer (as all below): cases belong to nobody.
create function public.file_claim(p_post bigint, p_work text, p_statement text, p_name text) returns bigint
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_case bigint;
begin
    if not private.can_see_post(p_post) then
        perform private.refuse('HB003', 'There is no such post.', 'It may have been taken down.');
    elsif private.owner_of('post', p_post::text) = v_me then
        perform private.refuse('HB004', 'This post is your own.');
    elsif (select count(*) from public.rights_claims where claimant = v_me and created_at > now() - interval '1 day') >= 10 then
        perform private.refuse('HB006', 'You filed 10 claims today.', 'Write to the operator if there are more.');
    elsif btrim(coalesce(p_work, '')) = '' or btrim(coalesce(p_statement, '')) = '' or btrim(coalesce(p_name, '')) = '' then
        perform private.refuse('HB004', 'A claim names the work, says why it is yours, and is signed.');
    end if;
    v_case := private.open_case('rights', p_post::text, private.owner_of('post', p_post::text));
    insert into public.rights_claims (case_id, claimant, name, work, statement)
    values (v_case, v_me, private.limited(p_name, 100, 'The name'), private.limited(p_work, 300, 'The work'), private.limited(p_statement, 2000, 'The statement'))
    on conflict do nothing;
    if not found then
        perform private.refuse('HB005', 'Somebody has filed a claim about this post already.', 'Report the post instead, and say so in the note.');
    end if;
    perform private.file_report('rights', p_post::text, 'rights', p_work);
    perform private.audit('claim.filed', v_case::text, jsonb_build_object('post', p_post, 'work', p_work));
    return v_case;
end;
$$;
comment on function public.file_claim(bigint, text, text, text) is 'Says that a post shows what belongs to the caller; the number of its case.';

create function public.counter_notice(p_case bigint, p_statement text) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_statement text := private.limited(p_statement, 2000, 'The statement');
begin
    if coalesce(v_statement, '') = '' then
        perform private.refuse('HB004', 'The statement is empty.', 'Say why you may show it.');
    end if;
    -- The claimant has ten days to insist; without an answer the post may come back.
    update public.cases set state = 'appealed', answer_by = now() + interval '10 days'
    where id = p_case and accused = auth.uid() and state = 'decided' and target_kind = 'rights'
      and not exists (select from public.decisions where case_id = p_case and decision = 'keep');
    if not found then
        perform private.refuse('HB010', 'There is no decided claim against you to object to.', 'An objection is heard once.');
    end if;
    update public.rights_claims set counter_statement = v_statement where case_id = p_case;
    insert into public.appeals (case_id, body) values (p_case, v_statement);
    perform private.notify(claimant, 'claim_countered', jsonb_build_object('case', p_case), null)
    from public.rights_claims where case_id = p_case;
    perform private.audit('claim.countered', p_case::text);
end;
$$;
comment on function public.counter_notice(bigint, text) is 'Objects, once, to a rights claim that took a post of the caller''s down.';

create function public.answer_counter_notice(p_case bigint, p_insist boolean, p_reference text default '') returns void
language plpgsql security definer set search_path = ''
as $$
begin
    if p_insist and btrim(coalesce(p_reference, '')) = '' then
        perform private.refuse('HB004', 'To insist, name the lawsuit or the settlement office''s number.', 'Without one the post may come back.');
    end if;
    update public.rights_claims set insists = p_insist, reference = private.limited(p_reference, 300, 'The reference')
    where case_id = p_case and claimant = private.me() and counter_statement is not null and insists is null;
    if not found then
        perform private.refuse('HB010', 'There is no objection to answer.');
    end if;
    update public.cases set answer_by = now() where id = p_case and state = 'appealed';
    perform private.audit('claim.answered', p_case::text, jsonb_build_object('insists', p_insist));
end;
$$;
comment on function public.answer_counter_notice(bigint, boolean, text) is 'The claimant gives in, or insists with a reference; then a moderator decides.';

create function public.my_claims() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(r) - 'claimant' || jsonb_build_object('case', r.case_id) - 'case_id' order by r.case_id desc), '[]')
    from public.rights_claims as r where r.claimant = auth.uid();
$$;
comment on function public.my_claims() is 'The caller''s rights claims, with what was answered.';
grant execute on function
    public.file_claim(bigint, text, text, text), public.counter_notice(bigint, text), public.answer_counter_notice(bigint, boolean, text),
    public.my_claims()
to authenticated;
