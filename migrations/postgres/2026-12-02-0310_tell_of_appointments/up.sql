-- Customers are told when somebody comes, when that changes, and on the day before; which day they were last told of it is noted, so that nobody is told twice.

ALTER TABLE service_orders ADD COLUMN told_on DATE;

CREATE INDEX service_orders_appointed ON service_orders (appointed_on, id) WHERE closed_on IS NULL;

ALTER TABLE alert_preferences DROP CONSTRAINT alert_preferences_kind_known;

ALTER TABLE alert_preferences ADD CONSTRAINT alert_preferences_kind_known CHECK (kind IN ('bill_ready', 'due_soon', 'past_due', 'payment_received', 'payment_failed', 'high_usage', 'high_bill', 'budget_ahead', 'tier_ahead', 'leak', 'outage', 'planned_work', 'urgent_notice', 'appointment'));
