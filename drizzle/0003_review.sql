CREATE TABLE `photo` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`orientation` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`remove_after_ms` integer,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `photo_account` ON `photo` (`account_id`);--> statement-breakpoint
CREATE INDEX `photo_removal` ON `photo` (`remove_after_ms`);--> statement-breakpoint
CREATE INDEX `photo_key` ON `photo` (`key_id`);--> statement-breakpoint
CREATE TABLE `review_decision` (
	`id` text PRIMARY KEY NOT NULL,
	`request_id` text NOT NULL,
	`round` integer NOT NULL,
	`stage` text NOT NULL,
	`reviewer_id` text NOT NULL,
	`outcome` text NOT NULL,
	`request_version` integer NOT NULL,
	`taken_at_ms` integer NOT NULL,
	`decided_at_ms` integer NOT NULL,
	`undone_at_ms` integer,
	`settled_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_decision_once` ON `review_decision` (`request_id`,`round`,`stage`) WHERE "review_decision"."undone_at_ms" is null;--> statement-breakpoint
CREATE INDEX `review_decision_request` ON `review_decision` (`request_id`);--> statement-breakpoint
CREATE INDEX `review_decision_reviewer` ON `review_decision` (`reviewer_id`,`decided_at_ms`);--> statement-breakpoint
CREATE INDEX `review_decision_decided` ON `review_decision` (`decided_at_ms`);--> statement-breakpoint
CREATE TABLE `review_photo` (
	`request_id` text NOT NULL,
	`side` text NOT NULL,
	`photo_id` text NOT NULL,
	PRIMARY KEY(`request_id`, `side`)
);
--> statement-breakpoint
CREATE INDEX `review_photo_photo` ON `review_photo` (`photo_id`);--> statement-breakpoint
CREATE TABLE `review_reason` (
	`id` text PRIMARY KEY NOT NULL,
	`decision_id` text NOT NULL,
	`place` integer NOT NULL,
	`code` text NOT NULL,
	`item` text NOT NULL,
	`mark` text,
	`note_sealed` text,
	`at_ms` integer NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `review_reason_decision` ON `review_reason` (`decision_id`,`place`);--> statement-breakpoint
CREATE INDEX `review_reason_code` ON `review_reason` (`code`,`at_ms`);--> statement-breakpoint
CREATE INDEX `review_reason_key` ON `review_reason` (`key_id`);--> statement-breakpoint
CREATE TABLE `review_request` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`case_number` text,
	`status` text NOT NULL,
	`stage` text NOT NULL,
	`round` integer DEFAULT 1 NOT NULL,
	`document_type` text NOT NULL,
	`answers_sealed` text,
	`channel` text NOT NULL,
	`name_index` text,
	`flags` text NOT NULL,
	`rejections_before` integer DEFAULT 0 NOT NULL,
	`second_causes` text,
	`corrects_id` text,
	`attempt_id` text,
	`holder_id` text,
	`lease_ends_at_ms` integer,
	`taken_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`submitted_at_ms` integer,
	`due_at_ms` integer,
	`is_due_provisional` integer DEFAULT false NOT NULL,
	`opened_at_ms` integer,
	`settles_at_ms` integer,
	`ended_at_ms` integer,
	`expires_at_ms` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `review_request_case_number_unique` ON `review_request` (`case_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `review_request_draft` ON `review_request` (`account_id`) WHERE "review_request"."status" = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `review_request_open` ON `review_request` (`account_id`) WHERE "review_request"."status" in ('waiting', 'deciding', 'returned');--> statement-breakpoint
CREATE INDEX `review_request_account` ON `review_request` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_queue` ON `review_request` (`status`,`stage`,`due_at_ms`,`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_holder` ON `review_request` (`holder_id`,`lease_ends_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_name` ON `review_request` (`name_index`);--> statement-breakpoint
CREATE INDEX `review_request_submitted` ON `review_request` (`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_ended` ON `review_request` (`ended_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_expiry` ON `review_request` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `review_request_key` ON `review_request` (`key_id`);--> statement-breakpoint
CREATE TABLE `help_desk_change` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`change_sealed` text NOT NULL,
	`requested_by_id` text NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`decided_by_id` text,
	`decided_at_ms` integer,
	`expires_at_ms` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `help_desk_change_status` ON `help_desk_change` (`status`,`requested_at_ms`);--> statement-breakpoint
CREATE INDEX `help_desk_change_account` ON `help_desk_change` (`account_id`,`requested_at_ms`);--> statement-breakpoint
CREATE INDEX `help_desk_change_key` ON `help_desk_change` (`key_id`);--> statement-breakpoint
CREATE TABLE `staff_passkey` (
	`id` text PRIMARY KEY NOT NULL,
	`staff_id` text NOT NULL,
	`public_key` text NOT NULL,
	`counter` integer NOT NULL,
	`transports` text NOT NULL,
	`label` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_used_at_ms` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_passkey_staff` ON `staff_passkey` (`staff_id`);--> statement-breakpoint
CREATE TABLE `staff_session` (
	`id` text PRIMARY KEY NOT NULL,
	`secret_hash` text NOT NULL,
	`staff_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`last_seen_at_ms` integer NOT NULL,
	`proved_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`label` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `staff_session_staff` ON `staff_session` (`staff_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `staff_session_seen` ON `staff_session` (`last_seen_at_ms`);--> statement-breakpoint
CREATE TABLE `staff` (
	`id` text PRIMARY KEY NOT NULL,
	`login_name` text NOT NULL,
	`person_sealed` text NOT NULL,
	`number_index` text,
	`role` text NOT NULL,
	`status` text NOT NULL,
	`password_hash` text,
	`totp_sealed` text,
	`totp_last_step` integer,
	`created_at_ms` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_login_name_unique` ON `staff` (`login_name`);--> statement-breakpoint
CREATE INDEX `staff_key` ON `staff` (`key_id`);--> statement-breakpoint
CREATE INDEX `staff_role` ON `staff` (`role`,`status`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit` (`at_ms`);