# Places that a landlord rents out: who is served, what happens when a tenant leaves, and the letters about it.

landlord-title = Places you rent out
landlord-profile = What happens when a tenant leaves
landlord-text = For each place, say what happens when a tenant ends service. It counts for every tenant whose service ends on that day or later, until you say otherwise. We do not tell you who your tenants are.
landlord-none = We have not noted you as the landlord of a place. Please call us if you rent one out.
landlord-state = { $state ->
    [occupied] Occupied
    [yours] In your name
   *[vacant] Vacant
}
# $services (text)
landlord-theirs = In the tenant's name: { $services }
# $services (text)
landlord-yours = In your name: { $services }
# $place (text)
landlord-instruction-legend = When a tenant leaves { $place }
# $account (text)
landlord-instruction = { $instruction ->
    [continue] Service goes on in my name. It is billed on account { $account } from the day on which the tenant's ends.
    [vacant] Service ends with the tenant's, and the place stays without it.
   *[unsaid] Nothing is said. Service ends with the tenant's.
}
# $place (text)
landlord-save = Save for { $place }
landlord-choose = Choose what happens when a tenant leaves.
landlord-saved = Saved. A confirmation is on its way.
landlord-said = What was said
# $day (date)
# $who (text)
landlord-said-by = { $day }, { $who }
notice-landlord-instructed-subject = What happens when your tenant leaves
# $place (text)
# $account (text)
# $day (date)
notice-landlord-instructed-text = { $instruction ->
    [continue] When a tenant leaves { $place }, service goes on in your name on account { $account }, from the day on which the tenant's ends. This counts from { $day } until you say otherwise.
    [vacant] When a tenant leaves { $place }, service ends and the place stays without it. Your account { $account } is not billed for it. This counts from { $day } until you say otherwise.
   *[unsaid] You took back what you said of { $place } on account { $account }. From { $day } on, service ends there with the tenant's.
}
notice-landlord-continued-subject = Service goes on in your name
# $service (text)
# $place (text)
# $day (date)
# $account (text)
notice-landlord-continued-text = Your tenant's service ends. { $service } at { $place } goes on in your name from { $day }, as you told us, and is billed on account { $account }.
notice-landlord-vacant-subject = Service ends at a place of yours
# $service (text)
# $place (text)
# $day (date)
notice-landlord-vacant-text = Your tenant's service ends. { $service } at { $place } ends on { $day } and does not go on, as you told us. Call us before a frost: water may have to be drained.
notice-landlord-not-continued-subject = Please call us about a place of yours
# $service (text)
# $place (text)
# $day (date)
# $account (text)
notice-landlord-not-continued-text = Your tenant's service ends. { $service } at { $place } ends on { $day }. You told us to go on in your name, and account { $account } cannot take it over as it stands. Please call us, so that the place is not without it.
notice-landlord-not-yours-subject = Service at a place of yours is not in your name
# $service (text)
# $place (text)
# $account (text)
# $day (date)
notice-landlord-not-yours-text = { $service } at { $place } is not in your name on account { $account } from { $day } on. What you told us changed, the day changed on which your tenant leaves, or somebody else is served there from that day.
notice-landlord-action = See your places
service-landlord-title = When this service ends
# $account (text)
service-landlord = { $instruction ->
    [continue] The landlord said that it goes on in their name: on account { $account }, from the same day, by the same rate. It is done when you end this service.
   *[vacant] The landlord, account { $account }, said that the place stays without it. They are told when you end this service.
}
# $account (text)
service-continued = Saved. It goes on on the landlord's account { $account } from the same day.
service-left-vacant = Saved. The landlord wants the place left without it, and is told.
# $account (text)
service-not-continued = Saved. The landlord wants it to go on, and account { $account } could not take it over: look at its standing and the rate, and start service there.
# $account (text)
service-landlord-billed = Saved. Service on the landlord's account { $account } was billed already and stays as it is: look at it and end or move it there.
# $account (text)
service-landlord-waits = This service ends, and the landlord said that it goes on in their name. It has not begun on account { $account } yet.
service-hand-over = Hand it over to the landlord's account
