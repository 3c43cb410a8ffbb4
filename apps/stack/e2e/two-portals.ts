/** Imported first by journeys through two portals: the stack of the file starts with them. */
process.env['PORTALS'] = 'teacher,student';
