-- A cycle of two months has six bills a year: a level payment plan keeps for how many months a bill stood when it was agreed, and counts its year by that.

ALTER TABLE budget_plans ADD COLUMN cycle_months INTEGER NOT NULL DEFAULT 1;
