# Un pago en un día por venir: pedirlo, verlo, cancelarlo y las cartas que tratan de él.

scheduled-title = Pagar otro día
scheduled-on-another-day = Pagar otro día
scheduled-intro = Elija un día y ese día cobramos a su tarjeta o cuenta bancaria guardada. Nunca cobramos más de lo que usted deba ese día.
scheduled-needs-method = Para pagar otro día necesita una tarjeta o cuenta bancaria guardada.
scheduled-amount-hint = Lo máximo que cobramos. Si ese día se debe menos, cobramos menos y le avisamos.
scheduled-on = Día
scheduled-on-hint = Del { $first } al { $last }.
scheduled-too-soon = Elija el { $first } o un día posterior. Para pagar hoy, pague ahora.
scheduled-too-far = Elija un día hasta el { $last }. No programamos a más de 60 días.
scheduled-expired = Esta tarjeta solo es válida hasta { $last }. Elija un día anterior u otra forma de pago.
scheduled-not-a-day = Elija un día, como 2026-12-31 o 12/31/2026.
scheduled-choose-method = Elija una forma de pago guardada.
scheduled-check-title = Revise su pago programado
scheduled-most = Monto máximo
scheduled-waits = Ahora no se cobra nada.
scheduled-owed-now = Hoy se deben { $amount } que no están en disputa. Ese día cobramos lo que se deba entonces, hasta su monto.
scheduled-autopay-first = El pago automático cobra { $amount } el { $day }, antes de este pago. Lo que pague no se cobra otra vez.
scheduled-autopay-less = El pago automático cobra solo lo que este pago deje.
scheduled-equal = Ya programó un pago de { $amount }.
scheduled-equal-hint = ¿Es este otro pago?
scheduled-equal-yes = Sí, programar otro
scheduled-equal-answer = Diga que quiere otro pago, o vuelva atrás.
scheduled-button = Programar para el { $day }
scheduled-done = Programado. Le enviamos una confirmación.

scheduled-agreement = Autorizo a { -utility } a cobrar una sola vez a { $method }, el { $day }, hasta { $amount } para la cuenta { $account }: nunca más de lo que yo deba y no dispute en ese momento. Si ese día no se puede cobrar por una causa de ustedes, se puede cobrar hasta tres días después. Si se rechaza, no se intenta de nuevo. Puedo cancelarlo en línea o al { $phone } hasta el día anterior, y ese mismo día hasta que haya comenzado.

## El pago

scheduled-payment-title = Pago el { $day }
scheduled-state = { $state ->
    [asked] Se está cobrando
    [made] Cobrado
    [skipped] No se cobró
    [stopped] Rechazado
    [canceled] Cancelado
   *[planned] Programado
}
scheduled-will-charge = Lo cobramos el { $day }. Hasta entonces puede cancelarlo.
scheduled-being-charged = Se está cobrando en este momento y ya no se puede cancelar.
scheduled-took = Se cobraron { $taken }.
scheduled-took-less = Se cobraron { $taken }, no { $amount }: ese día no se debía más.
scheduled-to-payment = Ver el pago
scheduled-uncharged = { $why ->
    [covered] No se cobró nada: lo que debía ya estaba pagado con dinero en camino.
    [too_small] No se cobró nada: lo que debía es menos que el pago mínimo.
    [too_late] No se cobró nada: no pudimos cobrarlo ese día ni en los tres días siguientes. Por favor pague ahora.
   *[nothing_owed] No se cobró nada: ese día no se debía nada, o lo que quedaba está en disputa.
}
scheduled-ended = { $why ->
    [removed] Se canceló porque se quitó la tarjeta o cuenta bancaria. Por favor pague de otra forma.
    [returned] Se canceló porque un pago con la misma tarjeta o cuenta bancaria fue devuelto o disputado. Por favor pague de otra forma.
    [declined] Se canceló porque la tarjeta o el banco rechaza los cobros. Por favor pague de otra forma.
   *[stopped] Se canceló. No se cobra nada.
}
scheduled-cancel = Cancelar este pago
scheduled-canceled = Cancelado. Ese día no se cobra nada.
scheduled-canceled-autopay = Cancelado. El pago automático contaba con él: el { $day } no cobra más de lo que le avisamos. Pague usted lo que queda.
scheduled-begun = Ya comenzó, o su día ya pasó: no se puede cancelar.
scheduled-list = Pagos programados
scheduled-see = Ver o cancelar

## En otras páginas

scheduled-home = Hay un pago de { $amount } programado para el { $day }.
scheduled-takes = Hay un pago de { $amount } programado para el { $day }. Si paga ahora, ese día se cobra solo lo que todavía se deba.
scheduled-removal = Un pago programado con ella se cancela.

## Cartas

notice-scheduled-planned-subject = Su pago está programado
notice-scheduled-planned-text = El { $day } cobramos a { $method } hasta { $amount } para la cuenta { $account }. Esta es la copia de lo que usted aceptó:
notice-scheduled-less-subject = Su pago programado cobró menos
notice-scheduled-less-text = El pago programado para la cuenta { $account } cobró { $taken }, no { $amount }: ese día no se debía más.
notice-scheduled-skipped-subject = Su pago programado no se cobró
notice-scheduled-skipped-text = El pago de hasta { $amount } para la cuenta { $account }, programado para el { $day }, no se cobró.
notice-scheduled-refused-subject = Su pago programado fue rechazado
notice-scheduled-refused-text = El cobro programado de { $amount } para la cuenta { $account } fue rechazado. No se pagó nada y no lo intentamos de nuevo. Por favor pague de otra forma.
notice-scheduled-canceled-subject = Su pago programado está cancelado
notice-scheduled-canceled-text = El pago de hasta { $amount } para la cuenta { $account }, programado para el { $day }, está cancelado.
notice-scheduled-action = Ver el pago

## La oficina

account-scheduled = Pagos programados
account-scheduled-line = { $amount } el { $day }, { $method }
account-scheduled-cancel = Cancelarlo
account-scheduled-hint = Ese día no se cobra nada, y se avisa al cliente.
account-scheduled-cancel-now = Cancelarlo ahora
account-scheduled-canceled = El pago programado está cancelado, y se avisó al cliente.
account-scheduled-canceled-autopay = El pago programado está cancelado, y se avisó al cliente. El pago automático contaba con él: el { $day } no toma más de lo que se avisó al cliente. Diga que lo que queda hay que pagarlo a mano.
account-scheduled-begun = Ya comenzó, o su día ya pasó: no se puede cancelar.
