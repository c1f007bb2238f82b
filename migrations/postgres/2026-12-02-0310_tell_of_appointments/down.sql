DELETE FROM alert_preferences WHERE kind = 'appointment';

ALTER TABLE alert_preferences DROP CONSTRAINT alert_preferences_kind_known;

ALTER TABLE alert_preferences ADD CONSTRAINT alert_preferences_kind_known CHECK (kind IN ('bill_ready', 'due_soon', 'past_due', 'payment_received', 'payment_failed', 'high_usage', 'high_bill', 'budget_ahead', 'tier_ahead', 'leak', 'outage', 'planned_work', 'urgent_notice'));

DROP INDEX service_orders_appointed;

ALTER TABLE service_orders DROP COLUMN told_on;
