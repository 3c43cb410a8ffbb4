CREATE TABLE `photo_check` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`portal` text NOT NULL,
	`record_sealed` text NOT NULL,
	`record_index` text NOT NULL,
	`answer` text NOT NULL,
	`case_id` text,
	`stars` integer,
	`answered_at_ms` integer NOT NULL,
	`reopened_at_ms` integer,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `photo_check_answer` ON `photo_check` (`account_id`,`record_index`) WHERE "photo_check"."reopened_at_ms" is null;--> statement-breakpoint
CREATE INDEX `photo_check_case` ON `photo_check` (`case_id`);--> statement-breakpoint
CREATE INDEX `photo_check_key` ON `photo_check` (`key_id`);--> statement-breakpoint
ALTER TABLE `case` ADD `scope` text;--> statement-breakpoint
CREATE INDEX `case_scope` ON `case` (`scope`,`kind`,`status`,`stage`,`due_at_ms`) WHERE scope is not null;--> statement-breakpoint
ALTER TABLE `staff` ADD `scope` text;