CREATE TABLE `identifier` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`index` text,
	`sealed` text,
	`proved_at_ms` integer,
	`signs_in` integer NOT NULL,
	`key_id` text NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identifier_signs_in` ON `identifier` (`kind`,`index`) WHERE signs_in = 1;--> statement-breakpoint
CREATE INDEX `identifier_account` ON `identifier` (`account_id`,`kind`);--> statement-breakpoint
CREATE INDEX `identifier_index` ON `identifier` (`kind`,`index`);--> statement-breakpoint
CREATE INDEX `identifier_key` ON `identifier` (`key_id`);--> statement-breakpoint
CREATE INDEX `identifier_index_key` ON `identifier` (`index`);--> statement-breakpoint
INSERT INTO `identifier` SELECT `id` || '.document_number', `id`, 'document_number', `number_index`, NULL, NULL, 1, `key_id` FROM `account`;--> statement-breakpoint
INSERT INTO `identifier` SELECT `account_id` || '.wechat', `account_id`, 'wechat', `open_id_index`, NULL, `bound_at_ms`, 1, `key_id` FROM `wechat_binding`;--> statement-breakpoint
-- A mobile number was proved by the code that changed it, unless the change was taken back; or else when the account was
-- registered, unless that was done by WeChat: then a WeChat is there, or was taken off, that nobody bound before one was
-- taken off. Who registered by the WeChat of another account cannot be told from who registered by a code. A mail address was
-- proved only where a code to it changed it.
INSERT INTO `identifier` SELECT `id` || '.mobile', `id`, 'mobile', NULL, NULL, coalesce(
	(SELECT max(`at_ms`) FROM `audit` AS `changed` WHERE `changed`.`account_id` = `account`.`id` AND `action` = 'contact.changed' AND json_extract(`facts`, '$.kind') = 'mobile'
	AND NOT EXISTS (SELECT 1 FROM `audit` AS `later` WHERE `later`.`account_id` = `account`.`id` AND `later`.`at_ms` >= `changed`.`at_ms` AND `later`.`action` = 'contact.restored')),
	CASE WHEN NOT EXISTS (
		SELECT 1 FROM `audit` AS `bound` WHERE `bound`.`account_id` = `account`.`id` AND `bound`.`action` = 'wechat.bound'
		AND NOT EXISTS (SELECT 1 FROM `audit` AS `off` WHERE `off`.`account_id` = `account`.`id` AND `off`.`at_ms` <= `bound`.`at_ms` AND `off`.`action` IN ('wechat.unbound', 'contact.restored'))
	) AND (
		EXISTS (SELECT 1 FROM `wechat_binding` WHERE `wechat_binding`.`account_id` = `account`.`id`) OR
		EXISTS (SELECT 1 FROM `audit` WHERE `audit`.`account_id` = `account`.`id` AND `action` = 'wechat.unbound')
	) THEN NULL ELSE `created_at_ms` END
), 0, `key_id` FROM `account`;--> statement-breakpoint
INSERT INTO `identifier` SELECT `id` || '.email', `id`, 'email', NULL, NULL, (
	SELECT max(`at_ms`) FROM `audit` AS `changed` WHERE `changed`.`account_id` = `account`.`id` AND `action` = 'contact.changed' AND json_extract(`facts`, '$.kind') = 'email'
	AND NOT EXISTS (SELECT 1 FROM `audit` AS `later` WHERE `later`.`account_id` = `account`.`id` AND `later`.`at_ms` >= `changed`.`at_ms` AND `later`.`action` IN ('contact.restored', 'help_desk.corrected'))
), 0, `key_id` FROM `account`;--> statement-breakpoint
ALTER TABLE `account` ADD `wechat_sealed` text;--> statement-breakpoint
UPDATE `account` SET `wechat_sealed` = (SELECT `open_id_sealed` FROM `wechat_binding` WHERE `wechat_binding`.`account_id` = `account`.`id`);--> statement-breakpoint
DROP TABLE `wechat_binding`;--> statement-breakpoint
DROP INDEX `account_number_index_unique`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `number_index`;--> statement-breakpoint
ALTER TABLE `account` ADD `status` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `account` ADD `restorable_until_ms` integer;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `identity_sealed` TO `identity_before`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `contact_sealed` TO `contact_before`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `password_hash` TO `password_before`;--> statement-breakpoint
ALTER TABLE `account` RENAME COLUMN `document_type` TO `document_before`;--> statement-breakpoint
ALTER TABLE `account` ADD `document_type` text;--> statement-breakpoint
ALTER TABLE `account` ADD `identity_sealed` text;--> statement-breakpoint
ALTER TABLE `account` ADD `contact_sealed` text;--> statement-breakpoint
ALTER TABLE `account` ADD `password_hash` text;--> statement-breakpoint
UPDATE `account` SET `document_type` = `document_before`, `identity_sealed` = `identity_before`, `contact_sealed` = `contact_before`, `password_hash` = `password_before`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `document_before`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `identity_before`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `contact_before`;--> statement-breakpoint
ALTER TABLE `account` DROP COLUMN `password_before`;--> statement-breakpoint
CREATE INDEX `account_unmoved` ON `account` (`id`) WHERE contact_sealed is not null;
