ALTER TABLE `guardian_consent` ADD `channel` text DEFAULT 'own_account' NOT NULL;--> statement-breakpoint
ALTER TABLE `guardian_consent` ADD `evidence_hash` text;