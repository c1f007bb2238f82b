# Every way we say no, and every apology.

error-not-found-title = We could not find that page
error-not-found-text = It may have moved, or the number may be wrong. Your bills and payments are all reachable from the home page.
error-not-found-office = It may have moved, or the number may be wrong. The search finds accounts, bills, payments and orders by their numbers.
error-forbidden-title = You do not have permission for this
error-forbidden-text = Your job in the office does not include it. If your work needs it, ask an administrator.
error-expired-title = This page was open for too long
error-expired-text = Nothing was changed. Sign in again if you were signed out meanwhile; then go back, load the page again and send it once more.
error-too-many-title = Too many tries
error-too-many-text = To keep accounts safe we pause after many tries. Try again { $minutes ->
    [one] in 1 minute
   *[other] in { $minutes } minutes
}.
error-conflict-title = Somebody was faster
error-conflict-text = This was changed while you looked at it. Load the page again to see how it is now.
error-unreadable-title = We could not read what was sent
error-unreadable-text = Go back and try again. Nothing was changed.
error-too-large-title = That file is too large
# $paper (number)
error-too-large-text = A photo or a document has at most { $paper } MB. Nothing was changed. Go back in your browser to what you wrote, and send a smaller one.
# $paper (number)
# $file (number)
error-too-large-office = A photo or a document has at most { $paper } MB, a file that is taken in { $file } MB. Nothing was changed. Go back in your browser to what you wrote, and send a smaller one.
file-empty = This file is empty. Look at it where it came from, then choose it again.
error-fault-title = Something went wrong on our side
error-fault-text = We have a record of it and will look into it. Your money and your account are safe. If you call us, please say this number:
error-home = Go to the home page
error-call = Call { $phone }
