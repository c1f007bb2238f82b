DROP INDEX service_order_steps_by_order;

ALTER TABLE service_order_steps RENAME TO service_order_steps_protected;

CREATE TABLE service_order_steps (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES service_orders,
    step_key TEXT CONSTRAINT service_order_steps_key_unique UNIQUE,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    state TEXT CONSTRAINT service_order_steps_state_known CHECK (state IN ('open', 'assigned', 'at_work', 'not_done', 'done', 'canceled')),
    reason TEXT CONSTRAINT service_order_steps_reason_known CHECK (reason IN ('no_access', 'unsafe', 'not_found', 'no_parts', 'customer_asked', 'weather', 'no_time', 'by_office', 'request_ended', 'paid')),
    finding TEXT CONSTRAINT service_order_steps_finding_known CHECK (finding IN ('fine', 'meter_faulty', 'leak_inside', 'leak_outside', 'tampered', 'repaired')),
    words TEXT,
    worked_on TEXT,
    latitude TEXT CONSTRAINT service_order_steps_latitude_plain CHECK (latitude <> '' AND latitude NOT GLOB '*[^0-9.-]*'),
    longitude TEXT CONSTRAINT service_order_steps_longitude_plain CHECK (longitude <> '' AND longitude NOT GLOB '*[^0-9.-]*'),
    assignee_staff_id INTEGER REFERENCES staff
) STRICT;

INSERT INTO service_order_steps (id, order_id, step_key, made_by, made_at, made_on, state, reason, finding, words, worked_on, latitude, longitude, assignee_staff_id)
    SELECT id, order_id, step_key, made_by, made_at, made_on, state, CASE WHEN reason = 'protected' THEN 'paid' ELSE reason END, finding, words, worked_on, latitude, longitude, assignee_staff_id FROM service_order_steps_protected;

DROP TABLE service_order_steps_protected;

CREATE INDEX service_order_steps_by_order ON service_order_steps (order_id, id);

CREATE TRIGGER service_order_steps_never_updated BEFORE UPDATE ON service_order_steps BEGIN SELECT RAISE(ABORT, 'service_order_steps is append-only'); END;
CREATE TRIGGER service_order_steps_never_deleted BEFORE DELETE ON service_order_steps BEGIN SELECT RAISE(ABORT, 'service_order_steps is append-only'); END;
