DROP TABLE budget_plan_steps;
DROP TABLE budget_plan_bills;
DROP TABLE budget_plans;
