/** Why a procedure makes more than two round trips to the database. */
export const reasons: Readonly<Record<string, string>> = {
  'agency.handOver': 'which allowance is used up, and until when, is read from the ledger',
  'agency.takeUp':
    'the try is committed before anything is compared, and the new password is claimed before it is hashed',
  'auditTrail.findAccount': 'that somebody looked is recorded for the account',
  'auditTrail.check':
    'which rows make a part is known from the blocks, and what came of it is recorded',
  'authorisation.open':
    'when a limit that is used up lets the next one through is read after the refusal',
  'authorisation.answerMatter':
    'the matter is looked at before password and code are tried, and each try is counted before it is compared',
  'binding.current': 'the request and the record of study are found beside each other',
  'binding.ask':
    'the record, or the claim and the authority’s answer, and the classmate are looked for first; when a limit lets the next one through is read after the refusal',
  'binding.inbox': 'who asks is known before their records are read',
  'binding.confirm':
    'the request, then both records are read; when a limit lets the next one through is read after the refusal',
  'binding.decline': 'whose request it is, is read before it is answered',
  'binding.takeBack': 'whose request it is, is read before it is answered',
  'claim.object': 'the claimant, who gets a notice, is another account',
  'claim.withdraw': 'which claim is open is read before it is taken back',
  'contact.current':
    'how many codes are left is counted for the new contact, which is sealed in the change',
  'contact.begin':
    'the code is committed before it goes to the gateway, and what the gateway said after it',
  'contact.confirm':
    'the try is committed before the code is compared; who else has the contact is read after the refusal',
  'contact.sendMailProof':
    'when a limit that is used up lets the next one through is read after the refusal',
  'contact.disownMail':
    'a link that was used is looked at once more: the same act again gets the same answer',
  'data.export': 'when a limit that is used up lets the next one through is read after the refusal',
  'data.giveConsent':
    'when a limit that is used up lets the next one through is read after the refusal; a try at the code of a guardian is counted first',
  'data.requestCancellation':
    'when a limit that is used up lets the next one through is read after the refusal',
  'desk.claim':
    'the claim names the other account, and the look at both is recorded before it is handed out',
  'desk.revealClaim':
    'the claim names the other account, and the look at both is recorded before it is handed out',
  'desk.decideClaim':
    'the case and its claim are read before it is written, and once more where somebody came in between',
  'desk.search': 'whom a search has found is recorded before it is handed out',
  'desk.take':
    'the case is read before it is written, and once more where somebody came in between',
  'desk.case':
    'a senior’s look at a case that is not theirs is recorded once it is known that it is one',
  'desk.reveal': 'the look is recorded before anything is handed out',
  'desk.decide':
    'the case is read before it is written, and once more where somebody came in between',
  'desk.undo':
    'the case is read before it is written, and once more where somebody came in between',
  'desk.assign':
    'who it is given to is read with all accounts of that person, and the case once more where somebody came in between',
  'desk.reopen':
    'the case is read before it is written, and once more where somebody came in between',
  'dispute.search': 'whom a search has found is recorded before it is handed out',
  'dispute.findConfirmed': 'whom a search has found is recorded before it is handed out',
  'dispute.reopen': 'whose answer it is stands in its row',
  'dispute.assign': 'whose case it is stands in its row',
  'dispute.take':
    'the case is read before it is written, and once more where somebody came in between',
  'dispute.view':
    'whose case it is decides whether its trail is read; a look at one that is not on the own screen is recorded',
  'dispute.reveal': 'the look is recorded before anything is handed out',
  'dispute.decide':
    'the case is read before it is written, and once more where somebody came in between',
  'dispute.undo':
    'the case is read before it is written, and once more where somebody came in between',
  'face.begin': 'when a limit is used up, the ledger is read for the instant at which it resumes',
  'face.submit':
    'the try is claimed before the authority is asked, and what it said is written after it',
  'face.beginRecovery':
    'when a limit is used up, the ledger is read for the instant at which it resumes',
  'face.proveRecovery':
    'the try is claimed before the authority is asked, and what it said is written after it',
  'face.beginActivation':
    'when a limit is used up, the ledger is read for the instant at which it resumes',
  'face.activate':
    'the try is claimed before the authority is asked, what it said is written after it, and where the registration then stands is read',
  'guardian.give':
    'when a limit that is used up lets the next one through is read after the refusal',
  'guardian.refuse':
    'when a limit that is used up lets the next one through is read after the refusal',
  'guardian.withdraw':
    'whose child it is, and how the child gets the notice, is read before it is withdrawn',
  'helpDesk.find': 'that somebody looked is recorded for the account',
  'helpDesk.reveal':
    'whose account it is, and whether it has the item, is known before the look is recorded',
  'helpDesk.requestCorrection': 'what is there now is sealed in the row of the account',
  'helpDesk.ticket':
    'a look at a ticket that is not theirs is recorded, and the account with its number is looked up',
  'helpDesk.revealTicket': 'the look is recorded before anything is handed out',
  'helpDesk.decideTicket':
    'the ticket is read before it is written, and once more where somebody came in between',
  'helpDesk.revealCorrection':
    'whose account it is, and who asked, is known before the look is recorded',
  'helpDesk.approve':
    'the correction, and what is there now, are sealed in their rows, and who gives a number back is another account',
  'helpDesk.refuse': 'whose account it is, and who asked, decides whether this member may',
  'identity.give':
    'a try is counted before a number is said to be taken, or before the code of a guardian is compared; whether a claim on it is decided is read after the refusal',
  'login.changePassword':
    'the try is committed before the current password is looked at, and the new one is claimed before it is hashed',
  'ministry.arrive':
    'what came back is spent before the ministry is asked, and its answer names the account',
  'ministry.link': 'who has arrived is read before it is written',
  'networkCredential.save': 'the newest version is read before the next one is written',
  'organisation.setPassword':
    'the letter and its organisation are read, and a hash is claimed, before it is made and written',
  'organisation.sendContactCode':
    'the password is claimed before it is looked at, and given back; when a limit lets the next one through is read after the refusal',
  'organisation.changeContact':
    'the session, the counted try, the change, and the try of a right code given back where it is refused',
  'organisation.changePassword':
    'the password is claimed before it is looked at, and given back; when a limit lets the next one through is read after the refusal',
  'organisation.export':
    'the password is claimed before it is looked at, and given back; when a limit lets the next one through is read after the refusal',
  'organisation.requestClosing':
    'the password is claimed before it is looked at, and given back; when a limit lets the next one through is read after the refusal',
  'photoCheck.confirm': 'what is confirmed is sealed in its row',
  'photoCheck.dispute':
    'what is disputed is sealed in its row; when a limit that is used up lets the next one through is read after the refusal',
  'photoCheck.withdraw': 'how far the dispute is stands in its row',
  'profile.save': 'a try at the code of a guardian is counted before it is compared',
  'proof.byPassword': 'the try is committed before the password is looked at',
  'proof.sendCode':
    'the code is committed before it goes to the gateway, and what the gateway said after it',
  'proof.byCode': 'the try is committed before the code is compared',
  'proof.byAuthority':
    'the try is committed before the authority is asked, and its answer after it',
  'records.refresh': 'the try is committed before the authority is asked, and its answer after it',
  'records.bind': 'what is bound is sealed in its rows',
  'recovery.begin':
    'when a limit is used up, the ledger is read for the instant at which it resumes',
  'recovery.sendCode':
    'the code is committed before it goes to the gateway, and what the gateway said after it',
  'recovery.resetPassword':
    'the new password is claimed before it is hashed, and a right code that is refused keeps its try',
  'recovery.resetByFace':
    'nothing is said of the password before the face was shown, and the new one is claimed before it is hashed',
  'recovery.sendLink':
    'when a limit is used up, the ledger is read for the instant at which it resumes',
  'recovery.sendWeChatScene':
    'the ticket is spent before the platform is asked, and the QR code stored after it',
  'recovery.resetByLink': 'the new password is claimed before it is hashed',
  'registration.saveDocument':
    'a refusal at the limit also reads when the limit resumes; a try at the code of a guardian is counted first',
  'registration.savePassword': 'the new password is claimed before it is hashed',
  'registration.sendCode':
    'the code is committed before it goes to the gateway, and what the gateway said after it',
  'registration.sendWeChatCode':
    'the ticket is spent before the platform is asked, and the QR code stored after it',
  'registration.proveContact':
    'the try of a right code is given back where the WeChat belongs to another account',
  'registration.verify':
    'the try is committed before the authority is asked, its answer after it, and then read with what is left',
  'registration.takeTicket':
    'an open ticket is found before one is counted, and the draft is read with it; a refusal at the limit also reads when the limit resumes',
  'registration.submit':
    'an account that gives up its number is looked for by the number, which is sealed in the draft; who has come from the ministry, and whether another account is linked, is read only with the cookie of a visit',
  'review.saveAnswers': 'what may be changed depends on what was sent back',
  'review.removePhoto': 'what may be changed depends on what was sent back',
  'review.handOffPhoto':
    'what may be changed depends on what was sent back; an hour that is used up says from the ledger when it ends',
  'review.submit':
    'the request is read before it is sent off, and a period that is used up says from the ledger when it ends',
  'review.withdraw': 'the request is read before it is taken back',
  'review.correct': 'the request that ended is read before it is carried over',
  'serviceClient.propose': 'what is in force decides whether it waits for a second person',
  'serviceClient.decide': 'what waits is read before it takes the place of what is in force',
  'staff.current': 'the first use of a new cookie ends the former one',
  'staff.proveByPasskey': 'the signature is verified with the passkey, then its challenge is spent',
  'staff.proveByPassword': 'the try is committed before the password is looked at',
  'staff.acceptByPassword': 'the new password is claimed before it is hashed',
  'staff.invite': 'those who are told of it are read before their mails are written',
  'staff.changeRole': 'the address of the mail is sealed in the row of the member',
  'staff.changePerson': 'the address of the mail is sealed in the row of the member',
  'staff.disable': 'the address of the mail is sealed in the row of the member',
  'staff.enable': 'the address of the mail is sealed in the row of the member',
  'staff.recover':
    'the address of the mail is sealed in the row of the member; who changed it lately is compared with who sends the link',
  'staff.password.change': 'the new password is claimed before it is hashed',
  'ticket.submit':
    'the ticket is read before it is changed; the mail that confirms the address is counted by itself, so that a full count, which takes one more to read, refuses no ticket',
  'verification.verify':
    'the try is committed before the authority is asked, and its answer after it',
  'wechat.begin': 'the claim is committed before the platform is asked, and the QR code after it',
  'wechat.bind':
    'the session, the counted try, the binding, and the try of a right code given back where it is refused',
  'window.take':
    'an open ticket is found before one is counted; a refusal at the limit also reads when the limit resumes',
  'window.open':
    'a look is counted before the ticket is looked for, and recorded before it is shown',
  'window.decide': 'what is written depends on whom the ticket is about',
  'window.revoke': 'what is written depends on whom the ticket is about',
  'window.list': 'the names of colleagues are sealed in rows of their own',
};
