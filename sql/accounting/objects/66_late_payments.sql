-- What suppliers were paid late, or are still to be paid, between two days; the law counts days and fines.

create or replace function accounting.late_payments_v1(first_day date, last_day date) returns jsonb
    language sql stable set search_path = pg_catalog, pg_temp
as $$
    with claims as (
        select m.entry_id, m.line_no, m.party_id, m.dated_on, m.number, m.document, m.label, -m.amount as amount,
               l.due_on as agreed_on, p.payments, -m.amount - coalesce(p.paid, 0) as unpaid
          from accounting.matching_lines m
          join accounting.entry_lines l on l.entry_id = m.entry_id and l.line_no = m.line_no
          left join lateral (
               select sum(x.amount) as paid,
                      jsonb_agg(jsonb_build_array(x.matched_on, x.amount::text) order by x.matched_on)
                          filter (where x.matched_on >= first_day) as payments
                 from accounting.matches x
                where x.credit_entry = m.entry_id and x.credit_line = m.line_no and x.undone_at is null
                  and x.matched_on <= last_day) p on true
         where m.amount < 0 and m.party_id is not null and m.dated_on <= last_day
           and m.account_id in (select r.account_id from accounting.account_roles r where r.role = 'payable'))
    select jsonb_build_object(
        'currency', (select c.currency from core.company c),
        'law', (select coalesce(jsonb_agg(jsonb_build_array(v.code, v.valid_from, v.value) order by v.valid_from), '[]')
                  from accounting.law_values v where v.kind = 'payment_delay' and v.valid_from <= last_day
                   and (v.code = 'policy_rate' or coalesce(v.valid_to, last_day) >= last_day)),
        'rows', (select coalesce(jsonb_agg(jsonb_build_object(
                     'party_id', c.party_id, 'party', n.name, 'party_ar', n.name_ar, 'dated_on', c.dated_on,
                     'number', c.number, 'document', c.document, 'label', c.label, 'amount', c.amount::text,
                     'agreed_on', c.agreed_on, 'payments', coalesce(c.payments, '[]'), 'unpaid', c.unpaid::text)
                     order by n.name, c.dated_on, c.number), '[]')
                   from claims c join accounting.party_names n on n.party_id = c.party_id
                  where c.unpaid > 0 or c.payments is not null))
     where (select core.may('accounting.ledger.view'))
$$;
comment on function accounting.late_payments_v1(date, date) is
    'Invoices of suppliers that were open between two days, with what was paid of them in that time and what is unpaid at its '
    'end, and what the law says of late payments (`payment_delay`); the company''s currency.';
grant execute on function accounting.late_payments_v1(date, date) to accounting_app;
