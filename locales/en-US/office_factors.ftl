# Dated factors that rate schedules refer to: power cost, fuel, purchased gas, thermal factors.

factors-title = Factors
factors-hint = Numbers that change by the month: power cost, fuel, purchased gas, the heat in gas. Bills count each by its days.
factors-none = No schedule refers to a factor.
factors-all = Factors of the schedules
factor-name = Factor
factor-schedules = Schedules
factor-now = Today
factor-next = Next
# $count (number)
factor-waiting = { $count } waiting
factor-no-value = none
# $name (text)
factor-values = Values of { $name }
factor-none-kept = Nothing was entered here yet; bills go by the schedules’ own values.
factor-counts = Bills go by it
# $status (text)
factor-status = { $status ->
    [proposed] Waits for a second person
    [approved] Approved
   *[withdrawn] Given up
}
factor-proposed = Proposed by
factor-approve = Approve
factor-withdraw = Give it up
factor-second-person = A second person must approve it.
factor-own = In the schedules
factor-own-hint = They count until the first day of the values above.
factor-propose = Propose a value
factor-propose-hint = It counts when a second person has approved it. For a wrong value propose the right one for the same day.
factor-value = Value
factor-value-hint = As the schedules take it, such as 0.0125.
factor-source = Where it comes from
factor-source-hint = The notice, memo or calculation, such as PGA notice 2026-08.
factor-proposed-now = The value waits for a second person.
factor-approved-now = The value is approved. Bills of days from then on go by it.
factor-withdrawn-now = The value is given up.
# $name (text)
# $known (text)
factor-unknown = No schedule refers to { $name }. There are: { $known }.
factor-decided = The value was approved or given up already.
factor-same-person = Somebody else must approve what you proposed.
# $drafts (number)
factor-drafted = { $drafts ->
    [one] 1 draft charges days from then on by the value before. Issue or void it first.
   *[other] { $drafts } drafts charge days from then on by the value before. Issue or void them first.
}
factor-being-drafted = A bill run is working out these days. Wait until it is done.
# $issued (number)
# $day (date)
factor-issued = { $issued ->
    [one] 1 issued bill charges days from { $day } on. Approving does not change it: cancel it and bill again where the value should count there.
   *[other] { $issued } issued bills charge days from { $day } on. Approving changes none of them: cancel and bill again where the value should count there.
}
