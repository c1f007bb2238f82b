DROP TABLE landlord_instructions;
