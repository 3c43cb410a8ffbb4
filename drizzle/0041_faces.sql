CREATE TABLE `face_check` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`purpose` text NOT NULL,
	`about` text,
	`person` text NOT NULL,
	`asked_at_ms` integer NOT NULL,
	`ended_at_ms` integer,
	`status` text NOT NULL,
	`picture_fault` text,
	`provider` text,
	`raw_code` text,
	`vendor_request_id` text,
	`score` real,
	`model` text,
	`spent_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `face_check_account` ON `face_check` (`account_id`,`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `face_check_person` ON `face_check` (`person`,`asked_at_ms`);--> statement-breakpoint
CREATE INDEX `face_check_status` ON `face_check` (`status`,`asked_at_ms`);