# Más tiempo para pagar: prórrogas y acuerdos de pago, en el portal, en la oficina, y las cartas sobre ellos.

more-time-title = Más tiempo para pagar
arrangement-kind = { $kind ->
    [extension] Prórroga de pago
   *[arrangement] Acuerdo de pago
}
arrangement-state = { $state ->
    [open] En vigor
    [kept] Cumplido
    [broken] Incumplido
   *[canceled] Cancelado
}
arrangement-state-means = { $state ->
    [open] Mientras cada pago se haga a tiempo, no se cobra cargo por mora sobre lo que cubre y no se considera vencido.
    [kept] Todo lo que cubría está pagado. Gracias.
    [broken] Un pago no se hizo a tiempo. Lo que queda vence ahora y es posible un cargo por mora.
   *[canceled] Le pusimos fin. Lo que queda vence como antes.
}
arrangement-number = Número { $number }
arrangement-badge = En acuerdo
more-time-intro = Elija una fecha posterior o reparta lo que debe en pagos mensuales. Verá cada fecha y cada monto antes de aceptar.
more-time-owed = Usted debe { $amount }, sin contar lo que esté en disputa.
more-time-pending = { $amount } está en camino. Cuando llegue, cuenta para el primer pago de abajo.
more-time-on = Usted ya tiene más tiempo
more-time-see = Vea sus fechas y montos
more-time-extension = Una fecha de vencimiento posterior
more-time-extension-hint = Para todo lo que vence antes de la nueva fecha. La nueva fecha es un día en que nuestra oficina está abierta.
more-time-until = Pague { $amount } a más tardar el { $day }
more-time-days = { $days ->
    [one] 1 día más
   *[other] { $days } días más
}
more-time-monthly = Pagos mensuales
more-time-monthly-hint = Para todo lo que debe hoy. Las facturas nuevas se pagan en su propia fecha. Cada fecha es un día en que nuestra oficina está abierta.
more-time-down = Primer pago
more-time-down-hint = Al menos { $least }, como máximo { $most }.
more-time-down-show = Mostrar los montos
more-time-first = Primero
more-time-each = Luego cada mes
more-time-last-day = El último
more-time-nothing-first = Nada
more-time-count = { $count ->
    [one] 1 pago mensual
   *[other] { $count } pagos mensuales
}
payday-by = Pagar en
payday-bills = Los días en que vencen las facturas
payday-every = { $every ->
    [week] Días de pago del sueldo, cada semana
    [two_weeks] Días de pago del sueldo, cada dos semanas
   *[month] Días de pago del sueldo, cada mes
}
payday-each = { $every ->
    [week] cada semana
    [two_weeks] cada dos semanas
   *[month] cada mes
}
payday-next = Próximo día en que cobra su sueldo
payday-next-hint = Solo si es por los días de pago del sueldo.
payday-not-then = Elija un próximo día de pago entre el { $from } y el { $last }.
payday-none = Con estos días no es posible ninguna cantidad de pagos. Elija otros, o pague más al principio.
payday-then = Después, cada día de pago
more-time-paydays = { $count ->
    [one] 1 pago, { $each }
   *[other] { $count } pagos, { $each }
}
more-time-not-offered = Hoy no es posible
more-time-instead = Lo que puede hacer en su lugar
more-time-call = Llámenos al { $phone }: lo vemos con usted y sabemos quién ayuda con las facturas.
more-time-pay-part = Pague lo que pueda. Cada pago reduce lo que debe, y no se cobra cargo por mora sobre lo que se paga a tiempo.
more-time-earlier = Anteriores
more-time-made = Aceptado el { $day }

arrangement-refused-nothing = Usted no debe nada que no esté en disputa.
arrangement-refused-not-active = Esta cuenta no tiene servicio. Llámenos sobre su factura final.
arrangement-refused-already = Ya hay uno en vigor. Otro es posible cuando termine.
arrangement-refused-class = No se ofrece para este tipo de cuenta.
arrangement-refused-returned = El banco devolvió un pago. Pague primero ese monto y su cargo.
arrangement-refused-less = Es posible a partir de { $least } de deuda.
arrangement-refused-more = Es posible hasta { $most } de deuda.
arrangement-refused-old = { $days ->
    [0] Algo está vencido.
    [one] Algo está vencido desde hace más de 1 día.
   *[other] Algo está vencido desde hace más de { $days } días.
}
arrangement-refused-often = { $most ->
    [one] Es posible una vez en { $months ->
        [one] 1 mes
       *[other] { $months } meses
    }, y ya se usó.
   *[other] Es posible { $most } veces en { $months ->
        [one] 1 mes
       *[other] { $months } meses
    }, y ya se usaron.
}
arrangement-refused-broken = Un acuerdo anterior no se cumplió. Será posible de nuevo a partir del { $day }.
arrangement-refused-length = Esta opción no se ofrece. Elija una de la lista.
arrangement-refused-down-small = El primer pago es de al menos { $least }.
arrangement-refused-down-large = El primer pago es de { $most } como máximo; el resto se paga por mes.

