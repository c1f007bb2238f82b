# Bill cycles and their calendars.

cycles-title = Bill cycles
cycles-none = There is no bill cycle yet. Accounts are billed by one: open the first.
cycle-new = New bill cycle
cycle-open = Open the cycle
cycle-opened-now = The cycle is open, and the beginning of its calendar is written.
cycle-name = Name
cycle-name-hint = What the office calls it, such as “North side”.
cycle-code = Code
cycle-code-hint = Short; import files name the cycle by it.
cycle-reads = Meters are read
cycle-next-read = Next read
cycle-accounts = Accounts
cycle-until = Calendar until
cycle-length = A bill is for
cycle-months = { $months ->
    [1] every month
    [2] every two months
    [3] every quarter
    [6] every half year
    [12] every year
   *[other] every { $months } months
}
# $rule (text)
# $day (number)
cycle-read-rule = { $rule ->
    [working_day] on day { $day } of the month, or the next working day
   *[other] on day { $day } of the month
}
# $issue (number)
# $due (number)
cycle-pay-rule = Bills go out { $issue ->
    [0] on the day of the read
    [one] 1 day after the read
   *[other] { $issue } days after the read
} and are due { $due ->
    [one] 1 day later
   *[other] { $due } days later
}, on a working day.
cycle-read-day = Day of the month on which meters are read
cycle-read-day-hint = From 1 to { $last }: a day that every month has.
cycle-falls-on = Where that day is a weekend or holiday
cycle-falls-on-hint = Crews read on working days. Meters that report by themselves can be read on any day.
cycle-falls-on-word = { $rule ->
    [any_day] Read and bill on that day all the same
   *[working_day] Read and bill on the next working day
}
cycle-issue-after = Days from the read to the bill
cycle-due-after = Days from the bill to its due date
cycle-due-after-hint = At least what the law of your state asks. A due date never falls on a weekend or holiday.
cycle-first-day = First day billed
cycle-first-day-hint = The day of the last read that was billed before; it begins the first period.
cycle-periods = Periods written at once
cycle-periods-hint = The calendar goes on by itself and always reaches 18 months ahead.
cycle-bad-name = Give a code and a name of at most 60 characters.
cycle-bad-read-day = Write a day of the month from 1 to 28.
cycle-bad-number = Write a whole number.
cycle-bad-issue = Bills go out at most 28 days after the read.
# $most (number)
cycle-bad-due = Leave from 1 to { $most } days to pay.
# $most (number)
cycle-bad-periods = Write a number from 1 to { $most }.
cycle-code-taken = Another cycle has this code. Choose one that no cycle has.

## The calendar

cycle-calendar = Calendar
# $least (number)
# $most (number)
cycle-calendar-hint = A normal period has { $least } to { $most } days. Bills of a longer or shorter one are looked at before they go out.
cycle-days = Days
cycle-unusual = unusual
cycle-read-on = Read
cycle-read-on-hint = The next period begins on this day.
cycle-window = Reads count
cycle-issue-on = Bills dated
cycle-due-on = Due
cycle-not-run = Not billed yet
cycle-move = Move
cycle-move-title = Move the dates of a period
# $day (date)
cycle-move-from = The period begins on { $day }.
cycle-move-save = Save the dates
cycle-moved-now = The dates are moved. The period that follows begins on the new day of the read.
cycle-period-used = A bill run uses this period or the one after it, so its dates stay. Void that run first if nothing of it was issued.
# $day (date)
cycle-read-too-early = The read must be after { $day }, the first day of the period.
# $day (date)
cycle-read-too-late = The read must be before { $day }, when the next period is read. Move that one first.
cycle-issue-too-early = Bills go out on the day of the read or later.
cycle-due-too-early = Bills are due after they go out.
