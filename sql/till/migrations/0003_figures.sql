-- What each ticket's taxes amounted to, for the reports per rate, and how many units a pack was when it was sold.
-- Locks till.tickets and till.ticket_lines for a moment; the new columns have constant defaults.

alter table till.tickets
    -- [{"code": "TVA19", "rate": "0.19", "base": "100.00", "amount": "19.00"}], as booked; on a refund negative.
    add column taxes jsonb not null default '[]';

alter table till.ticket_lines
    -- Units of the product in one of what was sold: a pack may change later, what comes back may not.
    add column factor numeric not null default 1
               constraint ticket_lines_factor_is_positive check (factor > 0 and factor < 1e9);
