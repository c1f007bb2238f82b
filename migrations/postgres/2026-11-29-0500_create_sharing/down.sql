DROP TABLE account_invitations;
ALTER TABLE login_accounts DROP COLUMN access;
