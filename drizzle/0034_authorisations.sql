CREATE TABLE `authorisation` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`portal` text NOT NULL,
	`service` text NOT NULL,
	`purposes` text NOT NULL,
	`uses_allowed` integer,
	`used` integer DEFAULT 0 NOT NULL,
	`opened_at_ms` integer NOT NULL,
	`until_ms` integer NOT NULL,
	`closed_at_ms` integer,
	`closed_by` text,
	`look_at_ms` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `authorisation_open` ON `authorisation` (`account_id`,`portal`) WHERE "authorisation"."closed_at_ms" is null;--> statement-breakpoint
CREATE INDEX `authorisation_look` ON `authorisation` (`look_at_ms`);--> statement-breakpoint
CREATE INDEX `authorisation_account` ON `authorisation` (`account_id`,`opened_at_ms`);--> statement-breakpoint
CREATE TABLE `office_key` (
	`id` text PRIMARY KEY NOT NULL,
	`office` text NOT NULL,
	`public_key` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`revoked_at_ms` integer
);
--> statement-breakpoint
CREATE TABLE `office_question` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`portal` text NOT NULL,
	`office_key_id` text NOT NULL,
	`nonce` text NOT NULL,
	`request_id` text NOT NULL,
	`body_digest` text NOT NULL,
	`office` text NOT NULL,
	`purpose` text NOT NULL,
	`is_yes` integer NOT NULL,
	`at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `office_question_nonce` ON `office_question` (`office_key_id`,`nonce`);--> statement-breakpoint
CREATE INDEX `office_question_account` ON `office_question` (`account_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `office_question_at` ON `office_question` (`at_ms`);