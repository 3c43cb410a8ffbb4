ALTER TABLE `office_key` ADD `algorithm` text DEFAULT 'ed25519' NOT NULL;--> statement-breakpoint
ALTER TABLE `office_key` ADD `secret_sealed` text;--> statement-breakpoint
ALTER TABLE `office_key` ADD `key_id` text;