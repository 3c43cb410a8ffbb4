-- A registration waits for a second person before it is in force, and ends. Those that are there are told what they were told.
CREATE TABLE `__new_service_client` (
	`id` text PRIMARY KEY NOT NULL,
	`portal` text NOT NULL,
	`service` text NOT NULL,
	`registration` text,
	`suspended_at_ms` integer,
	`proposal` text,
	`proposed_by_id` text,
	`proposed_at_ms` integer,
	`created_at_ms` integer NOT NULL,
	`version` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_service_client`("id", "portal", "service", "registration", "created_at_ms", "version") SELECT "id", "portal", "service", json_set("registration", '$.jwksUri', NULL, '$.backchannelLogoutUri', NULL, '$.eventsUri', NULL, '$.required', json(CASE "service" WHEN 'satisfaction' THEN '[]' ELSE '["name","document"]' END), '$.optional', json('[]')), "created_at_ms", "version" FROM `service_client`;--> statement-breakpoint
DROP TABLE `service_client`;--> statement-breakpoint
ALTER TABLE `__new_service_client` RENAME TO `service_client`;--> statement-breakpoint
CREATE UNIQUE INDEX `service_client_service` ON `service_client` (`portal`,`service`);--> statement-breakpoint
ALTER TABLE `consent` ADD `fields` text;--> statement-breakpoint
UPDATE `consent` SET `fields` = CASE WHEN "receiver" IN ('certification', 'periodic-registration', 'qualification', 'conscription') THEN '["name","document"]' ELSE '[]' END WHERE "kind" = 'service';
