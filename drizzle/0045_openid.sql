CREATE TABLE `service_client` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`service` text NOT NULL,
	`registration` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_client_service` ON `service_client` (`portal`,`service`);--> statement-breakpoint
CREATE TABLE `service_disclosure` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`portal` text NOT NULL,
	`service` text NOT NULL,
	`fields` text NOT NULL,
	`level` integer NOT NULL,
	`at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `service_disclosure_account` ON `service_disclosure` (`account_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `service_disclosure_at` ON `service_disclosure` (`at_ms`);--> statement-breakpoint
CREATE TABLE `service_subject` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`client_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_subject_account` ON `service_subject` (`account_id`,`client_id`);--> statement-breakpoint
CREATE TABLE `service_token` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`group_id` text,
	`payload_sealed` text NOT NULL,
	`key_id` text NOT NULL,
	`consumed_at_ms` integer,
	`expires_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `service_token_group` ON `service_token` (`group_id`);--> statement-breakpoint
CREATE INDEX `service_token_account` ON `service_token` (`account_id`);--> statement-breakpoint
CREATE INDEX `service_token_expires` ON `service_token` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `service_token_key` ON `service_token` (`key_id`);