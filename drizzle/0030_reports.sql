ALTER TABLE `photo_check` ADD `report_status` text;--> statement-breakpoint
ALTER TABLE `photo_check` ADD `report_tries` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `photo_check` ADD `report_next_at_ms` integer;--> statement-breakpoint
ALTER TABLE `photo_check` ADD `report_code` text;--> statement-breakpoint
CREATE INDEX `photo_check_report` ON `photo_check` (`report_next_at_ms`) WHERE "photo_check"."report_next_at_ms" is not null;