# Views of the office's lists that a person keeps, and what is done with several rows at once.

saved-filters = Your views
saved-filter-save = Keep this view
saved-filter-name = What to call it
saved-filter-save-now = Keep it
saved-filter-saved = The view is kept. It stands above this list whenever you come.
# $name (text)
saved-filter-remove = Forget the view “{ $name }”
saved-filter-removed = The view is forgotten.
saved-filter-name-missing = Give the view a name.
# $most (number)
saved-filter-too-many = You keep { $most } views of this list. Forget one first.
bulk-title = With the chosen ones
# $what (text)
bulk-choose = Choose { $what }
bulk-column = Chosen
bulk-to = Give to
bulk-me = Me
bulk-assign = Give them
bulk-reason = One reason for all of them
bulk-dismiss = Nothing is to be done
bulk-none = Choose one row or more first.
# $count (number)
bulk-assigned = { $count ->
    [0] None was given: each was answered meanwhile.
    [one] 1 was given.
   *[other] { $count } were given.
}
# $count (number)
bulk-dismissed = { $count ->
    [0] None was dismissed.
    [one] 1 was dismissed.
   *[other] { $count } were dismissed.
}
# $count (number)
bulk-left = { $count ->
    [one] 1 was left: it was answered meanwhile, or a read waits for somebody's look at it.
   *[other] { $count } were left: they were answered meanwhile, or a read waits for somebody's look at them.
}
bulk-no-owner = This person does not work this list.
order-age = Age
# $count (number)
bulk-orders-left = { $count ->
    [one] 1 was left: it has no day yet, is a shut-off, or somebody is at work on it.
   *[other] { $count } were left: they have no day yet, are shut-offs, or somebody is at work on them.
}
# $count (number)
bulk-marked-left = { $count ->
    [one] 1 was left: it is done, or somebody has answered.
   *[other] { $count } were left: they are done, or somebody has answered.
}
office-arrangements-waiting = Broken, waiting for somebody
outbox-waiting = Failed, waiting for somebody
