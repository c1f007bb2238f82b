# Paper that leaves the house: the office's pages, the cover of a batch, and the foot of a letter.

office-nav-print = Print
print-title = Print and mail
print-today = Waiting for the printer
# $days (number)
print-oldest = { $days ->
    [0] since today
    [one] 1 day
   *[other] { $days } days
}
print-bills = Bills
print-letters = Letters
print-since = Oldest waits since
print-make-title = Make a batch
# $most (number)
print-make-text = Everything that waits and has an address goes into one file in the order in which it came, up to { $most } pages. What has no room waits for the next batch. Nothing counts as sent until you say that the batch was mailed.
print-make = Make a batch
print-made = The batch is made. Print it, then say when it was mailed.
print-nothing = Nothing waits for the printer that can be addressed.
print-left-out = Left out of batches
print-left-out-text = These wait until what is wrong is mended: an account without a mailing address gets one, a wrong address is changed.
# $why (text)
print-obstacle = { $why ->
    [no_address] No mailing address
    [wrong_address] The address is wrong
   *[paper] Its paper was not made
}
print-piece = Piece
print-waits = Waits
print-kind = { $kind ->
    [bill] Bill
   *[letter] Letter
}
print-batches = Batches
print-no-batches = No batch was made yet.
print-batch = Batch
# $number (number)
print-batch-title = Batch { $number }
print-state = { $state ->
    [made] To be mailed
    [mailed] Mailed
   *[canceled] Canceled
}
print-pieces = Pieces
print-pages = Pages
print-made-on = Made
print-made-by = Made by
print-mailed-on = Handed to the post
print-closed-by = Closed by
print-in-spanish = In Spanish
print-first-code = First code
print-last-code = Last code
print-cover-text = This page is not mailed. Above each address stand the piece's number in the batch and the code to key in when the post returns it.
# $count (number)
print-pulled-count = { $count ->
    [one] 1 taken out
   *[other] { $count } taken out
}
print-pdf = Download the file to print
print-manifest = Download the list
print-items = What it holds
print-position = Number in the batch
print-number = Number
print-first-page = First page
print-bill-canceled = Canceled since: take it out
print-mail-title = Mailed
print-mail-text = From that day its bills and letters count as sent.
print-mail = Confirm mailing
print-mailed = The batch is mailed. Its bills and letters count as sent.
print-wrong-day = Enter a day from the day the batch was made until today.
print-pull-title = Take a piece out
print-pull-text = A spoiled piece waits for the next batch. One with a wrong address goes out another way, or waits for another address where there is none, and somebody looks at the address.
print-pull-reason = { $reason ->
    [spoiled] Spoiled
   *[address] Wrong address
}
print-note = What is wrong with it
print-pull = Take it out
print-pulled-done = The piece was taken out.
print-pulled-before = This piece was taken out before.
print-no-piece = The batch has no piece with this number.
print-cancel-title = Cancel the batch
print-cancel-text = Before it is mailed: all of it waits again and goes into the next batch.
print-cancel = Cancel the batch
print-canceled = The batch is canceled. What it held waits again.
print-closed = This batch was mailed or canceled before, and nothing changed.
print-taken-out = Taken out
print-taken-out-text = This piece was taken out of the batch. This page is not mailed.
print-no-file = This batch was canceled, and there is nothing to print.
print-gone = A letter with a code
print-gone-text = This letter carries a secret code, and no copy of it is kept once the batch is closed.
# $phone (text)
print-letter-questions = Questions? Call { $phone }.
