-- What workers need beside the lease itself: giving work back, and knowing which parent's video they may use.

create function public.release_generation(p_generation uuid, p_lease uuid) returns void
language plpgsql set search_path = ''
as $$
begin
    perform private.leased(p_generation, p_lease);
    update public.generations set
        state = 'queued', lease = null, lease_until = null, stage = '', progress = 0, seconds_left = null,
        -- Nothing went wrong, so nothing is counted and nobody waits.
        attempts = greatest(attempts - 1, 0), run_after = now()
    where id = p_generation;
    update public.media set delete_at = now() where generation = p_generation and clip is null and purpose <> 'upload';
    delete from public.generation_previews where generation = p_generation;
end;
$$;
comment on function public.release_generation(uuid, uuid) is
    'Gives a generation back to the queue as if it had never been claimed: its worker stops, or makes way.';
grant execute on function public.release_generation(uuid, uuid) to service_role;