more-time-check-title = Revise las fechas y los montos
arrangement-payments = Pagos
arrangement-due = Vence
arrangement-amount = Monto
arrangement-total = En total
arrangement-grace = { $days ->
    [0] Cada pago está a tiempo hasta su fecha.
    [one] Cada pago está a tiempo hasta 1 día después de su fecha.
   *[other] Cada pago está a tiempo hasta { $days } días después de su fecha.
}
arrangement-first = Lo que pague cuando se acerca una de estas fechas va primero a ese pago y luego a otras facturas.
more-time-first-now = En esta página no se paga nada. Haga el primer pago cualquier día hasta su fecha.
more-time-autopay = El pago automático cobra estos pagos junto con las facturas que vencen ese día o después. Un pago anterior a la próxima factura hágalo usted.
more-time-words = Lo que usted acepta
arrangement-agreement-part = { $amount } a más tardar el { $day }
arrangement-agreement-extension = Acepto pagar { $amount } de la cuenta terminada en { $account } a más tardar el { $day }. Hasta entonces no se cobra cargo por mora sobre ese monto. Si no se paga { $grace ->
    [0] a más tardar en esa fecha
    [one] a más tardar el día siguiente a esa fecha
   *[other] dentro de los { $grace } días siguientes a esa fecha
}, esta prórroga termina, todo lo que queda vence de inmediato y desde entonces es posible un cargo por mora.
arrangement-agreement = Acepto pagar { $amount } de la cuenta terminada en { $account } en estos pagos: { $payments }. Pago las facturas nuevas en su propia fecha. Mientras tanto no se cobra cargo por mora sobre este monto. Si un pago no se hace { $grace ->
    [0] a más tardar en su fecha
    [one] a más tardar el día siguiente a su fecha
   *[other] dentro de los { $grace } días siguientes a su fecha
}, este acuerdo de pago termina, todo lo que queda vence de inmediato y desde entonces es posible un cargo por mora.
more-time-agree = He leído esto y lo acepto
more-time-must-agree = Marque la casilla para aceptar.
more-time-confirm = Aceptar
more-time-changed = Entretanto se pagó o se cobró algo. Revise las nuevas fechas y montos.
more-time-copy = Guardamos estas palabras tal como las leyó y le enviamos una copia.
more-time-done = Aceptado. Recibirá una copia de las palabras.

installment-state = { $state ->
    [paid] Pagado
    [due] Por venir
    [late] Atrasado
    [missed] Incumplido
   *[aside] En disputa
}
installment-left = Quedan { $amount }
arrangement-left = Quedan { $amount } por pagar
arrangement-next = Próximo: { $amount } a más tardar el { $day }
arrangement-beside = Además, { $amount } de otras facturas vence a más tardar el { $day }.
arrangement-pay = Pagar { $amount }
installment-moved = Acordado para el { $day }; movido por una disputa o un pago devuelto
arrangement-agreed = Lo que usted aceptó
arrangement-agreed-by = Aceptado por { $by } el { $day }.
arrangement-home = { $kind ->
    [extension] { $amount } vence el { $day } con su prórroga.
   *[arrangement] { $amount } vence el { $day } según su acuerdo de pago.
}
arrangement-home-late = { $kind ->
    [extension] { $amount } de su prórroga está atrasado. Páguelo a más tardar el { $day } para conservarla.
   *[arrangement] { $amount } de su acuerdo de pago está atrasado. Páguelo a más tardar el { $day } para conservarlo.
}

arrangement-home-beside = { $amount } no está en el acuerdo y vence el { $day }.

arrangement-bill-before = De esto, { $amount } se debía de antes. Lo que está en su acuerdo de más tiempo vence en las fechas de ese acuerdo.

## La oficina

office-arrangements = Acuerdos de pago
office-arrangements-hint = Prórrogas y acuerdos de pago, los más nuevos primero.
office-arrangements-count = { $count ->
    [one] 1 acuerdo
   *[other] { $count } acuerdos
}
office-arrangements-none = Aquí no hay ninguno.
office-arrangements-any = Todos
office-arrangement-kind = Tipo
office-arrangement-next = Próximo vencimiento
office-arrangement-left = Queda
office-arrangement-made = Aceptado
office-arrangement-made-by = { $channel ->
    [portal] aceptado por { $who } en el portal, { $day }
   *[office] hecho por { $who } en la oficina, { $day }
}
office-arrangement-policy = { $version ->
    [0] Según la política que viene con el programa
   *[other] Según la versión { $version } de la política
}
office-arrangement-in = En acuerdo
office-arrangement-due = { $kind ->
    [extension] prórroga hasta el { $day }
   *[arrangement] próximo el { $day }
}
office-arrangement-late = un pago está atrasado
office-arrangement-broken = Un acuerdo de pago se incumplió el { $day }
office-arrangement-open-it = Verlo
office-arrangement-steps = Lo que ocurrió
office-arrangement-paid = Pagado
office-arrangement-covered = Lo que cubre
office-arrangement-cancel = Ponerle fin
office-arrangement-cancel-hint = Lo que cubre vence de nuevo como antes, y unos días después de hoy es posible un cargo por mora. Al cliente se le dice su motivo.
office-arrangement-cancel-why = Motivo, para el cliente
office-arrangement-cancel-now = Ponerle fin y avisar al cliente
office-arrangement-words-missing = Escriba el motivo.
office-arrangement-words-long = Escriba { $most } letras como máximo.
office-arrangement-ended = Entretanto ha terminado.
office-arrangement-canceled = El acuerdo terminó y se avisa al cliente.
office-arrangement-act = Más tiempo
office-arrangement-new = Dar más tiempo para pagar
office-arrangement-new-hint = Rige la misma política que en el portal. Lea las palabras al cliente antes de hacerlo.
office-arrangement-read-aloud = Palabras para leer al cliente
office-arrangement-autopay = El pago automático está activado. Cobra estos pagos junto con las facturas que vencen ese día o después; diga que un pago anterior a la próxima factura hay que hacerlo a mano.
office-arrangement-agreed = El cliente oyó estas palabras y las aceptó
office-arrangement-make = Hacerlo
office-arrangement-done = Hecho, y se avisa al cliente.
office-arrangement-today = { $broken ->
    [0] ninguno incumplido en 30 días
    [one] 1 incumplido en 30 días
   *[other] { $broken } incumplidos en 30 días
}

