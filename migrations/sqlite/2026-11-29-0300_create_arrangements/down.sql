DROP TABLE arrangement_steps;
DROP TABLE arrangement_debts;
DROP TABLE arrangement_installments;
DROP TABLE arrangements;
