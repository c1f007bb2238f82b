# Closing a sign-in. The utility account goes on.

closing-title = Close your sign-in
closing-about = You no longer see your account here. Your service, your account and your bills go on.
# $email (text)
closing-text = This closes the sign-in of { $email }. It cannot be undone.
closing-goes-on = Your service, your account with us and your bills go on, and what you owe stays due. To end service, ask us for that.
closing-ends = Every device is signed out, and our messages about your account stop coming to this sign-in and its phone number.
closing-paper = Bills come by mail again, for without this sign-in they would reach nobody, for account
closing-kept = We keep your bills, payments, requests and saved ways to pay with the account, and a record of what was done with this sign-in and by whom.
closing-again = You can set up a new sign-in with the same e-mail address at any time, with your account number and your last bill.
closing-charged = Nobody else looks after autopay or planned payments of account
closing-charged-ends = They end with your sign-in, and you get a confirmation, unless you say otherwise here.
closing-keep = Go on charging as I agreed. I know that I can then stop it only by calling or with a new sign-in.
closing-action = Close my sign-in
closing-stay = Keep it
closing-done = Your sign-in is closed. We sent you a confirmation.
notice-closed-subject = Your sign-in is closed
notice-closed-text = Your { -utility-short } sign-in was closed as you asked, and every device was signed out. Your service, your account and your bills go on.
notice-closed-charged = Autopay and planned payments go on, as you said. To stop them, call us or set up a new sign-in.
notice-closed-uncharged = Autopay and planned payments ended. Please pay your bills yourself from now on.
notice-closed-paper = Your bills come by mail again.
notice-closed-action = Set up a new sign-in
notice-closed-otherwise = If that was not you, call us at once.
