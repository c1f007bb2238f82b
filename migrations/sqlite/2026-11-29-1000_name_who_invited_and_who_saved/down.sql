ALTER TABLE payment_methods DROP COLUMN login_id;
ALTER TABLE account_invitations DROP COLUMN copies_role_id;
ALTER TABLE account_invitations DROP COLUMN taken_by;
ALTER TABLE account_invitations DROP COLUMN inviter_id;
