CREATE INDEX `photo_check_account` ON `photo_check` (`account_id`,`answered_at_ms`);--> statement-breakpoint
CREATE INDEX `photo_check_record` ON `photo_check` (`record_index`);