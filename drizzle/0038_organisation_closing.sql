ALTER TABLE `organisation` ADD `letters` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `organisation` ADD `closes_at_ms` integer;--> statement-breakpoint
CREATE INDEX `organisation_closes` ON `organisation` (`closes_at_ms`);--> statement-breakpoint
UPDATE `organisation` SET `letters` = `approved`.`letters` FROM (SELECT json_extract(`facts`, '$.organisation') AS `id`, json_group_array(json_extract(`facts`, '$.case')) AS `letters` FROM `audit` WHERE `action` = 'organisation.approved' GROUP BY 1) AS `approved` WHERE `approved`.`id` = `organisation`.`id`;
