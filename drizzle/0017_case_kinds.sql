ALTER TABLE `case_photo` RENAME COLUMN `side` TO `slot`;--> statement-breakpoint
CREATE TABLE `__new_case` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text DEFAULT 'manual_review' NOT NULL,
	`account_id` text,
	`number_index` text,
	`portal` text NOT NULL,
	`case_number` text,
	`status` text NOT NULL,
	`stage` text NOT NULL,
	`round` integer DEFAULT 1 NOT NULL,
	`document_type` text,
	`answers_sealed` text,
	`former_identity_sealed` text,
	`assigned_to_id` text,
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
INSERT INTO `__new_case`("id", "kind", "account_id", "number_index", "portal", "case_number", "status", "stage", "round", "document_type", "answers_sealed", "former_identity_sealed", "assigned_to_id", "channel", "name_index", "flags", "rejections_before", "second_causes", "corrects_id", "attempt_id", "holder_id", "lease_ends_at_ms", "taken_at_ms", "created_at_ms", "submitted_at_ms", "due_at_ms", "is_due_provisional", "opened_at_ms", "settles_at_ms", "ended_at_ms", "expires_at_ms", "version", "key_id") SELECT "id", 'manual_review', "account_id", NULL, "portal", "case_number", "status", "stage", "round", "document_type", "answers_sealed", "former_identity_sealed", "assigned_to_id", "channel", "name_index", "flags", "rejections_before", "second_causes", "corrects_id", "attempt_id", "holder_id", "lease_ends_at_ms", "taken_at_ms", "created_at_ms", "submitted_at_ms", "due_at_ms", "is_due_provisional", "opened_at_ms", "settles_at_ms", "ended_at_ms", "expires_at_ms", "version", "key_id" FROM `case` ORDER BY rowid;--> statement-breakpoint
DROP TABLE `case`;--> statement-breakpoint
ALTER TABLE `__new_case` RENAME TO `case`;--> statement-breakpoint
CREATE UNIQUE INDEX `case_case_number_unique` ON `case` (`case_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_draft` ON `case` (`account_id`) WHERE "case"."kind" = 'manual_review' and "case"."status" = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `case_open` ON `case` (`account_id`) WHERE "case"."kind" = 'manual_review' and "case"."status" in ('waiting', 'deciding', 'returned');--> statement-breakpoint
CREATE INDEX `case_account` ON `case` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `case_queue` ON `case` (`kind`,`status`,`stage`,`due_at_ms`,`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `case_holder` ON `case` (`holder_id`,`lease_ends_at_ms`);--> statement-breakpoint
CREATE INDEX `case_assigned` ON `case` (`assigned_to_id`) WHERE assigned_to_id is not null;--> statement-breakpoint
CREATE INDEX `case_name` ON `case` (`name_index`);--> statement-breakpoint
CREATE INDEX `case_number` ON `case` (`number_index`);--> statement-breakpoint
CREATE INDEX `case_submitted` ON `case` (`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `case_ended` ON `case` (`ended_at_ms`);--> statement-breakpoint
CREATE INDEX `case_expiry` ON `case` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `case_key` ON `case` (`key_id`);--> statement-breakpoint
CREATE TABLE `__new_photo` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
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
INSERT INTO `__new_photo`("id", "account_id", "content_hash", "bytes", "width", "height", "orientation", "created_at_ms", "remove_after_ms", "key_id") SELECT "id", "account_id", "content_hash", "bytes", "width", "height", "orientation", "created_at_ms", "remove_after_ms", "key_id" FROM `photo` ORDER BY rowid;--> statement-breakpoint
DROP TABLE `photo`;--> statement-breakpoint
ALTER TABLE `__new_photo` RENAME TO `photo`;--> statement-breakpoint
CREATE INDEX `photo_account` ON `photo` (`account_id`);--> statement-breakpoint
CREATE INDEX `photo_removal` ON `photo` (`remove_after_ms`);--> statement-breakpoint
CREATE INDEX `photo_key` ON `photo` (`key_id`);--> statement-breakpoint
CREATE INDEX `photo_content` ON `photo` (`content_hash`);