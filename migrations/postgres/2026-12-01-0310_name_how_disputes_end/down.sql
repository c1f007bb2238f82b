ALTER TABLE bill_disputes DROP COLUMN credit_cents;
ALTER TABLE bill_disputes DROP COLUMN remedy;
