/** Imported first by journeys through the business portal: the stack of the file starts with all three. */
process.env['PORTALS'] = 'teacher,student,business';
