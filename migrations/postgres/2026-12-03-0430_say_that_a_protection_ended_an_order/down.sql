UPDATE service_order_steps SET reason = 'paid' WHERE reason = 'protected';

ALTER TABLE service_order_steps DROP CONSTRAINT service_order_steps_reason_known;

ALTER TABLE service_order_steps ADD CONSTRAINT service_order_steps_reason_known CHECK (reason IN ('no_access', 'unsafe', 'not_found', 'no_parts', 'customer_asked', 'weather', 'no_time', 'by_office', 'request_ended', 'paid'));
