CREATE TABLE `organisation_session` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`former_secret_hash` text,
	`former_until_ms` integer,
	`organisation_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`proved_at_ms` integer,
	`ended_at_ms` integer,
	`label` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `organisation_session_organisation` ON `organisation_session` (`organisation_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `organisation_session_seen` ON `organisation_session` (`last_seen_at_ms`);--> statement-breakpoint
CREATE TABLE `organisation` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`contact_sealed` text NOT NULL,
	`password_hash` text,
	`letter_id` text,
	`letter_until_ms` integer,
	`created_at_ms` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organisation_code_unique` ON `organisation` (`code`);--> statement-breakpoint
CREATE INDEX `organisation_letter` ON `organisation` (`letter_id`);--> statement-breakpoint
CREATE INDEX `organisation_key` ON `organisation` (`key_id`);