# Who and what may be in the books twice, and two customers made one.

duplicates-title = Possible duplicates
duplicates-hint = One person written down twice gets two sets of notices, and nobody sees all that is theirs. Compare them, then make them one or say that they are two.
duplicates-customers = Customers
duplicates-none = No two customers of one name have a number, an address or a place in common.
duplicates-places = Places of one address
duplicates-no-places = No address is there twice, however it is written.
# $id (text)
duplicates-place-number = place { $id }
# $one (text)
# $other (text)
duplicates-pair = { $one } and { $other }
# $what (text)
duplicates-alike = { $what ->
    [phone] the same telephone
    [email] the same e-mail
    [address] the same mailing address
   *[place] served at the same place
}
duplicates-apart = Said to be two
duplicates-with-apart = Show also those said to be two
duplicates-without-apart = Leave out those said to be two
# $shown (number)
duplicates-more = The first { $shown } are shown. The next come when these are answered.
duplicates-compare = Compare two customers
duplicates-compare-hint = For two that the list does not find, such as a misspelled name.
duplicates-one = Account number of one
duplicates-other = Account number of the other
duplicates-compare-go = Compare
duplicates-no-account = Enter two account numbers that are ours, each with a customer.

## Two side by side

merge-title = Two customers, or one?
merge-hint = What each has is shown beside the other. Nothing about money moves by a merge: each account owes what it owed.
# $id (text)
merge-number = Customer { $id }
merge-gone = Merged into another
merge-known-since = Written down
merge-to-the-place = To the place served
merge-notes = Notes on their accounts
merge-accounts = Accounts
merge-no-accounts = No account.
merge-reached = Reached by
merge-not-reached = Nothing reaches them besides paper.
merge-proved = Proved
merge-sign-ins = Sign-ins of their accounts
merge-are-one = One of them was merged into another customer: there is nothing to merge here now.
merge-other-names = Their names are not the same. Make sure that it is one person or organization.
# $who (text)
# $why (text)
merge-are-apart = { $who } said that they are two: { $why }
merge-act = They are one
merge-act-hint = The accounts, roles and contacts of the one who goes come under the one who stays. Both sign-ins keep working. Notices go to all contacts until the customer chooses. The old name still finds the accounts, bills that were issued keep their name, and the merge can be taken back while nothing changed since.
# $name (text)
# $id (text)
# $accounts (number)
merge-who = { $name }, customer { $id }, { $accounts ->
    [0] no account
    [one] on 1 account
   *[other] on { $accounts } accounts
}
merge-stays = Who stays
merge-stays-hint = Their name and language are the ones that count from now on.
merge-address = Where mail goes from now on
merge-address-kept = Where it goes for the one who stays
merge-address-gone = Where it went for the one who goes
merge-reason = Why it is one customer
merge-reason-hint = What you saw or heard, such as an ID at the counter.
merge-now = Make them one
merge-done = They are one customer now.
merge-two = They are two
merge-two-hint = Such as a parent and a child of one name. The list leaves them out from now on.
merge-two-why = How you know
merge-two-now = Keep them apart
merge-apart-done = They stay two customers.

## Refused

merge-one-and-the-same = This is one customer already.
merge-kinds-differ = One is a person and the other an organization. They are not merged: an owner and their company owe separately.
merge-merged-before = One of them was merged before. Look at the customer they became.
# $number (text)
# $one (text)
# $other (text)
merge-both-on = Both have a part on account { $number } at the same time ({ $one }, { $other }). End one of the two parts there first; it can be merged when that part is over.
# $number (text)
merge-bankrupt = Account { $number } is held for bankruptcy. Who owes there is for the court: merge when that hold has ended.
merge-both-move = For both of them an address waits for its day. Keep one where it is first, under People.
merge-reason-missing = Write a few words for whoever reads this later.
merge-undone-before = It was taken back before.
# $what (text)
merge-changed-since = { $what ->
    [merged] It cannot be taken back: the customer who stayed was merged again since. Take that merge back first.
    [person] It cannot be taken back: the name, language or address of the customer who stayed was changed since, and it is not known whose that is. Add the person again under People of the account.
    [contact] It cannot be taken back: an address or telephone number was ended since, and it is not known whose the new one is. Add the person again under People of the account.
   *[part] It cannot be taken back: a part on an account that moved was ended or changed since. Add the person again under People of the account.
}

