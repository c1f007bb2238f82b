# Rate schedules.

rates-title = Rates
rate-new = Draft from a form
rate-new-hint = The common charges. Everything else a tariff may have is written in a file.
rate-from-file = Draft from a file
rate-file-hint = A document in the schedule format. It becomes the draft of its code’s next version; every problem is named with its place.
rate-versions = Schedules and their versions
rate-none = No rate schedule yet.
rate-schedule = Schedule
rate-version = Version
rate-from = In force from
# $day (date)
rate-from-day = from { $day }
rate-by = By
rate-in-force = in force
# $status (text)
rate-status = { $status ->
    [draft] Draft
    [submitted] Submitted
    [published] Published
   *[withdrawn] Withdrawn
}
# $version (number)
rate-title = { $code }, version { $version }
rate-charges = Charges
rate-document = Document
# $version (number)
rate-changes = What changed since version { $version }
rate-no-changes = Nothing changed.
rate-gone = Gone:
rate-is-new = New:
# $subject (text)
rate-subject = { $subject ->
    [order] Order of the charges
   *[schedule] Schedule
}
# $field (text)
rate-field = { $field ->
    [price] price
    [amount] amount
    [up_to] end
    [next] size
    [percent] percentage
    [effective_from] first day
    [name] name
    [en] English words
    [es] Spanish words
    [label] label
    [value] value
    [from] first day
    [included] free units
    [standard_days] standard days
    [when] proration
    [source] source
    [season] season
    [fund] fund
    [gl] account
   *[other] { $field }
}
# $number (number)
rate-of-block = { $field } of block { $number }
# $per (text)
rate-per = { $per ->
    [bill] a bill
    [day] a day
    [year] a year
   *[month] a month
}
rate-by-size = { $size }: { $amount } { $per }
rate-by-factor = by the factor { $name }
rate-block-to = up to { $end }: { $price }
rate-block-next = the next { $size }: { $price }
rate-block-rest = the rest: { $price }
rate-minimum = the least that charges come to
rate-maximum = the most that charges come to
rate-trial = Trial on real accounts
rate-trial-hint = The latest bills of this schedule, priced again under this version. Nothing is changed.
rate-trial-count = How many accounts
rate-try = Try it
rate-trial-none = No account has a bill under this schedule yet.
rate-trial-failed = Could not be priced
rate-way = The way to law
rate-drafted = Drafted
rate-submitted = Submitted
rate-published = Published
rate-submit = Submit for publication
rate-publish = Publish
rate-publish-from = In force from
rate-publish-hint = Periods that this day cuts are billed in two parts.
rate-second-person = A second person must publish this version.
rate-is-law = A published version is never changed. Draft the next one.
rate-edit = Change the document
rate-withdraw = Give this version up
rate-code = Code
rate-code-hint = The same code makes the next version of that schedule.
rate-name-en = Name in English
rate-name-es = Name in Spanish
rate-base = Base charge a month
rate-base-hint = Leave it empty if there is none.
rate-unit = Usage is priced in
rate-no-usage = Nothing: a flat service
rate-blocks = Prices by block
rate-blocks-hint = For one price fill in the first price alone. The last block has no end.
# $number (number)
rate-block-end = Block { $number } ends at
# $number (number)
rate-block-price = Price in block { $number }
rate-percent = Tax or franchise fee in percent
rate-percent-hint = Of all charges above. Leave it empty if there is none.
rate-percent-as = The percentage is
rate-percent-kind = { $kind ->
    [franchise-fee] a franchise fee for the city
   *[tax] a tax for the state
}
rate-keep = Keep as a draft
rate-back = Back
rate-pick = Take it from a file
rate-drafted-now = The draft is kept.
rate-submitted-now = The version is submitted. A second person may publish it.
rate-published-now = The version is published.
rate-withdrawn-now = The version is given up.
rate-refused = The version has moved on; this is no longer possible.
rate-same-person = Somebody else must publish what you wrote or submitted.
# $charge (text)
# $account (text)
# $fund (text)
rate-no-place = Charge { $charge } is posted to account { $account } of fund { $fund }, which the chart of accounts does not have then. Add them to the chart, or post the charge elsewhere.
# $day (date)
rate-not-later = A published version is in force from { $day }; this one must begin later.
# $priced (text)
# $found (text)
rate-other-service = The schedule prices { $priced } in its published versions, not { $found }. Give the new schedule a code of its own.
rate-other-code = The document is for { $found }, not for { $wanted }.
rate-from-missing = Say from which day it is in force.
rate-field-missing = Fill this in.
rate-not-a-number = Write a number such as 4.86.
rate-no-charge = A schedule needs a base charge or a price.
rate-unit-missing = Say in which unit usage is priced.
