# Money at the office: taken at the counter, and taken back.

## Taking a payment

taking-title = Take a payment
taking-act = Take a payment
taking-amount-hint = Less than is owed pays the oldest debts first; what is more is held for the customer.
taking-tender-label = Paid with
# $tender (text)
taking-tender = { $tender ->
    [check] Check or money order
    [cash] Cash
   *[card] Card, at the terminal
}
taking-channel-label = How it came
# $channel (text)
taking-channel = { $channel ->
    [office] At the counter
    [drop_box] Drop box
    [phone] By telephone, typed into the terminal
   *[lockbox] Bank lockbox
}
taking-label = Check or terminal receipt number
taking-label-hint = Printed on the receipt. Never write a card number.
taking-received-on = Received on
taking-save = Take the payment
# $amount (money)
taking-done = { $amount } is on the account.
taking-wrong-amount = Write an amount of more than nothing and less than a million dollars.
# $tender (text)
# $channel (text)
taking-no-such-way = { $tender ->
    [check] A check
    [cash] Cash
   *[card] A card
} does not come { $channel ->
    [office] to the counter
    [drop_box] by the drop box
    [phone] by telephone
   *[lockbox] by the lockbox
}.
taking-not-yet = This day has not come yet.
taking-too-long-ago = This day is more than a year ago. Write the day on which the money came.
taking-card-number = This looks like a card number. Card numbers are never kept: write the number of the terminal's receipt.
# $amount (money)
taking-doubt-equal = A payment of { $amount } was made on this account within the last day.
# $pending (money)
taking-doubt-covered = { $pending } is already on its way and covers what is owed.
# $amount (money)
# $owed (money)
taking-doubt-large = { $amount } is several times what is owed, which is { $owed }. Is the decimal point where it belongs?
# $amount (money)
taking-doubt-large-none = { $amount } is a lot to take where nothing is owed. Is the decimal point where it belongs?
taking-large-yes = The amount is right: take it.
taking-large-answer = Is the amount right? Say so below, or change it.
taking-doubt-yes = This is another payment: take it too.
taking-doubt-answer = Is this another payment? Say so below, or go back.

## The receipt

payment-together-with = Made as one payment with
receipt-office-title = Receipt
receipt-print = Receipt to print
receipt-received = Received from
receipt-taken-by = Taken by
receipt-service-at = Service at
receipt-balance-now = Owed on this account now
receipt-thanks = Thank you.

## Taking a payment back

return-title = Take a payment back
return-act = Take it back
return-hint = What it paid is owed again from its own due dates. The payment stays in the history.
return-why = Why is it taken back?
return-bounced = The bank returned it.
# $fee (money)
return-with-fee = The fee of { $fee } is charged.
return-mistake = It was entered by mistake. No fee is charged.
return-reason-hint = The bank's reason, or what was wrong. The customer may read it.
return-action = Take the payment back
return-done = The payment is taken back.
# $state (text)
# $by (text)
# $at (text)
# $why (text)
return-overtaken = Nothing of yours was done. The payment is not as you saw it any more: { $state }, by { $by } on { $at }, “{ $why }”.
return-not-offered = Only a payment that stands on the account and did not come through the processor can be taken back here.

## At the processor

processor-title = At the processor
processor-fee = Fee kept
# $kind (text)
processor-line = { $kind ->
    [charge] Paid
    [refund] Given back
    [refund_failure] Refund came back
    [dispute] Dispute
    [payout] Payout
    [payout_failure] Payout sent back
    [cost] Fee
   *[other] Other
}

## Giving back what came by the processor

refund-title = Refund to the card or bank
refund-left = Can still go back
refund-hint = The processor gives it back to the card or bank account that it came from. What the payment paid is owed again as soon as the processor says that it went; what is held for the customer goes first.
refund-note = Note
refund-action = Refund
refund-list = Refunds ordered here
# $on (day)
refund-by = ordered by { $who } on { $on }
# $state (text)
refund-state = { $state ->
    [proposed] Waits for a second person
    [ordered] Being sent
    [sent] With the processor
    [failed] Not taken by the processor
    [refused] Refused
   *[withdrawn] Given up
}
refund-approve = Approve and refund
refund-waits = This is more than you decide alone. The refund waits for a second person.
refund-sent = The processor has taken the refund. It stands with the payment as soon as the processor says that it went.
refund-ordered = The refund is ordered. The processor did not answer yet; it is asked again by itself.
# $code (text)
refund-not-taken = The processor did not take the refund: { $code }. Nothing went back. Pay it out another way.
refund-refused = The refund is refused.
refund-withdrawn = The refund is given up.
refund-not-by-processor = This payment did not come by the processor. Take it back, or pay out what is held by check or bank.
refund-of-several = This is one account’s part of a payment for several accounts. What is refunded here goes back of this part alone.
# $state (text)
refund-not-standing = Nothing of this payment can go back: it stands as “{ $state }”.
# $left (money)
refund-more-than = No more than { $left } of this payment can go back.
refunds-queue = Refunds of payments