## Cartas y mensajes de texto

notice-arrangement-made-subject = Más tiempo para pagar: lo que acordamos
notice-arrangement-made-text = { $about ->
    [extension] Su prórroga de pago para la cuenta terminada en { $account } tiene el número { $number }. Esto es lo acordado:
   *[arrangement] Su acuerdo de pago para la cuenta terminada en { $account } tiene el número { $number }. Esto es lo acordado:
}
notice-arrangement-keep = Guarde esta carta. Las fechas y los montos también están en su página.
notice-arrangement-action = Ver fechas y montos
notice-arrangement-due-soon-subject = Pronto vence un pago que acordamos
notice-arrangement-due-soon-text = { $about ->
    [extension] Con su prórroga, { $amount } de la cuenta terminada en { $account } vence el { $due_on }.
   *[arrangement] { $amount } de su acuerdo de pago para la cuenta terminada en { $account } vence el { $due_on }.
}
notice-arrangement-late-subject = Un pago que acordamos está atrasado
notice-arrangement-late-text = { $about ->
    [extension] { $amount } de su prórroga para la cuenta terminada en { $account } vencía el { $due_on } y no ha llegado.
   *[arrangement] { $amount } de su acuerdo de pago para la cuenta terminada en { $account } vencía el { $due_on } y no ha llegado.
}
notice-arrangement-late-until = Todavía está a tiempo hasta el { $until }. Después el acuerdo termina y todo lo que queda vence de inmediato.
notice-arrangement-kept-subject = Todo lo que acordamos está pagado
notice-arrangement-kept-text = { $about ->
    [extension] Lo que cubría su prórroga para la cuenta terminada en { $account } está pagado. Gracias.
   *[arrangement] Lo que cubría su acuerdo de pago para la cuenta terminada en { $account } está pagado. Gracias.
}
notice-arrangement-reopened-subject = Su acuerdo de más tiempo para pagar está de nuevo en vigor
notice-arrangement-reopened-text = { $about ->
    [extension] Un pago que había cubierto su prórroga de la cuenta terminada en { $account } fue devuelto. Se deben de nuevo { $left }, y la prórroga está otra vez en vigor.
   *[arrangement] Un pago que había cubierto su acuerdo de pago de la cuenta terminada en { $account } fue devuelto. Se deben de nuevo { $left }, y el acuerdo está otra vez en vigor.
}
notice-arrangement-reopened-until = Nada de eso vence antes del { $day }. Los pagos con una fecha posterior la conservan.
notice-arrangement-broken-subject = Su acuerdo de más tiempo para pagar ha terminado
notice-arrangement-broken-text = { $about ->
    [extension] Un pago de su prórroga para la cuenta terminada en { $account } no se hizo a tiempo. La prórroga terminó el { $on }.
   *[arrangement] Un pago de su acuerdo de pago para la cuenta terminada en { $account } no se hizo a tiempo. El acuerdo terminó el { $on }.
}
notice-arrangement-left = Quedan { $left } de lo que cubría, y vencen ahora. Es posible un cargo por mora.
notice-arrangement-call = Si algo ha cambiado para usted, llámenos: lo vemos juntos.
notice-arrangement-canceled-subject = Pusimos fin a un acuerdo de más tiempo para pagar
notice-arrangement-canceled-text = { $about ->
    [extension] Pusimos fin a su prórroga para la cuenta terminada en { $account }, por este motivo:
   *[arrangement] Pusimos fin a su acuerdo de pago para la cuenta terminada en { $account }, por este motivo:
}
text-arrangement-due-soon = { $amount } que acordamos vence el { $due_on }.
text-arrangement-late = { $amount } que acordamos está atrasado. Está a tiempo hasta el { $until }.
text-arrangement-broken = Faltó un pago y su acuerdo de más tiempo ha terminado. { $left } vence ahora.
