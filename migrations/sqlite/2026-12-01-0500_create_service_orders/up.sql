-- Work that crews are sent out for, every step of it with what was brought back, the photos they took, and whether service is on at a point.

CREATE TABLE service_orders (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL CONSTRAINT service_orders_number_unique UNIQUE,
    order_key TEXT NOT NULL CONSTRAINT service_orders_key_unique UNIQUE,
    kind TEXT NOT NULL CONSTRAINT service_orders_kind_known CHECK (kind IN ('turn_on', 'turn_off', 'read_in', 'read_out', 're_read', 'use_check', 'leak', 'meter_exchange', 'meter_test', 'tamper', 'shut_off', 'reconnect', 'door_tag', 'backflow_test', 'pressure_quality', 'main_break', 'street_light', 'new_tap', 'cart')),
    state TEXT NOT NULL CONSTRAINT service_orders_state_known CHECK (state IN ('open', 'assigned', 'at_work', 'not_done', 'done', 'canceled')),
    urgency TEXT NOT NULL CONSTRAINT service_orders_urgency_known CHECK (urgency IN ('emergency', 'same_day', 'after_hours', 'standard')),
    account_id INTEGER NOT NULL REFERENCES accounts,
    cycle_id INTEGER NOT NULL REFERENCES cycles,
    premise_id INTEGER REFERENCES premises,
    service_point_id INTEGER REFERENCES service_points,
    meter_id INTEGER REFERENCES meters,
    request_id INTEGER REFERENCES service_requests,
    follows_id INTEGER REFERENCES service_orders,
    instructions TEXT NOT NULL,
    due_on TEXT NOT NULL,
    appointed_on TEXT,
    slot TEXT NOT NULL CONSTRAINT service_orders_slot_known CHECK (slot IN ('all_day', 'morning', 'afternoon', 'from_8_to_10', 'from_10_to_12', 'from_12_to_2', 'from_2_to_4')),
    assignee_staff_id INTEGER REFERENCES staff,
    may_on TEXT,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    closed_at TEXT,
    closed_on TEXT,
    CONSTRAINT service_orders_assignee_when_out CHECK ((state IN ('assigned', 'at_work')) <= (assignee_staff_id IS NOT NULL AND appointed_on IS NOT NULL)),
    CONSTRAINT service_orders_may_when_out CHECK ((kind = 'shut_off' AND state IN ('assigned', 'at_work', 'done')) <= (may_on IS NOT NULL))
) STRICT;

CREATE INDEX service_orders_by_account ON service_orders (account_id, id);

CREATE INDEX service_orders_by_request ON service_orders (request_id) WHERE request_id IS NOT NULL;

CREATE INDEX service_orders_open ON service_orders (due_on, id) WHERE closed_on IS NULL;

CREATE INDEX service_orders_by_assignee ON service_orders (assignee_staff_id, appointed_on) WHERE closed_on IS NULL;

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
    longitude TEXT CONSTRAINT service_order_steps_longitude_plain CHECK (longitude <> '' AND longitude NOT GLOB '*[^0-9.-]*')
) STRICT;

CREATE INDEX service_order_steps_by_order ON service_order_steps (order_id, id);

CREATE TABLE service_order_photos (
    id INTEGER PRIMARY KEY,
    order_id INTEGER NOT NULL REFERENCES service_orders,
    media_type TEXT NOT NULL CONSTRAINT service_order_photos_type_known CHECK (media_type IN ('image/jpeg', 'image/png', 'image/webp', 'image/gif')),
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at TEXT NOT NULL
) STRICT;

CREATE INDEX service_order_photos_by_order ON service_order_photos (order_id, id);

CREATE TABLE point_switches (
    id INTEGER PRIMARY KEY,
    service_point_id INTEGER NOT NULL REFERENCES service_points,
    is_on INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    order_id INTEGER NOT NULL REFERENCES service_orders,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

CREATE INDEX point_switches_by_point ON point_switches (service_point_id, id);

CREATE INDEX point_switches_by_order ON point_switches (order_id);

CREATE TRIGGER service_order_steps_never_updated BEFORE UPDATE ON service_order_steps BEGIN SELECT RAISE(ABORT, 'service_order_steps is append-only'); END;
CREATE TRIGGER service_order_steps_never_deleted BEFORE DELETE ON service_order_steps BEGIN SELECT RAISE(ABORT, 'service_order_steps is append-only'); END;
CREATE TRIGGER service_order_photos_never_updated BEFORE UPDATE ON service_order_photos BEGIN SELECT RAISE(ABORT, 'service_order_photos is append-only'); END;
CREATE TRIGGER service_order_photos_never_deleted BEFORE DELETE ON service_order_photos BEGIN SELECT RAISE(ABORT, 'service_order_photos is append-only'); END;
CREATE TRIGGER point_switches_never_updated BEFORE UPDATE ON point_switches BEGIN SELECT RAISE(ABORT, 'point_switches is append-only'); END;
CREATE TRIGGER point_switches_never_deleted BEFORE DELETE ON point_switches BEGIN SELECT RAISE(ABORT, 'point_switches is append-only'); END;
