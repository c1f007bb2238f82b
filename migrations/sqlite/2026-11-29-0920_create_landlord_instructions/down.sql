DROP TABLE landlord_agreements;
DROP TABLE landlord_instructions;
