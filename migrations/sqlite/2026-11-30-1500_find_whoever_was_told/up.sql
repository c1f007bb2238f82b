-- Who was sent a notice since a day is counted for the figures of the service. A database of an earlier build still has the index of bills'
-- numbers, which nothing asks any more: a number names the place of its bill.

DROP INDEX IF EXISTS bills_number_unique;

CREATE INDEX notices_sent_since ON notices (created_at, account_id) WHERE state = 'sent';
