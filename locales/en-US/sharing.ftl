# Who else may see or do something on an account: inviting, answering, changing, ending, and the letters about it.

sharing-title = People on this account
profile-sharing = Who else may see or pay, and who gets copies.
sharing-text = Whoever is listed here signs in with their own address and password. Nobody but you owes what the account owes.
sharing-you = You
# $access (text)
sharing-access = { $access ->
    [owner] Owner
    [manage] Manages the account
    [pay] Sees and pays
   *[view] Only sees
}
# $access (text)
sharing-access-means = { $access ->
    [owner] Everything, also who else may see the account.
    [manage] Sees and pays. Changes autopay and how bills come, asks for things and disputes bills. Invites nobody.
    [pay] Sees balance, bills, usage, payments and requests. Pays with their own card or bank account. Changes nothing.
   *[view] Sees balance, bills, usage, payments and requests. Pays and changes nothing.
}
# $access (text)
sharing-home = { $access ->
    [manage] Shared with you to manage
    [pay] Shared with you to see and pay
   *[view] Shared with you to see
}
# $day (date)
sharing-since = since { $day }
sharing-edit = Change
# $name (text)
sharing-may = What { $name } may do
sharing-save = Save
# $name (text)
sharing-end = Remove { $name }
sharing-saved = Saved. We told them.
sharing-ended = Removed. They see nothing of this account from now on.
sharing-waiting = Invited, not answered yet
# $day (date)
sharing-until = good until { $day }
sharing-withdraw = Take back
sharing-withdrawn = Taken back. The link opens nothing.
sharing-copies = Gets copies
sharing-copies-text = When a payment is overdue, we tell them too. They see nothing else and owe nothing.
sharing-copies-end = No more copies
# $day (date)
sharing-copies-until = ends on { $day }
sharing-copies-ended = They get no more copies.
sharing-invite-title = Invite somebody
sharing-invite-text = We mail them a link that is good for 14 days. You can change or end it here on any day.
sharing-name = Their name
sharing-not-a-name = Write a name of up to 80 letters, without web or e-mail addresses.
sharing-email = Their e-mail address
sharing-language = Language of the invitation
sharing-offer-legend = What they may do
# $offer (text)
sharing-offer = { $offer ->
    [manage] Manage the account
    [pay] See and pay
    [copies] Get copies of overdue notices only
   *[view] Only see
}
# $offer (text)
sharing-offer-hint = { $offer ->
    [manage] All that you may, but for inviting others: see and pay, and change autopay, how bills come, requests and disputes.
    [pay] Balance, bills, usage, payments and requests. They pay with their own card or bank account, never with yours, and change nothing.
    [copies] A relative, a friend or a caseworker learns of it before a service is at risk. No sign-in.
   *[view] Balance, bills, usage, payments and requests. They pay and change nothing.
}
sharing-invite = Send the invitation
sharing-invited = The invitation is on its way.
sharing-already = This person is on the account already.
sharing-too-often = An account can send 10 invitations a day. Try again tomorrow.
sharing-too-many = An account can have 12 people besides you. Remove somebody first.
# $access (text)
sharing-yours = This account was shared with you. You may { $access ->
    [manage] manage it: see and pay it, change autopay and how bills come, ask for things and dispute bills.
    [pay] see it and pay with your own card or bank account.
   *[view] see it.
} Its owner can change that under “People on this account”.
sharing-leave = Stop seeing this account
sharing-leave-text = You will see nothing of it any more. To come back you need a new invitation.
sharing-leave-yes = Yes, take it off my sign-in
sharing-left = The account is off your sign-in.

## The invitation

