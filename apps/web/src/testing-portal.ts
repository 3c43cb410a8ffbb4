import { teacherPortal } from '@shiming/domain';

// A document says which portal it is of.
const said = document.createElement('script');
said.type = 'application/json';
said.id = 'portal';
said.textContent = JSON.stringify({ ...teacherPortal, prefix: '' });
document.head.append(said);
