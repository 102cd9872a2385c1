-- Most runs complete: these take a path with half the work of jobs.finish.

-- Completes running jobs that nobody asked to end, and answers which those were. The others are for jobs.finish.
create function jobs.complete(p_who text, p_numbers bigint[], p_claims integer[], p_results text[]) returns bigint[]
    language plpgsql volatile
    set enable_seqscan = off
    set plan_cache_mode = force_generic_plan
as $$
declare
    v_completed bigint[];
begin
    with gone as (
        delete from jobs.queue q
        using unnest(p_numbers, p_claims, p_results) as f (number, claim, result)
        where q.number = f.number and q.claim = f.claim and q.stage = 'running' and q.ending is null
        returning q.number, q.attempt, q.started_at, f.result),
    ended as (
        update jobs.job j
        set state = 'completed', started_at = g.started_at, ended_at = now(), attempt = g.attempt, fraction = 1,
            result = g.result, sentence = null
        from gone g
        where j.number = g.number),
    told as (
        insert into jobs.event (job, attempt, from_state, to_state, who)
        select g.number, g.attempt, 'running', 'completed', p_who
        from gone g)
    select array_agg(g.number) into v_completed from gone g;
    return v_completed;
end
$$;
