-- Level payment plans (budget billing): what was agreed, what each bill asked under a plan and put off, and every review, settlement and end.

CREATE TABLE budget_plans (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts,
    variant TEXT NOT NULL CONSTRAINT budget_plans_variant_known CHECK (variant IN ('fixed', 'rolling', 'equal')),
    settle TEXT NOT NULL CONSTRAINT budget_plans_settle_known CHECK (settle IN ('pay', 'spread')),
    level_cents INTEGER NOT NULL CONSTRAINT budget_plans_level_not_negative CHECK (level_cents >= 0),
    spread_cents INTEGER NOT NULL,
    state TEXT NOT NULL CONSTRAINT budget_plans_state_known CHECK (state IN ('open', 'left', 'ended', 'removed', 'final')),
    agreement TEXT NOT NULL,
    language TEXT NOT NULL CONSTRAINT budget_plans_language_known CHECK (language IN ('en-US', 'es-US')),
    policy_version INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL,
    ended_on TEXT,
    CONSTRAINT budget_plans_ended_with_state CHECK ((state = 'open') = (ended_on IS NULL))
) STRICT;

CREATE UNIQUE INDEX budget_plans_one_open ON budget_plans (account_id) WHERE state = 'open';

CREATE INDEX budget_plans_by_account ON budget_plans (account_id, id);

CREATE INDEX budget_plans_by_state ON budget_plans (state, id);

CREATE TABLE budget_plan_bills (
    bill_id INTEGER PRIMARY KEY REFERENCES bills,
    plan_id INTEGER NOT NULL REFERENCES budget_plans,
    place INTEGER NOT NULL CONSTRAINT budget_plan_bills_place_positive CHECK (place > 0),
    asked_cents INTEGER NOT NULL CONSTRAINT budget_plan_bills_asked_not_negative CHECK (asked_cents >= 0),
    deferred_cents INTEGER NOT NULL,
    difference_cents INTEGER NOT NULL
) STRICT;

CREATE INDEX budget_plan_bills_by_plan ON budget_plan_bills (plan_id, bill_id);

CREATE TABLE budget_plan_steps (
    id INTEGER PRIMARY KEY,
    plan_id INTEGER NOT NULL REFERENCES budget_plans,
    kind TEXT NOT NULL CONSTRAINT budget_plan_steps_kind_known CHECK (kind IN ('enrolled', 'reviewed', 'settled', 'ended')),
    level_cents INTEGER NOT NULL,
    spread_cents INTEGER NOT NULL,
    settled_cents INTEGER NOT NULL,
    words TEXT,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_on TEXT NOT NULL
) STRICT;

CREATE INDEX budget_plan_steps_by_plan ON budget_plan_steps (plan_id, id);

CREATE TRIGGER budget_plan_bills_never_updated BEFORE UPDATE ON budget_plan_bills BEGIN SELECT RAISE(ABORT, 'budget_plan_bills is append-only'); END;
CREATE TRIGGER budget_plan_bills_never_deleted BEFORE DELETE ON budget_plan_bills BEGIN SELECT RAISE(ABORT, 'budget_plan_bills is append-only'); END;
CREATE TRIGGER budget_plan_steps_never_updated BEFORE UPDATE ON budget_plan_steps BEGIN SELECT RAISE(ABORT, 'budget_plan_steps is append-only'); END;
CREATE TRIGGER budget_plan_steps_never_deleted BEFORE DELETE ON budget_plan_steps BEGIN SELECT RAISE(ABORT, 'budget_plan_steps is append-only'); END;
