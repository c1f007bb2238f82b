ALTER TABLE budget_plans DROP COLUMN cycle_months;
