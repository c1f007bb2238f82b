-- An amount proves whose account it is only where few bills show it: these find the bills that do.

CREATE INDEX bills_by_charges ON bills (total_cents) WHERE status = 'issued';

CREATE INDEX bills_by_amount_due ON bills (previous_cents + total_cents) WHERE status = 'issued';
