# Low income of a household, as the office certifies it.

income-title = Low income
income-hint = Where rules ask for it, more time to pay is offered on terms of its own to a household whose low income is certified.
income-certified = What was certified
income-none = No low income is certified for this account.
# $proof (text)
income-proof = { $proof ->
    [liheap] LIHEAP, energy assistance
    [lihwap] LIHWAP, water assistance
    [snap] SNAP
    [medicaid] Medicaid
    [ssi] Supplemental Security Income
    [agency] Word of an agency
   *[statement] Papers on the household's income
}
income-proof-label = What proves it
income-certify = Certify a low income
income-certify-hint = From now on arrangements are offered on the terms for low income. What was agreed before stays as it is.
income-from = From
income-last = Last day
income-words = What you saw
income-words-hint = Which paper or whose word, of which day. No amounts are needed.
income-certify-now = Certify it
income-done = It is certified.
income-end = End it before its time
income-end-why = Why it ends
income-end-now = End it now
income-end-done = It has ended.
income-has-ended = It had ended before.
income-not-a-household = This account is no household's. Only a household's income is certified.
# $first (date)
# $last (date)
income-wrong-days = Choose a day from { $first } to { $last }.
# $last (date)
income-until = Low income is certified until { $last }
# $last (date)
income-terms = These are the terms for low income, which is certified until { $last }.
