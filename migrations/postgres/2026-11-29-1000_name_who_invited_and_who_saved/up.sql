-- Who invited, and what came of it: so that it ends with whoever should not have invited. Whose sign-in saved a way to pay: so that it is not
-- charged any more once the account is closed to them.

ALTER TABLE account_invitations ADD COLUMN inviter_id BIGINT REFERENCES logins;
ALTER TABLE account_invitations ADD COLUMN taken_by BIGINT REFERENCES logins;
ALTER TABLE account_invitations ADD COLUMN copies_role_id BIGINT;

ALTER TABLE payment_methods ADD COLUMN login_id BIGINT REFERENCES logins;
