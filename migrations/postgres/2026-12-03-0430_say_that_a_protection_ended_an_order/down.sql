-- The earlier build knows no such reason.
DROP TRIGGER service_order_steps_never_changed ON service_order_steps;

UPDATE service_order_steps SET reason = 'paid' WHERE reason = 'protected';

CREATE TRIGGER service_order_steps_never_changed BEFORE UPDATE OR DELETE ON service_order_steps FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE service_order_steps DROP CONSTRAINT service_order_steps_reason_known;

ALTER TABLE service_order_steps ADD CONSTRAINT service_order_steps_reason_known CHECK (reason IN ('no_access', 'unsafe', 'not_found', 'no_parts', 'customer_asked', 'weather', 'no_time', 'by_office', 'request_ended', 'paid'));
