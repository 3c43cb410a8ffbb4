CREATE TABLE `service_event` (
	`id` text PRIMARY KEY NOT NULL,
	`client_id` text NOT NULL,
	`account_id` text,
	`subject` text NOT NULL,
	`kind` text NOT NULL,
	`detail` text NOT NULL,
	`txn` text NOT NULL,
	`at_ms` integer NOT NULL,
	`due_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`answer` text,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_event_once` ON `service_event` (`txn`,`client_id`,`subject`,`kind`,`detail`);--> statement-breakpoint
CREATE INDEX `service_event_waiting` ON `service_event` (`client_id`,`at_ms`) WHERE "service_event"."status" = 'waiting';--> statement-breakpoint
CREATE INDEX `service_event_account` ON `service_event` (`account_id`);--> statement-breakpoint
CREATE INDEX `service_event_at` ON `service_event` (`at_ms`);--> statement-breakpoint
CREATE TABLE `service_session` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`account_id` text NOT NULL,
	`client_id` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `service_session_session` ON `service_session` (`session_id`);--> statement-breakpoint
CREATE INDEX `service_session_account` ON `service_session` (`account_id`);--> statement-breakpoint
CREATE INDEX `service_session_created` ON `service_session` (`created_at_ms`);--> statement-breakpoint
ALTER TABLE `service_subject` ADD `told_level` integer;--> statement-breakpoint
UPDATE `service_subject` SET `told_level` = (SELECT d.`level` FROM `service_disclosure` d JOIN `service_client` c ON c.`portal` = d.`portal` AND c.`service` = d.`service` WHERE d.`account_id` = `service_subject`.`account_id` AND c.`id` = `service_subject`.`client_id` ORDER BY d.`at_ms` DESC LIMIT 1);
