DROP INDEX `attestation_account`;--> statement-breakpoint
CREATE INDEX `attestation_account` ON `attestation` (`account_id`,`revoked_at_ms`);