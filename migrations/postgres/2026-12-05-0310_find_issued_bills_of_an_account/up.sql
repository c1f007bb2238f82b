-- The trail of an account shows its latest bills by the day of their issue, however many it has.

CREATE INDEX bills_of_account_by_issue ON bills (account_id, issued_on, id) WHERE issued_on IS NOT NULL;
