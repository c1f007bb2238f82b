-- What was in dispute of a debt when the rest of it was arranged: a payment pays what is arranged first, so that it has to be told apart.

ALTER TABLE arrangement_debts ADD COLUMN beside_cents BIGINT NOT NULL DEFAULT 0
    CONSTRAINT arrangement_debts_beside_not_negative CHECK (beside_cents >= 0);
