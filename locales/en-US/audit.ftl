# The audit trail: what was done, and the facts of it.

# $deed (text)
audit-deed = { $deed ->
    [account_adjusted] Account adjusted
    [account_bill_code_opened] Account opened with the code of a bill
    [account_cycle_changed] Bill cycle changed
    [account_moved_house] Moved to another place
    [account_moved] Standing of the account changed
    [account_opened] Account opened
    [account_pay_link_opened] Account opened by the link of a notice
    [account_quick_pay_opened] Account opened to pay without a sign-in
    [account_settings_changed] Language or delivery of bills changed
    [account_taken_over] Taken on by somebody else
    [address_trusted] E-mail address used again after mail came back
    [alerts_chosen] Notices chosen
    [alerts_come_back] Notices given up asked for again
    [alerts_left] Notices given up
    [arrangement_answered] Arrangement dealt with in a list
    [arrangement_assigned] Arrangement given to somebody
    [arrangement_broken] Arrangement broken
    [arrangement_canceled] Arrangement ended early
    [arrangement_kept] Arrangement kept
    [arrangement_made] Arrangement made
    [arrangement_reopened] Arrangement opened again
    [arrangement_respite] More days given for an installment
    [autopay_asked] Autopay asked for a charge
    [autopay_ended] Autopay ended
    [autopay_held] Autopay waits
    [autopay_joined] Autopay begun
    [autopay_paused] Autopay paused
    [autopay_put_off] Autopay put off
    [autopay_refused] Autopay charge refused
    [autopay_resumed] Autopay resumed
    [autopay_skipped] Autopay left out a bill
    [autopay_told] Autopay charge announced
    [autopay_untold] Autopay charge not announced
    [balance_transferred] Balance carried to another account
    [balance_written_off] Balance written off
    [bill_canceled] Bill canceled
    [bill_issued] Bill issued
    [bill_letter_returned] Letter of a bill came back
    [bill_rebill_approved] New bill for a period approved
    [bill_rebill_proposed] New bill for a period sent for approval
    [bill_rebill_refused] New bill for a period refused
    [bill_rebill_withdrawn] New bill for a period given up
    [bill_rebilled] Bill made anew
    [bill_voided] Draft of a bill discarded
    [bill_documents_kept] Papers of bills kept
    [bill_run_chunk_drafted] Part of a bill run drafted
    [bill_run_chunk_issued] Part of a bill run issued
    [bill_run_issued] Bill run issued
    [bill_run_issuing] Issue of a bill run begun
    [bill_run_opened] Bill run opened
    [bill_run_redrafted] Bill run drafted again
    [bill_run_voided] Bill run discarded
    [budget_plan_ended] Level payment plan ended
    [budget_plan_joined] Level payment plan begun
    [budget_plan_reviewed] Level payment plan reviewed
    [budget_plan_settled] Level payment plan settled
    [call_begun] Call begun
    [call_given_up] Call given up
    [call_identity_checked] Caller’s identity checked
    [call_wrapped_up] Call wrapped up
    [claim_code_requested] Code to claim the account asked for
    [contact_added] Contact added
    [contact_chosen] Contact chosen for mail
    [contact_ended] Contact ended
    [contact_given] Contact given by the customer
    [contact_proved] Contact proved with its code
    [contact_withdrawn] Contact taken back by the customer
    [correction_proposed] Correction sent for approval
    [correction_refused] Correction refused
    [correction_reversed] Correction reversed
    [correction_withdrawn] Correction given up
    [credit_answered] Unapplied money dealt with in a list
    [credit_applied] Credit put on what is owed
    [credit_assigned] Unapplied money given to somebody
    [credit_refunded] Credit refunded
    [customer_address_coming] Coming mailing address noted
    [customer_address_kept] Mailing address kept
    [customer_address_not_changed] Coming mailing address not taken
    [customer_changed] Name, language or mailing address changed
    [customer_kept_apart] Two customers said to be two
    [customer_merge_undone] Two customers parted again
    [customer_merged] Two customers joined as one
    [customer_renamed] Customer renamed
    [cycle_extended] Calendar of a cycle extended
    [cycle_opened] Cycle opened
    [cycle_period_moved] Dates of a period moved
    [deposit_applied] Deposit put on what is owed
    [deposit_asked] Deposit asked for
    [deposit_interest] Interest on a deposit
    [deposit_released] Deposit given back
    [deposit_waived] Deposit waived
    [dispute_approved] Outcome of a dispute approved
    [dispute_decided] Dispute decided
    [dispute_hearing_recorded] Hearing recorded
    [dispute_hearing_set] Hearing set
    [dispute_opened] Dispute opened
    [dispute_proposal_refused] Outcome of a dispute refused
    [dispute_proposal_withdrawn] Proposed outcome of a dispute given up
    [dispute_proposed] Outcome of a dispute sent for approval
    [dispute_remedied] Dispute ended with a remedy
    [dispute_reread_ordered] Another reading ordered for a dispute
    [dispute_withdrawn] Dispute taken back
    [exception_dismissed] Exception dismissed
    [exception_released] Exception given back
    [exception_resolved] Exception resolved
    [exception_taken] Exception taken
    [factor_approved] Factor approved
    [factor_proposed] Factor proposed
    [factor_withdrawn] Factor withdrawn
    [fee_reversal_approved] Reversal of a day of fees approved
    [fee_reversal_done] Day of fees taken back
    [fee_reversal_proposed] Reversal of a day of fees sent for approval
    [fee_reversal_refused] Reversal of a day of fees refused
    [fee_reversal_withdrawn] Reversal of a day of fees given up
    [feeder_named] Feeder named
    [forecast_noted] Weather forecast noted
    [hold_answered] Hold dealt with in a list
    [hold_assigned] Hold given to somebody
    [hold_documented] Document added to a hold
    [hold_ending] End of a hold announced
    [hold_lifted] Hold lifted
    [hold_placed] Hold placed
    [hold_renewed] Hold renewed
    [import_finished] File taken in
    [import_started] File begun
    [import_mapping_saved] Columns of a file kept
    [income_certified] Low income certified
    [income_ended] Certification of low income ended
    [intervals_estimated] Missing hours estimated
    [landlord_followed] Landlord’s instruction followed
    [landlord_instructed] Landlord’s instruction noted
    [landlord_withdrawn] Landlord’s instruction withdrawn
    [late_fee_waived] Late fee waived
    [late_fees_charged] Late fees charged
    [lead_line_told] Told of lead in the service line
    [login_account_added] Account added to a sign-in
    [login_account_left] Account left a sign-in
    [login_account_taken] Account opened to somebody else
    [login_authenticator_begun] Authenticator begun
    [login_authenticator_confirmed] Authenticator confirmed
    [login_authenticator_removed] Authenticator removed
    [login_closed] Sign-in closed
    [login_code_asked] Code for a second step asked for
    [login_codes_guessed] Too many wrong codes
    [login_email_change_asked] New e-mail address asked for
    [login_email_changed] E-mail address of the sign-in changed
    [login_factor_taken_off] Second step taken off
    [login_language_changed] Language of the sign-in changed
    [login_passkey_added] Passkey added
    [login_passkey_asked] Passkey asked for
    [login_passkey_removed] Passkey removed
    [login_password_changed] Password changed
    [login_recovery_code_used] Recovery code used
    [login_recovery_codes_made] Recovery codes made
    [login_registered_again] Sign-in asked for that exists already
    [login_registered] Sign-in made
    [login_reset_requested] New password asked for
    [login_signed_in] Signed in
    [login_verified] E-mail address confirmed
    [meter_installed] Meter installed
    [meter_removed] Meter removed
    [meter_taken] Meter taken into the inventory
    [moratorium_declared] Moratorium declared
    [moratorium_ended] Moratorium ended
    [note_written] Note written
    [notice_answered] Notice dealt with in a list
    [notice_assigned] Notice given to somebody
    [notice_came_back] Notice came back
    [notice_given_up] Notice given up
    [notice_rerouted] Notice sent another way
    [notice_sent] Notice sent
    [notice_text_written] Words of a notice written
    [order_begun] Order begun
    [order_canceled] Order canceled
    [order_done_late] Order reported late as done
    [order_done] Order done
    [order_made] Order made
    [order_not_done] Order not done
    [order_placed] Place of an order noted
    [order_planned] Order planned
    [order_shut_off_undone] Shut-off undone
    [outage_begun] Outage begun
    [outage_canceled] Outage canceled
    [outage_declared] Outage declared
    [outage_extended] Outage extended
    [outage_reported] Outage reported
    [outage_restored] Service restored after an outage
    [outage_updated] News of an outage
    [part_added] Person added to the account
    [part_ended] Person taken off the account
    [payment_canceled] Payment canceled
    [payment_charged_back] Payment charged back
    [payment_failed] Payment refused
    [payment_processing] Payment on its way
    [payment_received] Payment received
    [payment_refund_failed] Refund of a payment failed
    [payment_refund_ordered] Refund of a payment ordered
    [payment_refund_proposed] Refund of a payment sent for approval
    [payment_refund_refused] Refund of a payment refused
    [payment_refund_sent] Refund of a payment sent
    [payment_refund_withdrawn] Refund of a payment given up
    [payment_refunded_part] Payment refunded in part
    [payment_refunded] Payment refunded
    [payment_requested] Payment asked for
    [payment_returned] Payment returned by the bank
    [payment_reversed] Payment taken back
    [payment_succeeded] Payment posted
    [payment_method_asked] Way to pay asked for
    [payment_method_attached] Way to pay saved
    [payment_method_blocked] Way to pay blocked
    [payment_method_default] Way to pay chosen as the first
    [payment_method_left] Way to pay not saved
    [payment_method_removed] Way to pay removed
    [payout_posted] Payout posted
    [payout_returned] Payout sent back
    [policy_proposed] Policy sent for approval
    [policy_set] Policy set
    [policy_withdrawn] Policy withdrawn
    [premise_changed] Place changed
    [premise_kept_apart] Two places said to be two
    [premise_merge_undone] Two places parted again
    [premise_merged] Two places joined as one
    [premise_opened] Place opened
    [print_batch_canceled] Print batch canceled
    [print_batch_elsewhere] Print batch printed elsewhere
    [print_batch_left_out] Piece left out of a print batch
    [print_batch_made] Print batch made
    [print_batch_mailed] Print batch mailed
    [print_batch_piece_pulled] Piece pulled from a print batch
    [processor_message_done] Message of the processor carried out
    [processor_message_failed] Message of the processor refused
    [processor_message_ignored] Message of the processor not needed
    [processor_message_parked] Message of the processor set aside
    [processor_message_put_off] Message of the processor put off
    [rate_drafted] Rate drafted
    [rate_published] Rate published
    [rate_revised] Rate revised
    [rate_submitted] Rate sent for approval
    [rate_withdrawn] Rate withdrawn
    [read_judged] Read judged
    [read_recorded] Read recorded
    [reads_closed] Day of reads closed
    [refund_check_voided] Refund check taken back
    [refund_check_written] Refund check written
    [request_answered] Request answered
    [request_assigned] Request given to somebody
    [request_documented] Document added to a request
    [request_moved] Standing of a request changed
    [request_received] Request received
    [request_withdrawn] Request taken back
    [request_written] Message on a request
    [returned_payment_fee_charged] Fee for a returned payment charged
    [route_imported] Route taken in from a file
    [route_noted] Note on a stop of a route
    [route_opened] Route opened
    [route_ordered] Order of a route changed
    [route_stops_removed] Stops taken off a route
    [saved_filter_removed] View of a list removed
    [saved_filter_saved] View of a list kept
    [scheduled_payment_asked] Payment scheduled
    [scheduled_payment_canceled] Scheduled payment canceled
    [scheduled_payment_charged] Scheduled payment charged
    [scheduled_payment_refused] Scheduled payment refused
    [scheduled_payment_skipped] Scheduled payment left out
    [service_facts_changed] Facts of a service changed
    [service_resumed] Service resumed
    [service_started] Service started
    [service_stopped] Service stopped
    [service_suspended] Service suspended
    [service_line_recorded] Service line recorded
    [service_point_feeder_named] Feeder of a point named
    [service_point_opened] Point of service opened
    [session_others_ended] Signed out everywhere else
    [session_signed_out] Signed out
    [setup_imported] Utility’s files taken in
    [sharing_answered] Invitation to the account answered
    [sharing_changed] Sharing of the account changed
    [sharing_copies_left] Copies of notices given up
    [sharing_ended] Sharing of the account ended
    [sharing_invited] Invited to the account
    [sharing_left] Shared account left
    [sharing_opened] Invitation to the account opened
    [sharing_withdrawn] Invitation to the account withdrawn
    [shutoff_served] Step before a shut-off recorded
    [staff_added] Member of staff added
    [staff_authenticator_begun] Authenticator of staff begun
    [staff_authenticator_confirmed] Authenticator of staff confirmed
    [staff_authenticator_removed] Authenticator of staff removed
    [staff_closed] Member of staff closed
    [staff_invitation_accepted] Invitation to the office accepted
    [staff_invited_again] Invited to the office again
    [staff_language_changed] Language of a member of staff changed
    [staff_role_changed] Job of a member of staff changed
    [staff_signed_in] Signed in to the office
    [text_number_answered] Answer by text
    [text_number_chosen] Texts chosen
    [text_number_given] Number for texts given
    [text_number_proved] Number for texts proved
    [text_number_removed] Number for texts removed
    [town_built] Town built
    [town_clock_moved] Clock of the town moved
    [town_day_passed] Day of the town passed
    [town_marked] Town marked as such
    [weather_station_chosen] Weather station chosen
    [weather_taken] Weather taken in
   *[other] Something else
}
# $fact (text)
audit-fact = { $fact ->
    [accepted] taken
    [access] access
    [accounts] accounts
    [active] active
    [address] address
    [again_on] again on
    [agreed] agreed to
    [agreement] service
    [ahead_seconds] seconds ahead
    [amount] amount
    [answer] answer
    [arrives_on] arrives on
    [assignee] given to
    [assumed] taken on from
    [attempts] tries
    [authenticator] authenticator
    [back_to_paper] back to paper
    [because] because
    [before] before
    [beside] beside
    [bills] bills
    [bill] bill
    [by] by
    [came_by] came by
    [cap] at most
    [certification] certification
    [changed] changed
    [channel] way
    [charges] charges
    [charge] charge
    [check] check
    [class] class
    [codes_ended] codes ended
    [codes] codes
    [code] code
    [commodity] service
    [consent] consent
    [corrected] corrected
    [corrections] corrections
    [customer] customer
    [cycle] cycle
    [days] days
    [day] day
    [delivered] delivery
    [delivery] delivery
    [difference] difference
    [dispute] dispute
    [documents] documents
    [drafts] drafts
    [due_on] due on
    [due] due day
    [email] by e-mail
    [entry] entry
    [estimated] estimated
    [event] event
    [exceptions] exceptions
    [factor] factor
    [feeder] feeder
    [fees] fees
    [fee] fee
    [file] file
    [filters] filters
    [finding] finding
    [first_on] first day
    [first] first
    [format] format
    [from] from
    [gone] gone
    [high] highest
    [holds] held
    [hour] hour
    [identity_checked] identity checked
    [identity] how it was proved who it was
    [installments] installments
    [instruction] instruction
    [interest] interest
    [invitation] invitation
    [issued] issued on
    [issue] issue day
    [kind] kind
    [known_on] known on
    [language] language
    [last4] last digits
    [last_on] last day
    [last] last
    [late_from] late from
    [left_alone] left as they were
    [left] left
    [letters] letters
    [lines] lines
    [line] line
    [login] sign-in
    [low_income] low income
    [low] lowest
    [material] material
    [merge] joining
    [method] method
    [monthly] each month
    [moved] moved
    [news] news
    [new] new
    [next] next order
    [note] note
    [notices] notices
    [now] now
    [number] number
    [offer] offer
    [of] of
    [on] on
    [other] other
    [outcome] outcome
    [owner] worked by
    [pages] pages
    [paid] paid
    [part] part
    [payments] payments
    [payment] payment
    [payout] payout
    [periods] periods
    [period] period
    [photo] photo
    [pieces] pieces
    [placed] placed
    [points] points of service
    [point] point of service
    [policy] policy
    [position] place
    [premise] place served
    [proof] proof
    [proposed_by] proposed by
    [proven] proved by
    [queue] list
    [rate] rate
    [read_before] reading day before
    [reads] reads
    [read] reading day
    [reason] reason
    [reconnect] order to turn on again
    [registers] dials
    [rejected] refused
    [remedy] remedy
    [renews] renews
    [replaces] in place of
    [request] request
    [role] part or job
    [seconds] seconds
    [sees_balance] sees the balance
    [services] services
    [service] service
    [sessions] sessions
    [settled] settled
    [settle] settled by
    [side] side
    [slots] hours
    [slot] part of the day
    [solved] solved
    [source] source
    [started] started
    [state] standing
    [stopped] stopped
    [stops] stops
    [taken] taken
    [tender] by
    [text] by text
    [threshold] from
    [topic] about
    [to] to
    [units] units
    [until] until
    [update] update
    [value] value
    [variant] kind of plan
    [verdict] verdict
    [version] version
    [waiting] waiting
    [waived] waived
    [way] way
    [what] what
    [why] why
    [without] without
    [words] words
   *[else] more
}
