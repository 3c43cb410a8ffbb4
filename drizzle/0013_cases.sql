ALTER TABLE `review_request` RENAME TO `case`;--> statement-breakpoint
ALTER TABLE `review_photo` RENAME TO `case_photo`;--> statement-breakpoint
ALTER TABLE `case_photo` RENAME COLUMN `request_id` TO `case_id`;--> statement-breakpoint
ALTER TABLE `review_decision` RENAME TO `case_decision`;--> statement-breakpoint
ALTER TABLE `case_decision` RENAME COLUMN `request_id` TO `case_id`;--> statement-breakpoint
ALTER TABLE `case_decision` RENAME COLUMN `request_version` TO `case_version`;--> statement-breakpoint
ALTER TABLE `review_reason` RENAME TO `case_reason`;--> statement-breakpoint
ALTER TABLE `help_desk_change` RENAME TO `correction`;--> statement-breakpoint
DROP INDEX `review_decision_once`;--> statement-breakpoint
DROP INDEX `review_decision_request`;--> statement-breakpoint
DROP INDEX `review_decision_reviewer`;--> statement-breakpoint
DROP INDEX `review_decision_decided`;--> statement-breakpoint
DROP INDEX `review_photo_photo`;--> statement-breakpoint
DROP INDEX `review_reason_decision`;--> statement-breakpoint
DROP INDEX `review_reason_code`;--> statement-breakpoint
DROP INDEX `review_reason_key`;--> statement-breakpoint
DROP INDEX `review_request_case_number_unique`;--> statement-breakpoint
DROP INDEX `review_request_draft`;--> statement-breakpoint
DROP INDEX `review_request_open`;--> statement-breakpoint
DROP INDEX `review_request_account`;--> statement-breakpoint
DROP INDEX `review_request_queue`;--> statement-breakpoint
DROP INDEX `review_request_holder`;--> statement-breakpoint
DROP INDEX `review_request_name`;--> statement-breakpoint
DROP INDEX `review_request_submitted`;--> statement-breakpoint
DROP INDEX `review_request_ended`;--> statement-breakpoint
DROP INDEX `review_request_expiry`;--> statement-breakpoint
DROP INDEX `review_request_key`;--> statement-breakpoint
DROP INDEX `help_desk_change_status`;--> statement-breakpoint
DROP INDEX `help_desk_change_account`;--> statement-breakpoint
DROP INDEX `help_desk_change_key`;--> statement-breakpoint
DROP INDEX `review_request_assigned`;--> statement-breakpoint
CREATE UNIQUE INDEX `case_decision_once` ON `case_decision` (`case_id`,`round`,`stage`) WHERE "case_decision"."undone_at_ms" is null;--> statement-breakpoint
CREATE INDEX `case_decision_case` ON `case_decision` (`case_id`);--> statement-breakpoint
CREATE INDEX `case_decision_reviewer` ON `case_decision` (`reviewer_id`,`decided_at_ms`);--> statement-breakpoint
CREATE INDEX `case_decision_decided` ON `case_decision` (`decided_at_ms`);--> statement-breakpoint
CREATE INDEX `case_photo_photo` ON `case_photo` (`photo_id`);--> statement-breakpoint
CREATE INDEX `case_reason_decision` ON `case_reason` (`decision_id`,`place`);--> statement-breakpoint
CREATE INDEX `case_reason_code` ON `case_reason` (`code`,`at_ms`);--> statement-breakpoint
CREATE INDEX `case_reason_key` ON `case_reason` (`key_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_case_number_unique` ON `case` (`case_number`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_draft` ON `case` (`account_id`) WHERE "case"."status" = 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX `case_open` ON `case` (`account_id`) WHERE "case"."status" in ('waiting', 'deciding', 'returned');--> statement-breakpoint
CREATE INDEX `case_account` ON `case` (`account_id`,`created_at_ms`);--> statement-breakpoint
CREATE INDEX `case_queue` ON `case` (`status`,`stage`,`due_at_ms`,`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `case_holder` ON `case` (`holder_id`,`lease_ends_at_ms`);--> statement-breakpoint
CREATE INDEX `case_name` ON `case` (`name_index`);--> statement-breakpoint
CREATE INDEX `case_submitted` ON `case` (`submitted_at_ms`);--> statement-breakpoint
CREATE INDEX `case_ended` ON `case` (`ended_at_ms`);--> statement-breakpoint
CREATE INDEX `case_expiry` ON `case` (`expires_at_ms`);--> statement-breakpoint
CREATE INDEX `case_key` ON `case` (`key_id`);--> statement-breakpoint
CREATE INDEX `correction_status` ON `correction` (`status`,`requested_at_ms`);--> statement-breakpoint
CREATE INDEX `correction_account` ON `correction` (`account_id`,`requested_at_ms`);--> statement-breakpoint
CREATE INDEX `correction_key` ON `correction` (`key_id`);--> statement-breakpoint
CREATE INDEX `case_assigned` ON `case` (`assigned_to_id`) WHERE assigned_to_id is not null;