# Paying without a sign-in.

quick-pay-title = Pay without signing in
quick-pay-intro = For your own account or for somebody else’s. You need the account number and the ZIP code of the place served.
quick-pay-postal-code = ZIP code of the place served
quick-pay-postal-code-hint = Five digits.
quick-pay-not-a-code = Enter the ZIP code with five digits.
quick-pay-last-bill = Amount of the last bill (if you have it)
quick-pay-last-bill-hint = With the amount, we show what is owed and when it is due. Without it, you can still pay.
quick-pay-action = Go on
quick-pay-not-found = We find no account for what you typed. Check the number and the ZIP code, and the amount if you gave one. An amount that many bills show is not enough: leave it out, and you can still pay.
quick-pay-busy = A payment for this account is being made right now. Try again in a few minutes.
quick-pay-unseen = We show what is owed only to somebody who knows an amount of the last bill. You can pay any amount.
# $day (date)
quick-pay-due = Due { $day }
# $amount (money)
quick-pay-doubt-equal = A payment of { $amount } was made on this account within the last day.
# $amount (money)
quick-pay-doubt-here = A payment of { $amount } for this account was made from this browser within the last day.
quick-pay-doubt-answer = Do you want to pay again? Say so below.
quick-pay-another = Make another payment
quick-pay-sign-in-title = Only want to pay?
quick-pay-sign-in-text = You need no sign-in for that: the account number and the ZIP code are enough.

pay-link-text = You can pay without signing in. You see what is owed, and pay by card or bank account.
pay-link-go = Go on to pay
pay-link-sign-in = Sign in instead
