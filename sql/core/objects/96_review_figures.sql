-- What waits in the review list, for the dashboard. The owner sees every row, so branch and right are asked for here.

create or replace function core.review_figures_v1(only_branch uuid, most integer) returns jsonb
    language sql stable security definer set search_path = pg_catalog, pg_temp
as $$
    with waiting as (
        select r.code, r.details, r.raised_at, c.is_parked, coalesce(b.code, '') as branch,
               coalesce(c.body::jsonb -> 'payload' ->> 'number', '') as number,
               row_number() over (order by c.is_parked desc, r.raised_at, r.id) as place
          from core.reviews r
          join core.commands c on c.id = r.command_id
          left join core.branches b on b.id = r.branch_id
         where r.resolved_at is null and r.branch_id = any ((select core.branches())::uuid[])
           and (only_branch is null or r.branch_id = only_branch))
    select jsonb_build_object(
               'waiting', count(*), 'parked', count(*) filter (where w.is_parked),
               'first', coalesce(jsonb_agg(jsonb_build_object(
                                    'code', w.code, 'details', w.details, 'since', w.raised_at, 'branch', w.branch,
                                    'number', w.number, 'is_parked', w.is_parked) order by w.place)
                                 filter (where w.place <= most), '[]'))
      from waiting w
     where (select core.may('core.review.view'))
    having (select core.may('core.review.view'))
$$;
comment on function core.review_figures_v1(uuid, integer) is
    'How many facts wait for somebody to look, and the most pressing; null without the right to review.';
grant execute on function core.review_figures_v1(uuid, integer) to dashboard_owner;