## Merges

merges-title = Merged customers
merges-hint = Every merge stays here, with what was said of it.
merges-none = No customers were merged.
# $gone (text)
# $kept (text)
merges-row = { $gone } became one with { $kept }
merges-undone = Taken back
merges-undo = Take it back
merges-undo-why = Why they are two after all
merges-undo-now = Take it back now
merge-undone = The merge is taken back: each has what was theirs.

## A name that is another

name-change-title = If the name changes
name-change-hint = The old name is kept and still finds the customer. Bills that were issued keep the name they were issued under.
name-change-kind-label = Why
# $kind (text)
name-change-kind = { $kind ->
    [correction] It was written wrong
   *[legal] It changed by law, such as by marriage
}
name-change-from = From
name-change-from-hint = For a change by law.
name-change-document = Document
name-change-document-hint = Which one you saw, of which day. Needed for a change by law.
name-change-day-missing = Enter the first day of the new name, today at the latest.
name-change-document-missing = Write which document you saw, such as a marriage certificate.
# $kind (text)
# $old (text)
# $new (text)
# $from (date)
name-change-row = { $kind ->
    [correction] { $old } corrected to { $new } on { $from }
   *[legal] { $old } is { $new } by law from { $from }
}

## Who answers for the account

responsible-act = Change who is responsible
responsible-title = Who is responsible
# $name (text)
# $since (date)
responsible-now = { $name }, since { $since }
responsible-rule = As a rule the account ends
responsible-rule-hint = After a death, a sale or a divorce the account of whoever had it is closed with a last bill, and what is owed there stays theirs or their estate's. Whoever comes next has an account of their own.
responsible-stop = Stop the services of this account
# $place (text)
responsible-open = Open an account for whoever is served next at { $place }
responsible-move = Move the customer to another place
responsible-before = Who took it on
responsible-take = Somebody takes this account on as it is
responsible-take-hint = Only with their consent. Autopay, payments for a day to come, sign-ins, invitations, paperless billing and certified income of whoever had it end, and whoever saw the account is told. Bills that were issued keep their name. Whoever takes it on signs in with the code of a letter. What was used since the last bill comes with the next one, which is theirs: tell them before they agree. Whoever else spoke or answered for the account has a part in it no more.
responsible-who = Who takes it on
responsible-who-hint = For somebody new fill in the fields below.
responsible-somebody-new = Somebody new
responsible-why = Why
# $reason (text)
responsible-reason = { $reason ->
    [death] The customer died
    [divorce] Divorce or separation
    [court_order] A court order
    [organization] The organization goes on under another
   *[household] Somebody else of the household
}
responsible-how = How they agreed
# $consent (text)
responsible-consent = { $consent ->
    [signed] By a signed form
    [in_person] At the counter, with an ID
    [recorded_call] By telephone, on a recorded line
   *[court] A court ordered it
}
responsible-words = What they agreed to
responsible-words-hint = Which paper, call or ID, of which day, and what was said about what is owed.
# $amount (money)
responsible-assumes = They take on what is owed now: { $amount }
# $amount (money)
responsible-assumed = took on { $amount }
responsible-go = Let them take it on
responsible-done = Somebody else is responsible for this account now.
responsible-elsewhere = Whoever takes the account itself on does so under Change who is responsible, with their consent.
responsible-not-active = Only an active account goes on under somebody else.
# $amount (money)
responsible-owes = { $amount } is owed and stays with whoever had the account. Let whoever comes take it on, or close this account with a last bill.
# $amount (money)
responsible-credit = { $amount } is held for whoever had the account. Refund it first.
# $amount (money)
responsible-on-its-way = { $amount } is on its way from whoever had the account. Wait until it has settled.
responsible-dispute = A bill of whoever had the account is in dispute. Decide that first.
responsible-deposit = A deposit of whoever had the account is open. Give it back first.
responsible-arrangement = An arrangement of whoever had the account is open. End it first, or close this account with a last bill.
responsible-level-plan = A level payment plan of whoever had the account is open. End and settle it first.
responsible-bankruptcy = The account is held for bankruptcy. It does not go on under somebody else while a court protects whoever had it.

duplicates-twice = Is somebody here in the books twice?
