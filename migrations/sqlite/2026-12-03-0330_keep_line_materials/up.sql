-- What water service lines are made of, on the utility's side and the customer's, as the inventory of 40 CFR 141.84(a) asks; and whom was told of a line of lead or unknown material (40 CFR 141.85(e)).

CREATE TABLE line_materials (
    id INTEGER PRIMARY KEY,
    premise_id INTEGER NOT NULL REFERENCES premises,
    side TEXT NOT NULL CONSTRAINT line_materials_side_known CHECK (side IN ('utility', 'customer')),
    material TEXT NOT NULL CONSTRAINT line_materials_material_known CHECK (material IN ('lead', 'galvanized', 'non_lead', 'unknown')),
    source TEXT NOT NULL CONSTRAINT line_materials_source_known CHECK (source IN ('records', 'inspection', 'excavation', 'customer', 'not_looked')),
    known_on TEXT NOT NULL,
    words TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    recorded_at TEXT NOT NULL
) STRICT;

CREATE INDEX line_materials_by_premise ON line_materials (premise_id, id);

CREATE TABLE lead_notices (
    account_id INTEGER NOT NULL REFERENCES accounts,
    premise_id INTEGER NOT NULL REFERENCES premises,
    line TEXT NOT NULL CONSTRAINT lead_notices_line_known CHECK (line IN ('lead', 'galvanized', 'unknown')),
    told_on TEXT NOT NULL,
    PRIMARY KEY (account_id, premise_id, line, told_on)
) STRICT, WITHOUT ROWID;

CREATE INDEX lead_notices_by_premise ON lead_notices (premise_id);

CREATE TRIGGER line_materials_never_updated BEFORE UPDATE ON line_materials BEGIN SELECT RAISE(ABORT, 'line_materials is append-only'); END;
CREATE TRIGGER line_materials_never_deleted BEFORE DELETE ON line_materials BEGIN SELECT RAISE(ABORT, 'line_materials is append-only'); END;
CREATE TRIGGER lead_notices_never_updated BEFORE UPDATE ON lead_notices BEGIN SELECT RAISE(ABORT, 'lead_notices is append-only'); END;
CREATE TRIGGER lead_notices_never_deleted BEFORE DELETE ON lead_notices BEGIN SELECT RAISE(ABORT, 'lead_notices is append-only'); END;
