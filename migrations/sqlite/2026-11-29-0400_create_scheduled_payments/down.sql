DROP INDEX saved_payments_by_scheduled;
ALTER TABLE saved_payments DROP COLUMN scheduled_payment_id;
DROP TABLE scheduled_payments;
