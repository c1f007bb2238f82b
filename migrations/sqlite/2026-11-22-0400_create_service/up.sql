-- Where service is delivered, by which meter, under whose agreement; everything dated is half open.

CREATE TABLE premises (
    id INTEGER PRIMARY KEY,
    line_1 TEXT NOT NULL,
    unit TEXT,
    city TEXT NOT NULL,
    state TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    search_text TEXT NOT NULL,
    latitude TEXT CONSTRAINT premises_latitude_plain CHECK (latitude <> '' AND latitude NOT GLOB '*[^0-9.-]*'),
    longitude TEXT CONSTRAINT premises_longitude_plain CHECK (longitude <> '' AND longitude NOT GLOB '*[^0-9.-]*'),
    impervious_sqft TEXT CONSTRAINT premises_impervious_sqft_plain CHECK (impervious_sqft <> '' AND impervious_sqft NOT GLOB '*[^0-9.-]*'),
    dwelling_units INTEGER NOT NULL
) STRICT;

CREATE TABLE service_points (
    id INTEGER PRIMARY KEY,
    premise_id INTEGER NOT NULL REFERENCES premises,
    commodity TEXT NOT NULL CONSTRAINT service_points_commodity_known CHECK (commodity IN ('water', 'sewer', 'stormwater', 'electric', 'gas', 'refuse', 'other')),
    label TEXT,
    facts TEXT NOT NULL
) STRICT;

CREATE INDEX service_points_by_premise ON service_points (premise_id);

CREATE TABLE meters (
    id INTEGER PRIMARY KEY,
    serial TEXT NOT NULL CONSTRAINT meters_serial_unique UNIQUE,
    kind TEXT NOT NULL CONSTRAINT meters_kind_known CHECK (kind IN ('simple', 'compound', 'deduct', 'net')),
    size TEXT
) STRICT;

CREATE TABLE registers (
    id INTEGER PRIMARY KEY,
    meter_id INTEGER NOT NULL REFERENCES meters,
    channel TEXT NOT NULL CONSTRAINT registers_channel_known CHECK (channel IN ('delivered', 'received', 'high', 'low', 'demand')),
    external_key TEXT NOT NULL CONSTRAINT registers_key_unique UNIQUE,
    unit TEXT NOT NULL,
    dials INTEGER NOT NULL,
    decimals INTEGER NOT NULL,
    multiplier TEXT NOT NULL CONSTRAINT registers_multiplier_plain CHECK (multiplier <> '' AND multiplier NOT GLOB '*[^0-9.-]*'),
    resolution_minutes INTEGER CONSTRAINT registers_resolution_known CHECK (resolution_minutes IN (5, 15, 30, 60))
) STRICT;

CREATE INDEX registers_by_meter ON registers (meter_id);

CREATE TABLE meter_installs (
    id INTEGER PRIMARY KEY,
    meter_id INTEGER NOT NULL REFERENCES meters,
    service_point_id INTEGER NOT NULL REFERENCES service_points,
    from_on TEXT NOT NULL,
    until_on TEXT,
    CONSTRAINT meter_installs_in_order CHECK (until_on IS NULL OR from_on < until_on)
) STRICT;

CREATE INDEX meter_installs_by_point ON meter_installs (service_point_id);

CREATE INDEX meter_installs_by_meter ON meter_installs (meter_id);

CREATE TABLE service_agreements (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    service_point_id INTEGER NOT NULL REFERENCES service_points,
    rate_code TEXT NOT NULL,
    facts TEXT NOT NULL,
    from_on TEXT NOT NULL,
    until_on TEXT,
    CONSTRAINT service_agreements_in_order CHECK (until_on IS NULL OR from_on < until_on)
) STRICT;

CREATE INDEX service_agreements_by_account ON service_agreements (account_id);

CREATE INDEX service_agreements_by_point ON service_agreements (service_point_id);

CREATE TABLE service_suspensions (
    id INTEGER PRIMARY KEY,
    service_agreement_id INTEGER NOT NULL REFERENCES service_agreements,
    from_on TEXT NOT NULL,
    until_on TEXT,
    reason TEXT NOT NULL
) STRICT;

CREATE INDEX service_suspensions_by_agreement ON service_suspensions (service_agreement_id);
