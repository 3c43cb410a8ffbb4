-- The secrets of keys that were revoked stayed sealed.
UPDATE `office_key` SET `secret_sealed` = NULL, `key_id` = NULL WHERE `revoked_at_ms` IS NOT NULL;
