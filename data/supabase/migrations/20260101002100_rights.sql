-- Rights: whose characters may be shown, and what they earn.

create table public.rights_holders (
    id bigint generated always as identity primary key,
    name text not null unique check (char_length(name) between 1 and 100),
    -- The member who receives royalties.
    contact uuid references public.profiles (id) on delete set null,
    created_at timestamptz not null default now()
);
comment on table public.rights_holders is 'A person or company that owns characters.';
alter table public.rights_holders enable row level security;
create index rights_holders_of_contact on public.rights_holders (contact);

create table public.licensed_characters (
    -- The storyboard concept that shows it.
    concept text primary key check (concept ~ '^[a-z][a-z0-9_]{0,39}$'),
    holder bigint not null references public.rights_holders (id) on delete cascade,
    name text not null check (char_length(name) between 1 and 100),
    -- Other names by which prompts mean it; the safety rules read them.
    aliases text[] not null default '{}' check (cardinality(aliases) <= 50),
    -- false: nobody may show it.
    licensed boolean not null default false,
    -- Credits for each clip that shows it.
    royalty integer not null default 0 check (royalty between 0 and 10000),
    -- Places in which it may be shown; none: anywhere.
    contexts text[] not null default '{}' check (cardinality(contexts) <= 50),
    -- Words that a clip with it carries, such as "© Studio".
    attribution text not null default '' check (char_length(attribution) <= 200),
    terms text not null default '' check (char_length(terms) <= 2000)
);
comment on table public.licensed_characters is 'A character that belongs to somebody: whether it may be shown, and what for.';
alter table public.licensed_characters enable row level security;
create index licensed_characters_of_holder on public.licensed_characters (holder);

create table public.royalties (
    generation uuid not null,
    concept text not null,
    holder bigint not null references public.rights_holders (id) on delete cascade,
    amount integer not null check (amount > 0),
    created_at timestamptz not null default now(),
    -- Paid once, whatever is retried.
    primary key (generation, concept)
);
comment on table public.royalties is 'What a finished clip earned for the owner of a character.';
alter table public.royalties enable row level security;
create index royalties_of_holder on public.royalties (holder, created_at desc);

create policy "Everybody sees who owns characters" on public.rights_holders for select to anon, authenticated using (true);
create policy "Everybody sees which characters may be shown" on public.licensed_characters for select to anon, authenticated using (true);
create policy "Owners see what they earned" on public.royalties
for select to authenticated using (exists (
    select from public.rights_holders as h where h.id = holder and h.contact = (select auth.uid())));
grant select on public.rights_holders, public.licensed_characters to anon, authenticated;
grant select on public.royalties to authenticated;

create function private.character_fees(p_storyboard jsonb) returns integer
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_forbidden text;
    v_misplaced text;
    v_fees integer;
