-- Credits: what a generation costs, what each day gives, and a ledger that explains every balance.

create table public.credit_accounts (
    profile uuid primary key references public.profiles (id) on delete cascade,
    -- The sum of the ledger, kept so that one row can be locked and never goes below zero.
    balance integer not null default 0 check (balance >= 0)
);
comment on table public.credit_accounts is 'A member''s balance in credits.';
alter table public.credit_accounts enable row level security;

create table public.credit_entries (
    id bigint generated always as identity primary key,
    profile uuid not null references public.profiles (id) on delete cascade,
    amount integer not null check (amount <> 0),
    kind text not null check (kind in ('daily', 'gift', 'purchase', 'generation', 'refund', 'royalty')),
    -- No reference: the ledger outlives what it paid for.
    generation uuid,
    day date,
    note text not null default '' check (char_length(note) <= 200),
    created_at timestamptz not null default now(),
    check ((kind = 'daily') = (day is not null)),
    check (kind not in ('generation', 'refund') or generation is not null)
);
comment on table public.credit_entries is 'Every credit that came or went, and why.';
alter table public.credit_entries enable row level security;
create index credit_entries_of_member on public.credit_entries (profile, id desc);
-- A generation is charged once and returned once, whatever is retried.
create unique index one_charge_and_refund_each on public.credit_entries (generation, kind) where kind in ('generation', 'refund');
-- The free allowance is given once a day.
create unique index one_allowance_a_day on public.credit_entries (profile, day) where kind = 'daily';

create policy "Members see their own balance" on public.credit_accounts
for select to authenticated using (profile = (select auth.uid()));
create policy "Members see their own ledger" on public.credit_entries
for select to authenticated using (profile = (select auth.uid()));
grant select on public.credit_accounts, public.credit_entries to authenticated;

create table public.engine_prices (
    engine text primary key check (engine ~ '^[a-z0-9][a-z0-9._-]{0,59}$'),
    -- For every five seconds of clip that were begun.
    credits integer not null check (credits between 0 and 10000)
);
comment on table public.engine_prices is 'Which engines can be asked for, and what they cost.';
alter table public.engine_prices enable row level security;
create policy "Everybody sees prices" on public.engine_prices for select to anon, authenticated using (true);
grant select on public.engine_prices to anon, authenticated;
insert into public.engine_prices (engine, credits) values ('world', 1);

create function public.set_engine_price(p_engine text, p_credits integer) returns void
language sql volatile set search_path = ''
as $$
    insert into public.engine_prices (engine, credits) values (p_engine, p_credits)
    on conflict (engine) do update set credits = excluded.credits;
$$;
comment on function public.set_engine_price(text, integer) is 'Offers an engine at a price; the server calls it for its catalog.';
grant execute on function public.set_engine_price(text, integer) to service_role;

-- Definer: nobody writes their own balance.
create function private.add_credits(
    p_profile uuid, p_amount integer, p_kind text, p_generation uuid default null, p_day date default null, p_note text default ''
) returns boolean
language plpgsql security definer set search_path = ''
as $$
begin
    if p_amount = 0 then
        return false;
    end if;
    insert into public.credit_entries (profile, amount, kind, generation, day, note)
    values (p_profile, p_amount, p_kind, p_generation, p_day, p_note)
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into public.credit_accounts (profile, balance) values (p_profile, greatest(p_amount, 0))
    on conflict (profile) do update set balance = credit_accounts.balance + p_amount;
    return true;
end;
$$;
comment on function private.add_credits(uuid, integer, text, uuid, date, text) is
    'Writes one entry and moves the balance with it; false when the same charge, refund or allowance was written before.';
grant execute on function private.add_credits(uuid, integer, text, uuid, date, text) to service_role;

create function private.give_daily_allowance(p_profile uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_balance integer;
    v_allowance integer;
begin
    insert into public.credit_accounts (profile) values (p_profile) on conflict do nothing;
    select balance into v_balance from public.credit_accounts where profile = p_profile for update;
    select daily_credits into v_allowance from private.settings;
    -- It fills up and does not pile up: what was left of yesterday's counts towards today's.
    if v_balance < v_allowance then
        perform private.add_credits(p_profile, v_allowance - v_balance, 'daily', null, (now() at time zone 'UTC')::date);
    end if;
end;
$$;
comment on function private.give_daily_allowance(uuid) is 'Fills the balance up to the free daily allowance, once a day, and locks it.';

create function private.charge(p_profile uuid, p_amount integer, p_generation uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
    v_balance integer;
begin
    perform private.give_daily_allowance(p_profile);
    select balance into v_balance from public.credit_accounts where profile = p_profile;
    if v_balance < p_amount then
        perform private.refuse('HB008', format('This costs %s credits and you have %s.', p_amount, v_balance),
            'Your free credits come back every day at midnight UTC; a shorter clip costs less.');
    end if;
    perform private.add_credits(p_profile, -p_amount, 'generation', p_generation);
end;
$$;
comment on function private.charge(uuid, integer, uuid) is 'Takes what a generation costs, or refuses.';

-- Definer: a look at the balance may be the first thing of the day, and gives the allowance.
create function public.my_credits() returns jsonb
language plpgsql security definer set search_path = ''
as $$
declare
    v_me uuid := private.me();
begin
    perform private.give_daily_allowance(v_me);
    return jsonb_build_object(
        'balance', (select balance from public.credit_accounts where profile = v_me),
        'daily_credits', (select daily_credits from private.settings),
        'prices', (select jsonb_object_agg(engine, credits) from public.engine_prices));
end;
$$;
comment on function public.my_credits() is 'The caller''s balance, the daily allowance and what engines cost per five seconds.';

create function public.credit_history(p_before bigint default null, p_limit integer default 50) returns jsonb
language sql stable set search_path = ''
as $$
    select coalesce(jsonb_agg(to_jsonb(page) - 'profile' order by page.id desc), '[]') from (
        select * from public.credit_entries
        where profile = auth.uid() and (p_before is null or id < p_before)
        order by id desc limit private.page_size(p_limit)
    ) as page;
$$;
comment on function public.credit_history(bigint, integer) is 'A page of the caller''s ledger, newest first.';
grant execute on function public.my_credits(), public.credit_history(bigint, integer) to authenticated;

create function public.give_credits(p_handle text, p_amount integer, p_kind text default 'gift', p_note text default '') returns void
language plpgsql set search_path = ''
as $$
begin
    if p_amount not between 1 and 1000000 or p_kind not in ('gift', 'purchase', 'royalty') then
        perform private.refuse('HB004', 'A gift is 1 to 1,000,000 credits.');
    end if;
    perform private.add_credits(private.profile_of(p_handle), p_amount, p_kind, null, null, p_note);
    perform private.audit('credits.given', p_handle, jsonb_build_object('amount', p_amount, 'kind', p_kind));
end;
$$;
comment on function public.give_credits(text, integer, text, text) is 'Adds credits to a member''s account, from the server''s side.';
grant execute on function public.give_credits(text, integer, text, text) to service_role;
