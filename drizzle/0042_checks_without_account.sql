-- Checks of registrations that nobody finished were left behind when these were deleted.
DELETE FROM `verification` WHERE `account_id` NOT IN (SELECT `id` FROM `account`) AND `account_id` NOT IN (SELECT `id` FROM `registration`);
