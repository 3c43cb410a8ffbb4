CREATE TABLE `network_credential` (
	`version` integer PRIMARY KEY NOT NULL,
	`guide` text NOT NULL,
	`changed_at_ms` integer NOT NULL,
	`changed_by_id` text NOT NULL
);
