# Places that may be in the books twice, and two places made one.

place-number = Number
place-own-numbers = Numbers of the earlier books
# $places (text)
place-merged-here = Also written in the books as: { $places }.
# $id (text)
place-merged-into = This place became one with place { $id }. Say it there.

place-pair-title = Two places, or one?
place-pair-hint = What is at each is shown beside the other. Nothing about money moves by a merge: each account owes what it owed, and bills that were issued stay as they are.
place-pair-are-one = One of them was merged into another place: there is nothing to merge here now.
place-pair-other-addresses = Their addresses are not the same. Make sure that it is one place.
place-pair-no-points = Nothing is delivered there.
place-pair-orders = Service orders
# $all (number)
# $open (number)
place-pair-orders-open = { $all }, of which open: { $open }
place-pair-landlords = Landlords noted
place-pair-instructions = Instructions of landlords
place-pair-lines = Records of service lines
place-pair-compare = Compare two places
place-pair-compare-hint = For two that the list does not find, such as a misspelled street. The number stands on the page of the place.
place-pair-one = Number of one place
place-pair-other = Number of the other place
place-pair-compare-go = Compare the places
place-pair-no-place = Enter the numbers of two places that are ours.

place-merge-act-hint = Everything that is delivered at the one that goes is delivered at the one that stays, with its meters and accounts. What moves is shown before it is done.
place-merge-stays = Which stays
place-merge-stays-hint = Its address and what is said of it count from now on.
place-merge-look = See what moves
place-merge-two-hint = Such as a front and a rear house of one address. The list leaves them out from now on.
place-merge-apart-done = They stay two places.
place-merge-check-title = What becomes of it
place-merge-check-hint = Nothing is done yet. Look at what moves, then make them one.
place-merge-moves = What moves
place-merge-kept = Stays
place-merge-gone = Goes
place-merge-points = Service points, each with its meters and agreements
place-merge-accounts = Accounts that are or were served there
place-merge-earlier = Places that were merged into it before
# $name (text)
place-merge-renamed = Is called { $name } from then on, because there is such a point already.
# $said (number)
# $lines (number)
place-merge-said = What was said of the one that goes is read with the one that stays. Instructions of landlords: { $said }. Records of service lines: { $lines }.
place-merge-beside = Served at both at the same time
# $service (text)
# $kept (text)
# $gone (text)
place-merge-two-served = { $service }: account { $kept } is open at the place that stays, and account { $gone } at the one that goes. Both points stay, and both accounts go on being billed. If one of them moved out, end its service first.
# $service (text)
# $account (text)
place-merge-one-served = { $service }: account { $account } is served at both. Both points stay, and both go on being billed. If there is only one, end the other service.
place-merge-see-accounts = See the accounts and meters of both
place-merge-facts = Said of both, and not the same
place-merge-facts-hint = What is said of the place that stays counts from now on, for prices and bills too. Correct it there first where the other is right.
# $kept (text)
# $gone (text)
place-merge-fact = { $kept } stays, { $gone } counts no more
place-merge-not-said = nothing said
place-merge-reason = Why it is one place
place-merge-reason-hint = What you saw or heard, such as a visit or a map.
place-merge-looked = I looked at both accounts: there are two points, and both are billed rightly.
place-merge-done = They are one place now.
place-merge-one-and-the-same = This is one place already.
place-merge-merged-before = One of them was merged before. Look at the place it became.
place-merge-look-first = Two accounts are open side by side with one service. End one of them first, or say that you looked at both.
place-merge-outdated = What moves changed since you looked. It is shown as it is now: look again.
# $what (text)
place-merge-changed-since = { $what ->
    [merged] It cannot be taken back: the place that stayed was merged again since. Take that merge back first.
    [landlord] It cannot be taken back: a landlord was noted or said something there since, and it is not known of which place. Open the other place anew.
   *[line] It cannot be taken back: it was recorded since what the service line is made of, and it is not known of which place. Open the other place anew.
}
place-merges-title = Places that were merged
place-merges-hint = Each merge stays here, with what was said of it.
place-merges-none = No places were merged.
# $gone (text)
# $kept (text)
place-merges-row = { $gone } became one with { $kept }
place-merges-undo-why = Why they are two after all
place-merge-undone = The merge is taken back: each place has what was there.
