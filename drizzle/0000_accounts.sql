CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`document_type` text NOT NULL,
	`number_index` text NOT NULL,
	`identity_sealed` text NOT NULL,
	`contact_sealed` text NOT NULL,
	`profile_sealed` text,
	`password_hash` text NOT NULL,
	`level` integer NOT NULL,
	`verified_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_number_index_unique` ON `account` (`number_index`);--> statement-breakpoint
CREATE INDEX `account_key` ON `account` (`key_id`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`version` text NOT NULL,
	`given_at_ms` integer NOT NULL,
	`withdrawn_at_ms` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `consent_account` ON `consent` (`account_id`);--> statement-breakpoint
CREATE TABLE `allowance` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`at_ms` integer NOT NULL,
	`is_counted` integer NOT NULL,
	`reason` text
);
--> statement-breakpoint
CREATE INDEX `allowance_subject` ON `allowance` (`kind`,`subject`,`at_ms`);--> statement-breakpoint
CREATE INDEX `allowance_at` ON `allowance` (`at_ms`);--> statement-breakpoint
CREATE TABLE `audit_block` (
	`block` integer PRIMARY KEY NOT NULL,
	`sealed_at_ms` integer NOT NULL,
	`rows` integer NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`account_id` text,
	`request_id` text NOT NULL,
	`facts` text NOT NULL,
	`block` integer
);
--> statement-breakpoint
CREATE INDEX `audit_sealing` ON `audit` (`block`,`at_ms`);--> statement-breakpoint
CREATE INDEX `audit_account` ON `audit` (`account_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `challenge` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`secret_hash` text NOT NULL,
	`tries_left` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `challenge_subject` ON `challenge` (`purpose`,`subject`);--> statement-breakpoint
CREATE INDEX `challenge_expiry` ON `challenge` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`message_sealed` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`due_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`sent_at_ms` integer,
	`vendor` text,
	`vendor_code` text,
	`vendor_message_id` text,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`status`,`due_at_ms`);--> statement-breakpoint
CREATE INDEX `outbox_expiry` ON `outbox` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `outbox_key` ON `outbox` (`key_id`);--> statement-breakpoint
CREATE TABLE `puzzle` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`device_id` text NOT NULL,
	`x` integer NOT NULL,
	`width` integer NOT NULL,
	`expires_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `puzzle_expiry` ON `puzzle` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `refusal` (
	`code` text,
	CONSTRAINT "refused" CHECK("refusal"."code" is null and "refusal"."code" is not null)
);
--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`account_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`label` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `session_seen` ON `session` (`last_seen_at_ms`);--> statement-breakpoint
CREATE TABLE `registration` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`status` text NOT NULL,
	`draft_sealed` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `registration_expiry` ON `registration` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `registration_key` ON `registration` (`key_id`);--> statement-breakpoint
CREATE TABLE `verification` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`asked_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`status` text NOT NULL,
	`provider` text,
	`raw_code` text,
	`vendor_request_id` text
);
--> statement-breakpoint
CREATE INDEX `verification_account` ON `verification` (`account_id`,`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `verification_status` ON `verification` (`status`,`asked_at_ms`);