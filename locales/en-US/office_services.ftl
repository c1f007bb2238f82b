# Starting, stopping, suspending and resuming service.

service-agreement = Agreement
service-in-force = In force
service-ended = Ended
service-rate = Rate schedule
service-where = Where
service-first-day = First day
service-first-day-without = First day without service
service-first-day-again = First day of service again
service-if-known = Leave it empty where it is not known yet.
service-start = Start a service
service-stop = Stop the service
service-suspend = Suspend the service
service-suspend-hint = A suspended service is not billed. Use on it is shown to a person.
service-resume = Resume the service
service-suspensions = Suspensions
service-no-suspension = It was never suspended.
service-no-end = until it is resumed
service-saved = The change is saved.
service-nothing-to-start = There is no place to serve, or no published rate.
# $account (text)
service-point-taken = Account { $account } is served there on that day. Stop that service first.
# $code (text)
# $day (date)
service-no-such-rate = No published version of { $code } for this service is in force on { $day }.
# $status (text)
service-not-served = An account in this standing is not served: { $status }.
# $day (date)
service-not-in-force = The service is not in force on { $day }.
# $day (date)
service-billed = The days before { $day } were billed already. Cancel that bill first, or choose a later day.
service-ends-before = The end must come after the beginning.
service-already-suspended = The service is suspended on one of these days already.
service-not-suspended = The service is not suspended on that day.
