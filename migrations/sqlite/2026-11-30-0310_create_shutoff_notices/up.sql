-- What was served on a customer before a shut-off, and how cold or hot the days ahead are forecast to be: what the answer of a day rests on.

CREATE TABLE shutoff_notices (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT shutoff_notices_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT shutoff_notices_kind_known CHECK (kind IN ('written', 'contact', 'posted', 'occupants', 'plan_offered')),
    way TEXT NOT NULL CONSTRAINT shutoff_notices_way_known CHECK (way IN ('mail', 'hand', 'phone', 'visit', 'door')),
    given_on TEXT NOT NULL,
    is_proven INTEGER NOT NULL,
    words TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    recorded_on TEXT NOT NULL
) STRICT;

CREATE INDEX shutoff_notices_by_account ON shutoff_notices (account_id, given_on);

CREATE TABLE forecasts (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    seen_by TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    CONSTRAINT forecasts_low_below_high CHECK (low <= high)
) STRICT;

CREATE INDEX forecasts_by_day ON forecasts (day, id);

CREATE TRIGGER shutoff_notices_never_updated BEFORE UPDATE ON shutoff_notices BEGIN SELECT RAISE(ABORT, 'shutoff_notices is append-only'); END;
CREATE TRIGGER shutoff_notices_never_deleted BEFORE DELETE ON shutoff_notices BEGIN SELECT RAISE(ABORT, 'shutoff_notices is append-only'); END;
CREATE TRIGGER forecasts_never_updated BEFORE UPDATE ON forecasts BEGIN SELECT RAISE(ABORT, 'forecasts is append-only'); END;
CREATE TRIGGER forecasts_never_deleted BEFORE DELETE ON forecasts BEGIN SELECT RAISE(ABORT, 'forecasts is append-only'); END;
