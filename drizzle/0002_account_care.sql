CREATE TABLE `cancellation` (
	`account_id` text PRIMARY KEY NOT NULL,
	`requested_at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `cancellation_due` ON `cancellation` (`due_at_ms`);--> statement-breakpoint
CREATE TABLE `contact_change` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`change_sealed` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`done_at_ms` integer,
	`undone_at_ms` integer,
	`expires_at_ms` integer NOT NULL,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contact_change_account` ON `contact_change` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `contact_change_expiry` ON `contact_change` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `contact_change_key` ON `contact_change` (`key_id`);--> statement-breakpoint
CREATE TABLE `notice` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`facts` text NOT NULL,
	`at_ms` integer NOT NULL,
	`read_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `notice_account` ON `notice` (`account_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `notice_at` ON `notice` (`at_ms`);--> statement-breakpoint
CREATE TABLE `retention_receipt` (
	`id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`kind` text NOT NULL,
	`before_ms` integer NOT NULL,
	`rows` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `retention_receipt_at` ON `retention_receipt` (`at_ms`);--> statement-breakpoint
CREATE TABLE `wechat_binding` (
	`account_id` text PRIMARY KEY NOT NULL,
	`open_id_index` text NOT NULL,
	`open_id_sealed` text NOT NULL,
	`bound_at_ms` integer NOT NULL,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `wechat_binding_open_id_index_unique` ON `wechat_binding` (`open_id_index`);--> statement-breakpoint
CREATE INDEX `wechat_binding_key` ON `wechat_binding` (`key_id`);--> statement-breakpoint
CREATE TABLE `wechat_push` (
	`id` text PRIMARY KEY NOT NULL,
	`answer_sealed` text NOT NULL,
	`at_ms` integer NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `wechat_push_at` ON `wechat_push` (`at_ms`);--> statement-breakpoint
CREATE TABLE `wechat_scene` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`subject` text NOT NULL,
	`url` text NOT NULL,
	`open_id_index` text,
	`open_id_sealed` text,
	`scanned_at_ms` integer,
	`answered_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`key_id` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `wechat_scene_subject` ON `wechat_scene` (`purpose`,`subject`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `wechat_scene_open_id` ON `wechat_scene` (`open_id_index`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `wechat_scene_expiry` ON `wechat_scene` (`expires_at_ms`);--> statement-breakpoint
ALTER TABLE `session` ADD `proved_at_ms` integer;