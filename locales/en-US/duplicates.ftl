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
# $parts (number)
merge-who = { $name }, customer { $id }, { $parts ->
    [0] no account
    [one] on 1 account
   *[other] { $parts } parts on accounts
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
