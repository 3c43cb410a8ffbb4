DROP INDEX `service_session_session`;--> statement-breakpoint
DROP INDEX `organisation_closes`;--> statement-breakpoint
DROP INDEX `case_decision_reviewer`;--> statement-breakpoint
DROP INDEX `case_reason_code`;--> statement-breakpoint
CREATE INDEX `record_asking` ON `record` (`asked_at_ms`) WHERE "record"."ask_id" is not null;