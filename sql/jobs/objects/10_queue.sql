-- procrastinate's functions find their tables whoever calls them; the worker alone works on the queue.

do $$
declare
    routine regprocedure;
begin
    for routine in select p.oid from pg_proc p where p.pronamespace = 'jobs'::regnamespace loop
        execute format('alter function %s set search_path = jobs, pg_catalog, pg_temp', routine);
    end loop;
end $$;

grant usage on schema jobs to core_owner;
grant usage on type jobs.procrastinate_job_to_defer_v1 to core_owner;
grant execute on function jobs.procrastinate_defer_jobs_v1(jobs.procrastinate_job_to_defer_v1[]) to core_owner;
grant insert, select on jobs.procrastinate_jobs, jobs.procrastinate_events to core_owner;
grant usage on all sequences in schema jobs to core_owner;
grant execute on all functions in schema jobs to core_owner, jobs_app;
grant select, insert, update, delete on all tables in schema jobs to jobs_app;
grant usage on all sequences in schema jobs to jobs_app;
