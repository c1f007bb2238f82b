DROP TABLE dispute_hearings;