invitation-title = You are invited
# $by (text)
# $account (text)
invitation-text = { $by } invites you to account { $account } at { -utility }.
# $offer (text)
invitation-means = { $offer ->
    [manage] You may see and pay the account, change autopay and how bills come, ask for things and dispute bills. You cannot invite others.
    [pay] You may see balance, bills, usage, payments and requests, and pay with your own card or bank account.
    [copies] We tell you by e-mail when a payment on the account is overdue. You see nothing else.
   *[view] You may see balance, bills, usage, payments and requests.
}
invitation-no-debt = You do not become a customer by it, and owe nothing. You can end it on any day.
invitation-take-copies = Yes, send me copies
# $name (text)
invitation-as = You are signed in as { $name }.
invitation-accept = Add the account to my sign-in
invitation-sign-in = I have a sign-in
invitation-new-title = I have no sign-in yet
# $email (text)
invitation-new-text = Your address is { $email }. Choose a password, and you are in.
invitation-register = Set up my sign-in
invitation-decline = No, thank you
invitation-accepted = The account is on your sign-in now.
invitation-already = You can see and do as much on this account already.
invitation-copies-title = You get copies from now on
invitation-copies-text = We tell you when a payment is overdue. Each of these mails has a link that ends them.
invitation-declined-title = Declined
invitation-declined-text = The link opens nothing any more. There is nothing else to do.
invitation-spent-title = This invitation is no longer good
invitation-spent-text = It was answered, taken back, or is older than 14 days. Ask whoever invited you for a new one.

error-not-shared-title = This part was not shared with you
error-not-shared-text = You may see this account, but whoever it belongs to did not open this part to you. Ask them to change it under “People on this account”.

## Letters

notice-sharing-invited-subject = You are invited to an account
# $by (text)
# $offer (text)
# $account (text)
notice-sharing-invited-text = { $by } wants { $offer ->
    [manage] you to manage account { $account } with them: to see and pay it, change how it is billed, ask for things and dispute bills.
    [pay] you to see and pay account { $account }.
    [copies] us to tell you when a payment on account { $account } is overdue.
   *[view] you to see account { $account }.
} You owe nothing by it. The link is good for 14 days.
notice-sharing-invited-action = See the invitation
notice-sharing-invited-otherwise = If you do not know who invites you, do nothing: without your answer nothing happens.
notice-sharing-joined-subject = Somebody was added to your account
# $name (text)
# $account (text)
# $access (text)
notice-sharing-joined-text = { $name } accepted an invitation to account { $account } and from now on may { $access ->
    [manage] manage it: see and pay it, change how it is billed, ask for things and dispute bills.
    [pay] see it and pay it.
   *[view] see it.
}
notice-sharing-joined-action = See who is on the account
notice-sharing-joined-otherwise = If you did not want this, remove them where the button leads, or call us.
notice-sharing-copies-begun-subject = Somebody gets copies of your overdue notices
# $name (text)
# $account (text)
notice-sharing-copies-begun-text = { $name } said yes to copies for account { $account }: we tell them too when a payment is overdue.
notice-sharing-copies-ended-subject = Your copies have ended
# $account (text)
notice-sharing-copies-ended-text = You get no more copies for account { $account }.
notice-sharing-copies-left-subject = Somebody gets no more copies
# $name (text)
# $account (text)
notice-sharing-copies-left-text = { $name } gets no more copies of overdue notices for account { $account }, by their own wish.
notice-sharing-changed-subject = What you may do on an account
# $access (text)
# $account (text)
notice-sharing-changed-text = From now on you may { $access ->
    [manage] manage account { $account }: see and pay it, change how it is billed, ask for things and dispute bills.
    [pay] see and pay account { $account }.
   *[view] see account { $account }.
}
notice-sharing-changed-action = See the account
notice-sharing-ways-subject = A saved way to pay was taken off an account
# $name (text)
# $account (text)
# $methods (text)
notice-sharing-ways-text = What { $name } had saved to pay account { $account } with is not charged any more: { $methods }. Autopay and planned payments by it ended.
notice-sharing-ended-subject = An account is no longer shared with you
# $account (text)
notice-sharing-ended-text = You can no longer see account { $account }.
notice-sharing-left-subject = Somebody left your account
# $name (text)
# $account (text)
notice-sharing-left-text = { $name } sees nothing of account { $account } any more, by their own wish.
notice-copy-past-due-subject = A payment of somebody you look after is overdue
# $of (text)
# $account (text)
# $amount (money)
# $day (date)
notice-copy-past-due-text = { $of } asked us to tell you: on account { $account }, { $amount } was due on { $day } and is not paid.
notice-copy-past-due-otherwise = You do not owe this. A word from you may be enough; there may be more time to pay. The link below ends these copies.
