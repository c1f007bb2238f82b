DROP TABLE agreement_facts;
