# Depósitos: en la oficina, y lo que el cliente lee del suyo.

deposits-title = Depósitos
deposits-hint = Lo que se pide o se guarda como garantía. Nada se devuelve solo: alguien mira cada uno.
deposits-ripe = Se pueden devolver
deposits-of = { $all ->
    [one] de 1 depósito
   *[other] de { $all } depósitos
}
deposits-held-hint = con intereses, aparte de lo que deben las cuentas
deposits-unpaid-hint = parte de lo que deben las cuentas
deposits-all = Pedidos o guardados
deposits-none = No se pide ni se guarda ningún depósito.
deposits-more = Se muestran los primeros { $shown }.
deposit-whole-since = Pagado por completo desde
deposit-may-release = se puede devolver

deposit-title = Depósito
deposit-of = Depósito pedido el { $on }
deposit-status = { $status ->
    [asked] Pedido
    [part_paid] Pagado en parte
    [held] Guardado
    [released] Devuelto
    [waived] Perdonado
   *[other] { $status }
}
deposit-reason = { $reason ->
    [new_customer] Cliente nuevo
    [paid_late] Facturas pagadas con retraso
    [shut_off] Corte por lo que se debía
   *[other] { $reason }
}
deposit-step = { $step ->
    [asked] Depósito pedido
    [waived] Depósito perdonado
    [interest] Intereses del depósito
    [released] Depósito devuelto
    [applied] Depósito aplicado a la última factura
   *[other] { $step }
}
deposit-asked = Pedido
deposit-paid = Pagado
deposit-unpaid = Por pagar
deposit-due-from = vence a partir del { $day }
deposit-waived = Perdonado
deposit-interest = Intereses
deposit-held = Guardado
deposit-history = Lo que pasó
deposit-came = Pagado
deposit-went-back = Pago devuelto por el banco
deposit-never = En esta cuenta nunca se pidió un depósito.
deposit-policy-says = Lo que dice la norma
deposit-late-bills = Facturas pagadas con retraso
deposit-late-in = { $bills } en { $months } meses
deposit-most = Lo más que se puede pedir
deposit-why = Motivos para pedirlo
deposit-no-reason = Ninguno: la norma no pide depósito a esta cuenta
deposit-ask-title = Pedir un depósito
deposit-ask-hint = Se suma a lo que debe la cuenta. Lo que se paga de él se guarda y no es ingreso.
deposit-installments-label = Se paga en
deposit-installments = { $count ->
    [one] un solo pago
   *[other] { $count } partes mensuales
}
deposit-look-ask = Ver el depósito
deposit-waive-title = Perdonar lo que no se pagó
deposit-waive-hint = Ya no se debe. Lo que se pagó sigue guardado.
deposit-why-waive = Por qué se perdona
deposit-look-waive = Ver lo que se perdona
deposit-release-title = Devolver el depósito
deposit-release-hint = Paga lo que debe la cuenta; lo que queda es un saldo a favor que se puede pagar. Se suman los intereses hasta hoy y se perdona lo que nunca se pagó.
deposit-why-release = Por qué se devuelve
deposit-look-release = Ver la devolución
deposit-confirm = { $act ->
    [ask] Pedirlo
    [waive] Perdonarlo
   *[release] Devolverlo
}
deposit-done = { $act ->
    [ask] El depósito está pedido.
    [waive] Lo que no se pagó del depósito está perdonado.
   *[release] El depósito está devuelto.
}
deposit-credit = Este cliente tiene un saldo a favor de { $held }.

deposit-not-asked = La norma no pide depósito a esta clase de cuenta.
deposit-not-so = { $reason ->
    [new_customer] La cuenta ya no es nueva.
    [paid_late] Se pagaron con retraso muy pocas facturas para pedir un depósito.
   *[shut_off] La cuenta no se cortó en los meses que cuentan.
}
deposit-wrong-amount = Escriba un monto mayor que cero y de hasta { $most }: la norma no pide más.
deposit-wrong-installments = La norma deja pagar un depósito en 1 a { $most } partes.
deposit-is-open = Ya se pide o se guarda un depósito.
deposit-stopped = Una protección de esta cuenta impide pedir depósitos. Está en la página de la cuenta, en protecciones.
deposit-account-ended = La cuenta terminó: ya no se pide depósito a nadie.
deposit-ended = { $status ->
    [released] El depósito ya fue devuelto.
   *[waived] El depósito ya fue perdonado.
}
deposit-nothing-unpaid = Todo el depósito está pagado. Devuélvalo en su lugar.
deposit-nothing-held = No se guarda nada como depósito. Perdone lo que no se pagó en su lugar.
deposit-note-long = Escriba { $most } letras como máximo.
deposit-no-part = Al plan de cuentas le falta el fondo de la norma de depósitos, o una cuenta con la parte «deposits-asked», «deposits-held» o «deposit-interest». Se fija en Normas, Plan de cuentas.
correction-deposit-open = Todavía se pide o se guarda un depósito. Primero perdónelo o devuélvalo, en la página de la cuenta, en Depósito.

deposit-strip-unpaid = { $unpaid } por pagar
deposit-strip-interest = con { $interest } de intereses

## Lo que lee el cliente

deposit-home-held = Guardamos un depósito suyo de { $held }. No es parte de lo que debe.
deposit-home-asked = De lo que debe, { $unpaid } es un depósito, con próximo vencimiento el { $on }. Se lo devolvemos con intereses.

notice-deposit-asked-text = Pedimos un depósito de { $amount } en la cuenta terminada en { $account }. El motivo: { $reason }.
notice-deposit-asked-due = { $parts ->
    [one] Vence el { $on }.
   *[other] Puede pagarlo en { $parts } partes mensuales. La primera, de { $first }, vence el { $on }.
}
notice-deposit-asked-held = Lo que pague de él sigue siendo suyo: lo guardamos, gana los intereses que dan nuestras normas y se lo devolvemos. No se le suma nada si paga tarde, pero llámenos si no puede pagarlo.
notice-deposit-asked-subject = Le pedimos un depósito
notice-deposit-waived-subject = Debe menos: se perdonó su depósito
notice-deposit-waived-text = Ya no pedimos { $amount } del depósito en la cuenta terminada en { $account }.
notice-deposit-back-subject = Su depósito fue devuelto
notice-deposit-back-text = Devolvimos su depósito en la cuenta terminada en { $account }: { $amount } con sus intereses. Paga lo que debía; lo que queda es un saldo a favor.
notice-deposit-action = Ver su cuenta