begin
    select min(name) filter (where not licensed), coalesce(sum(royalty), 0),
           min(name) filter (where cardinality(contexts) > 0 and exists (
               select from jsonb_path_query(p_storyboard, '$.shots[*].place ? (@ != null)') as place where place #>> '{}' <> all (contexts)))
    into v_forbidden, v_fees, v_misplaced
    from public.licensed_characters where concept = any (private.concepts(p_storyboard));
    if v_forbidden is not null then
        perform private.refuse('HB002', format('%s may not be shown: its owner has not allowed it.', v_forbidden), 'Take it out, or show something of your own.');
    elsif v_misplaced is not null then
        perform private.refuse('HB002', format('%s may not be shown at this place: its owner allows others.', v_misplaced), 'See the registry for where it may appear.');
    end if;
    return v_fees;
end;
$$;
comment on function private.character_fees(jsonb) is 'What the characters in a storyboard cost, in credits. Refuses one that may not be shown.';

create function private.pay_royalties(p_generation public.generations) returns void
language plpgsql set search_path = ''
as $$
declare
    v_earned record;
begin
    for v_earned in
        insert into public.royalties (generation, concept, holder, amount)
        select p_generation.id, c.concept, c.holder, c.royalty from public.licensed_characters as c
        where c.concept = any (private.concepts(p_generation.storyboard)) and c.licensed and c.royalty > 0
        on conflict do nothing
        returning holder, concept, amount
    loop
        perform private.add_credits(h.contact, v_earned.amount, 'royalty', null, null, v_earned.concept)
        from public.rights_holders as h where h.id = v_earned.holder and h.contact is not null;
    end loop;
end;
$$;
comment on function private.pay_royalties(public.generations) is 'Pays the owners of the characters in a finished clip, once.';
grant execute on function private.pay_royalties(public.generations) to service_role;

-- Definer: these tables belong to no role; moderators keep them.
create function public.set_character(
    p_concept text, p_name text, p_holder text, p_contact text default null, p_licensed boolean default false,
    p_royalty integer default 0, p_aliases jsonb default '[]', p_terms text default '', p_contexts jsonb default '[]',
    p_attribution text default ''
) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_holder bigint;
begin
    perform private.require_moderator();
    insert into public.rights_holders (name, contact)
    values (p_holder, case when p_contact is not null then private.profile_of(p_contact) end)
    on conflict (name) do update set contact = coalesce(excluded.contact, rights_holders.contact)
    returning id into v_holder;
    insert into public.licensed_characters (concept, holder, name, aliases, licensed, royalty, terms, contexts, attribution)
    values (p_concept, v_holder, p_name, array(select jsonb_array_elements_text(p_aliases)), p_licensed, p_royalty, p_terms,
            array(select jsonb_array_elements_text(p_contexts)), p_attribution)
    on conflict (concept) do update set
        holder = excluded.holder, name = excluded.name, aliases = excluded.aliases, licensed = excluded.licensed,
        royalty = excluded.royalty, terms = excluded.terms, contexts = excluded.contexts, attribution = excluded.attribution;
    perform private.audit('character.set', p_concept, jsonb_build_object('holder', p_holder, 'licensed', p_licensed, 'royalty', p_royalty));
end;
$$;
comment on function public.set_character(text, text, text, text, boolean, integer, jsonb, text, jsonb, text) is
    'Keeps whose a character is, whether and where it may be shown, with which words, and for how many credits a clip.';

create function public.characters() returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(c) - 'holder' || jsonb_build_object('holder', h.name) order by c.concept), '[]')
    from public.licensed_characters as c join public.rights_holders as h on h.id = c.holder;
$$;
comment on function public.characters() is 'Every character that belongs to somebody, and whether it may be shown.';

create function public.my_royalties() returns jsonb
language sql stable set search_path = ''
as $$
    select jsonb_build_object('total', coalesce(sum(amount), 0), 'clips', count(*)) from public.royalties;
$$;
comment on function public.my_royalties() is 'What the caller''s characters earned, in credits, and by how many clips.';

-- Definer: moderators read every holder's earnings, holders their own.
create function public.royalty_statement(p_month text) returns jsonb
language plpgsql stable security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
    v_from timestamptz;
begin
    if p_month is null or p_month !~ '^[0-9]{4}-(0[1-9]|1[0-2])$' then
        perform private.refuse('HB004', 'A month is written as 2026-11.');
    end if;
    v_from := (p_month || '-01')::timestamptz;
    return (
        select coalesce(jsonb_agg(to_jsonb(line) order by line.holder, line.concept), '[]') from (
            select p_month as month, h.name as holder, r.concept, coalesce(c.name, r.concept) as name,
                   count(*) as clips, sum(r.amount) as credits
            from public.royalties as r
            join public.rights_holders as h on h.id = r.holder
            left join public.licensed_characters as c on c.concept = r.concept
            where r.created_at >= v_from and r.created_at < v_from + interval '1 month'
              and (private.is_moderator() or h.contact = v_me)
            group by h.name, r.concept, c.name
        ) as line);
end;
$$;
comment on function public.royalty_statement(text) is
    'What characters earned in a month, one line each: all of them for moderators, the caller''s own for a holder.';
grant execute on function public.characters() to anon, authenticated, service_role;
grant execute on function public.set_character(text, text, text, text, boolean, integer, jsonb, text, jsonb, text), public.my_royalties(), public.royalty_statement(text) to authenticated;
