"""The processor's official Python library drives our sandbox: requests, shapes, refusals, signatures. Exit 0 good, 77 library missing.

    stripe_sdk.py BASE KEY WEBHOOK_SECRET < a message: its signature header on the first line, its body after it
"""
import json
import sys
import time
import urllib.error
import urllib.request

try:
    import stripe
except ImportError:
    sys.exit(77)

base, key, secret = sys.argv[1:4]
stripe.api_key, stripe.api_base, stripe.max_network_retries = key, base + "/sandbox", 0


def refused(kind, call, **wanted):
    try:
        call()
    except kind as error:
        for name, value in wanted.items():
            assert getattr(error, name, None) == value or getattr(error.error, name, None) == value, (name, error)
        return error
    raise AssertionError(f"{kind.__name__} was expected")


def intent(method, **more):
    return stripe.PaymentIntent.create(amount=2000, currency="usd", payment_method=method, confirm=True, **more)


# A page for one payment.
session = stripe.checkout.Session.create(
    mode="payment",
    line_items=[{"quantity": 2, "price_data": {"currency": "usd", "unit_amount": 1500, "product_data": {"name": "Water"}}}],
    success_url="https://example.com/ok?s={CHECKOUT_SESSION_ID}",
    metadata={"payment": "7"},
    idempotency_key="judge-session",
)
assert session.amount_total == 3000 and session.status == "open" and session.payment_status == "unpaid"
assert session.url.startswith(base) and session.metadata["payment"] == "7" and session.livemode is False
assert stripe.checkout.Session.retrieve(session.id).id == session.id
assert stripe.checkout.Session.expire(session.id).status == "expired"
refused(stripe.InvalidRequestError, lambda: stripe.checkout.Session.expire(session.id), http_status=400)

# Cards.
paid = intent("pm_card_visa", metadata={"a": "b"}, expand=["latest_charge.balance_transaction"], idempotency_key="judge-card")
paid = stripe.PaymentIntent.retrieve(paid.id, expand=["latest_charge.balance_transaction"])
assert paid.status == "succeeded" and paid.amount_received == 2000
assert paid.latest_charge.payment_method_details.card.last4 == "4242"
assert paid.latest_charge.balance_transaction.fee == 88
again = intent("pm_card_visa", metadata={"a": "b"}, expand=["latest_charge.balance_transaction"], idempotency_key="judge-card")
assert again.id == paid.id
refused(stripe.IdempotencyError, lambda: intent("pm_card_mastercard", idempotency_key="judge-card"))
for alias, code, decline in [
    ("pm_card_visa_chargeDeclined", "card_declined", "generic_decline"),
    ("pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"),
    ("pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"),
]:
    error = refused(stripe.CardError, lambda: intent(alias), code=code)
    assert error.error.decline_code == decline
    assert error.error.payment_intent.status == "requires_payment_method"
refused(stripe.CardError, lambda: intent("pm_card_authenticationRequired", off_session=True), code="authentication_required")
assert intent("pm_card_authenticationRequired").status == "requires_action"
refused(stripe.AuthenticationError, lambda: stripe.Balance.retrieve(api_key="sk_test_wrong"))
refused(stripe.InvalidRequestError, lambda: stripe.PaymentIntent.retrieve("pi_none"), code="resource_missing")

# A bank account settles later; the clock brings the day forward.
bank = intent("pm_usBankAccount_success")
failing = intent("pm_usBankAccount_accountClosed")
returned = intent("pm_usBankAccount_dispute")
assert {bank.status, failing.status, returned.status} == {"processing"}
ahead = max(bank.created, int(time.time())) + 10 * 86400
stripe.test_helpers.TestClock.advance("clock_sandbox", frozen_time=ahead)
assert stripe.PaymentIntent.retrieve(bank.id).status == "succeeded"
failed = stripe.PaymentIntent.retrieve(failing.id)
assert failed.status == "requires_payment_method" and failed.last_payment_error.code == "account_closed"
disputes = stripe.Dispute.list(payment_intent=returned.id)
assert [d.status for d in disputes.data] == ["lost"]

# Refunds.
assert stripe.Refund.create(payment_intent=paid.id, amount=500).status == "succeeded"
refused(stripe.InvalidRequestError, lambda: stripe.Refund.create(payment_intent=paid.id, amount=1501), code="charge_already_refunded")
assert stripe.Charge.retrieve(paid.latest_charge.id).amount_refunded == 500

# Lists.
succeeded = stripe.Event.list(types=["payment_intent.succeeded"], limit=2)
assert len(succeeded.data) == 2 and {e.type for e in succeeded.data} == {"payment_intent.succeeded"}
assert stripe.Event.retrieve(succeeded.data[0].id).data.object.object == "payment_intent"
assert isinstance(stripe.Event.list(delivery_success=False).has_more, bool)
lines = list(stripe.BalanceTransaction.list(limit=3).auto_paging_iter())
assert sum(line.net for line in lines) == stripe.Balance.retrieve().available[0].amount

# Once a day what has come in is paid out, and the lines of a payout add up to it; what is held is the sum of all lines.
paid_out = stripe.Payout.list(limit=100).data
assert paid_out and all(p.status == "paid" and p.reconciliation_status == "completed" for p in paid_out)
for payout in paid_out:
    made_of = list(stripe.BalanceTransaction.list(payout=payout.id, limit=2).auto_paging_iter())
    assert sum(line.net for line in made_of if line.type != "payout") == payout.amount
    assert [line.amount for line in made_of if line.source == payout.id] == [-payout.amount]
    assert stripe.Payout.retrieve(payout.id).arrival_date <= ahead
refund = stripe.Refund.list(payment_intent=paid.id, expand=["data.balance_transaction"]).data[0]
assert refund.balance_transaction.net == -500
assert disputes.data[0].balance_transactions[0].fee == 400

# Signatures, both ways.
header, body = sys.stdin.read().split("\n", 1)
assert stripe.Webhook.construct_event(body, header, secret).type == "payment_intent.succeeded"
sent = json.dumps({"id": "evt_judge", "object": "event", "type": "balance.available", "created": 1, "livemode": False,
                   "api_version": None, "data": {"object": {"object": "balance"}}})
now = int(time.time())
made = stripe.WebhookSignature._compute_signature(f"{now}.{sent}", secret)


def post(signature):
    request = urllib.request.Request(base + "/webhooks/stripe", sent.encode(), {"Stripe-Signature": f"t={now},v1={signature}"})
    try:
        return urllib.request.urlopen(request).status
    except urllib.error.HTTPError as error:
        return error.code


assert post(made) == 200 and post("0" * 64) == 400
print("the official library is content")
