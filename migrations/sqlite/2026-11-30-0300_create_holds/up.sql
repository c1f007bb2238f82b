-- What protects an account for a while: each period as it was placed, its end before its time, the documents it rests on, the work that its end makes, and what is declared for everybody.

CREATE TABLE holds (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT holds_request_unique UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts,
    kind TEXT NOT NULL CONSTRAINT holds_kind_known CHECK (kind IN ('medical_certificate', 'life_support', 'military', 'hardship', 'dispute', 'arrangement', 'pledge', 'bankruptcy', 'moratorium', 'landlord_tenant', 'vulnerable_household', 'staff')),
    follows_id INTEGER CONSTRAINT holds_renewed_once UNIQUE REFERENCES holds,
    from_on TEXT NOT NULL,
    until_on TEXT,
    remind_on TEXT,
    stops TEXT NOT NULL CONSTRAINT holds_stops_something CHECK (stops <> ''),
    then_do TEXT NOT NULL CONSTRAINT holds_then_known CHECK (then_do IN ('resume', 'offer_time', 'review')),
    is_provisional INTEGER NOT NULL,
    signer TEXT,
    reason TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    placed_by TEXT NOT NULL,
    placed_at TEXT NOT NULL,
    placed_on TEXT NOT NULL,
    CONSTRAINT holds_kind_placed CHECK (kind NOT IN ('dispute', 'arrangement', 'moratorium')),
    CONSTRAINT holds_ends_after_it_begins CHECK (until_on > from_on),
    CONSTRAINT holds_told_of_where_it_ends CHECK (remind_on IS NULL OR until_on IS NOT NULL)
) STRICT;

CREATE INDEX holds_by_account ON holds (account_id, id);

CREATE INDEX holds_by_end ON holds (until_on, id);

CREATE INDEX holds_to_tell ON holds (remind_on, id) WHERE remind_on IS NOT NULL;

CREATE TABLE hold_lifts (
    hold_id INTEGER NOT NULL PRIMARY KEY REFERENCES holds,
    ends_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_by TEXT NOT NULL,
    lifted_at TEXT NOT NULL
) STRICT;

CREATE TABLE hold_documents (
    id INTEGER PRIMARY KEY,
    hold_id INTEGER NOT NULL REFERENCES holds,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL CONSTRAINT hold_documents_type_known CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/gif')),
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    sent_by TEXT NOT NULL,
    sent_at TEXT NOT NULL,
    CONSTRAINT hold_documents_once UNIQUE (hold_id, sha256)
) STRICT;

CREATE TABLE hold_reviews (
    hold_id INTEGER NOT NULL PRIMARY KEY REFERENCES holds,
    raised_on TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    owner_staff_id INTEGER REFERENCES staff,
    closed_on TEXT,
    closed_at TEXT,
    closed_by TEXT,
    words TEXT,
    CONSTRAINT hold_reviews_closed_by_somebody CHECK ((closed_on IS NULL) = (closed_by IS NULL))
) STRICT;

CREATE INDEX hold_reviews_open ON hold_reviews (hold_id) WHERE closed_on IS NULL;

CREATE TABLE moratoria (
    id INTEGER PRIMARY KEY,
    request_key TEXT NOT NULL CONSTRAINT moratoria_request_unique UNIQUE,
    class TEXT CONSTRAINT moratoria_class_known CHECK (class IN ('residential', 'small_commercial', 'commercial', 'industrial', 'irrigation', 'municipal')),
    commodity TEXT CONSTRAINT moratoria_commodity_known CHECK (commodity IN ('water', 'sewer', 'stormwater', 'electric', 'gas', 'refuse', 'other')),
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,
    stops TEXT NOT NULL CONSTRAINT moratoria_stops_something CHECK (stops <> ''),
    reason TEXT NOT NULL,
    policy_version INTEGER NOT NULL,
    declared_by TEXT NOT NULL,
    declared_at TEXT NOT NULL,
    declared_on TEXT NOT NULL,
    CONSTRAINT moratoria_ends_after_it_begins CHECK (until_on > from_on)
) STRICT;

CREATE TABLE moratorium_ends (
    moratorium_id INTEGER NOT NULL PRIMARY KEY REFERENCES moratoria,
    ends_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    ended_by TEXT NOT NULL,
    ended_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER holds_never_updated BEFORE UPDATE ON holds BEGIN SELECT RAISE(ABORT, 'holds is append-only'); END;
CREATE TRIGGER holds_never_deleted BEFORE DELETE ON holds BEGIN SELECT RAISE(ABORT, 'holds is append-only'); END;
CREATE TRIGGER hold_lifts_never_updated BEFORE UPDATE ON hold_lifts BEGIN SELECT RAISE(ABORT, 'hold_lifts is append-only'); END;
CREATE TRIGGER hold_lifts_never_deleted BEFORE DELETE ON hold_lifts BEGIN SELECT RAISE(ABORT, 'hold_lifts is append-only'); END;
CREATE TRIGGER hold_documents_never_updated BEFORE UPDATE ON hold_documents BEGIN SELECT RAISE(ABORT, 'hold_documents is append-only'); END;
CREATE TRIGGER hold_documents_never_deleted BEFORE DELETE ON hold_documents BEGIN SELECT RAISE(ABORT, 'hold_documents is append-only'); END;
CREATE TRIGGER moratoria_never_updated BEFORE UPDATE ON moratoria BEGIN SELECT RAISE(ABORT, 'moratoria is append-only'); END;
CREATE TRIGGER moratoria_never_deleted BEFORE DELETE ON moratoria BEGIN SELECT RAISE(ABORT, 'moratoria is append-only'); END;
CREATE TRIGGER moratorium_ends_never_updated BEFORE UPDATE ON moratorium_ends BEGIN SELECT RAISE(ABORT, 'moratorium_ends is append-only'); END;
CREATE TRIGGER moratorium_ends_never_deleted BEFORE DELETE ON moratorium_ends BEGIN SELECT RAISE(ABORT, 'moratorium_ends is append-only'); END;
