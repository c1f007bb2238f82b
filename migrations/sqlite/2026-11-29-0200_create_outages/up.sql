-- Outages, planned work and urgent notices: what is going on, where, whose accounts it touches, what was said of it, and what customers report.

CREATE TABLE outages (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL,
    kind TEXT NOT NULL CONSTRAINT outages_kind_known CHECK (kind IN ('outage', 'planned_work', 'urgent_notice')),
    commodity TEXT NOT NULL CONSTRAINT outages_commodity_known CHECK (commodity IN ('water', 'sewer', 'stormwater', 'electric', 'gas', 'refuse', 'other')),
    cause TEXT NOT NULL CONSTRAINT outages_cause_known CHECK (cause IN ('unknown', 'equipment', 'main_break', 'storm', 'accident', 'animal', 'supply', 'maintenance', 'water_quality', 'other')),
    status TEXT NOT NULL CONSTRAINT outages_status_known CHECK (status IN ('planned', 'going_on', 'restored', 'canceled')),
    words_en TEXT NOT NULL,
    words_es TEXT NOT NULL,
    begins_at TEXT NOT NULL,
    expected_at TEXT,
    ended_at TEXT,
    declared_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX outages_once ON outages (request_key);

CREATE INDEX outages_by_status ON outages (status, begins_at);

CREATE TABLE outage_areas (
    id INTEGER PRIMARY KEY,
    outage_id INTEGER NOT NULL REFERENCES outages,
    kind TEXT NOT NULL CONSTRAINT outage_areas_kind_known CHECK (kind IN ('street', 'postal_code', 'cycle', 'accounts', 'everywhere')),
    street TEXT,
    from_number INTEGER,
    to_number INTEGER,
    side TEXT NOT NULL CONSTRAINT outage_areas_side_known CHECK (side IN ('both', 'even', 'odd')),
    postal_code TEXT,
    cycle_id INTEGER REFERENCES cycles
) STRICT;

CREATE INDEX outage_areas_by_outage ON outage_areas (outage_id);

CREATE TABLE outage_accounts (
    outage_id INTEGER NOT NULL REFERENCES outages,
    account_id INTEGER NOT NULL REFERENCES accounts,
    area_id INTEGER NOT NULL REFERENCES outage_areas,
    PRIMARY KEY (outage_id, account_id)
) STRICT;

CREATE INDEX outage_accounts_by_account ON outage_accounts (account_id);

CREATE TABLE outage_updates (
    id INTEGER PRIMARY KEY,
    outage_id INTEGER NOT NULL REFERENCES outages,
    news TEXT NOT NULL CONSTRAINT outage_updates_news_known CHECK (news IN ('declared', 'extended', 'said', 'expected', 'begun', 'restored', 'canceled')),
    words_en TEXT NOT NULL,
    words_es TEXT NOT NULL,
    expected_at TEXT,
    area_id INTEGER REFERENCES outage_areas,
    at TEXT NOT NULL,
    is_waiting INTEGER NOT NULL,
    told_after INTEGER NOT NULL
) STRICT;

CREATE INDEX outage_updates_by_outage ON outage_updates (outage_id, id);

CREATE INDEX outage_updates_waiting ON outage_updates (is_waiting, id);

CREATE TABLE outage_reports (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    login_id INTEGER REFERENCES logins,
    commodity TEXT NOT NULL CONSTRAINT outage_reports_commodity_known CHECK (commodity IN ('water', 'sewer', 'stormwater', 'electric', 'gas', 'refuse', 'other')),
    details TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX outage_reports_by_account ON outage_reports (account_id, at);

CREATE INDEX outage_reports_by_time ON outage_reports (at);
