-- What is out is chosen as crews know it: by the feeder, circuit or main that serves a point, and by corners on the map. The areas are written anew with what refers to them, so that they may say so.

ALTER TABLE service_points ADD COLUMN feeder TEXT CONSTRAINT service_points_feeder_filled CHECK (feeder <> '');

CREATE INDEX service_points_by_feeder ON service_points (feeder, commodity);

DROP INDEX outage_areas_by_outage;
DROP INDEX outage_accounts_by_account;
DROP INDEX outage_updates_by_outage;
DROP INDEX outage_updates_waiting;

ALTER TABLE outage_updates RENAME TO outage_updates_told;
ALTER TABLE outage_accounts RENAME TO outage_accounts_told;
ALTER TABLE outage_areas RENAME TO outage_areas_told;

CREATE TABLE outage_areas (
    id INTEGER PRIMARY KEY,
    outage_id INTEGER NOT NULL REFERENCES outages,
    kind TEXT NOT NULL CONSTRAINT outage_areas_kind_known CHECK (kind IN ('street', 'postal_code', 'cycle', 'feeder', 'drawn', 'accounts', 'everywhere')),
    street TEXT,
    from_number INTEGER,
    to_number INTEGER,
    side TEXT NOT NULL CONSTRAINT outage_areas_side_known CHECK (side IN ('both', 'even', 'odd')),
    postal_code TEXT,
    cycle_id INTEGER REFERENCES cycles,
    feeder TEXT,
    corners TEXT,
    streets TEXT,
    CONSTRAINT outage_areas_feeder_named CHECK ((kind = 'feeder') = (feeder IS NOT NULL)),
    CONSTRAINT outage_areas_corners_drawn CHECK ((kind = 'drawn') = (corners IS NOT NULL))
) STRICT;

CREATE TABLE outage_accounts (
    outage_id INTEGER NOT NULL REFERENCES outages,
    account_id INTEGER NOT NULL REFERENCES accounts,
    area_id INTEGER NOT NULL REFERENCES outage_areas,
    PRIMARY KEY (outage_id, account_id)
) STRICT;

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

INSERT INTO outage_areas (id, outage_id, kind, street, from_number, to_number, side, postal_code, cycle_id)
    SELECT id, outage_id, kind, street, from_number, to_number, side, postal_code, cycle_id FROM outage_areas_told;

INSERT INTO outage_accounts (outage_id, account_id, area_id) SELECT outage_id, account_id, area_id FROM outage_accounts_told;

INSERT INTO outage_updates (id, outage_id, news, words_en, words_es, expected_at, area_id, at, is_waiting, told_after)
    SELECT id, outage_id, news, words_en, words_es, expected_at, area_id, at, is_waiting, told_after FROM outage_updates_told;

DROP TABLE outage_updates_told;
DROP TABLE outage_accounts_told;
DROP TABLE outage_areas_told;

CREATE INDEX outage_areas_by_outage ON outage_areas (outage_id);

CREATE INDEX outage_accounts_by_account ON outage_accounts (account_id);

CREATE INDEX outage_updates_by_outage ON outage_updates (outage_id, id);

CREATE INDEX outage_updates_waiting ON outage_updates (is_waiting, id);
