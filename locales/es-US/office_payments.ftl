# El dinero en la oficina: lo que se recibe en el mostrador y lo que se anula.

## Recibir un pago

taking-title = Recibir un pago
taking-act = Recibir un pago
taking-amount-hint = Si es menos de lo que se debe, paga primero las deudas más antiguas; lo que sobre queda a favor del cliente.
taking-tender-label = Pagado con
taking-tender = { $tender ->
    [check] Cheque o giro postal
    [cash] Efectivo
   *[card] Tarjeta, en la terminal
}
taking-channel-label = Cómo llegó
taking-channel = { $channel ->
    [office] En el mostrador
    [drop_box] Buzón de pagos
    [phone] Por teléfono, escrito en la terminal
   *[lockbox] Apartado del banco
}
taking-label = Número del cheque o del recibo de la terminal
taking-label-hint = Se imprime en el recibo. Nunca escriba un número de tarjeta.
taking-received-on = Recibido el
taking-save = Recibir el pago
taking-done = { $amount } quedó registrado en la cuenta.
taking-wrong-amount = Escriba un importe mayor que cero y menor que un millón de dólares.
taking-no-such-way = { $tender ->
    [check] Un cheque
    [cash] El efectivo
   *[card] Una tarjeta
} no llega { $channel ->
    [office] al mostrador
    [drop_box] por el buzón de pagos
    [phone] por teléfono
   *[lockbox] por el apartado del banco
}.
taking-not-yet = Ese día todavía no ha llegado.
taking-too-long-ago = Ese día fue hace más de un año. Escriba el día en que llegó el dinero.
taking-card-number = Esto parece un número de tarjeta. Los números de tarjeta nunca se guardan: escriba el número del recibo de la terminal.
taking-doubt-equal = En el último día ya se hizo un pago de { $amount } en esta cuenta.
taking-doubt-covered = Ya hay { $pending } en camino, que cubre lo que se debe.
taking-doubt-large = { $amount } es varias veces lo que se debe, que son { $owed }. ¿Está el punto decimal en su lugar?
taking-doubt-large-none = { $amount } es mucho para una cuenta que no debe nada. ¿Está el punto decimal en su lugar?
taking-large-yes = El monto es correcto: recíbalo.
taking-large-answer = ¿Es correcto el monto? Indíquelo abajo o cámbielo.
taking-doubt-yes = Es otro pago: recíbalo también.
taking-doubt-answer = ¿Es otro pago? Indíquelo abajo o regrese.

## El recibo

payment-together-with = Hecho como un solo pago con
receipt-office-title = Recibo
receipt-print = Recibo para imprimir
receipt-received = Recibido de
receipt-taken-by = Recibido por
receipt-service-at = Servicio en
receipt-balance-now = Deuda actual de esta cuenta
receipt-thanks = Gracias.

## Anular un pago

return-title = Anular un pago
return-act = Anularlo
return-hint = Lo que pagó se debe otra vez desde sus propias fechas de vencimiento. El pago queda en el historial.
return-why = ¿Por qué se anula?
return-bounced = El banco lo devolvió.
return-with-fee = Se cobra el cargo de { $fee }.
return-mistake = Se registró por error. No se cobra ningún cargo.
return-reason-hint = El motivo del banco o lo que estaba mal. El cliente puede leerlo.
return-action = Anular el pago
return-done = El pago quedó anulado.
return-overtaken = Nada de lo suyo se hizo. El pago ya no está como usted lo vio: { $state }, por { $by } el { $at }, «{ $why }».
return-not-offered = Aquí solo se anula un pago que está en la cuenta y que no llegó por el procesador.

## En el procesador

processor-title = En el procesador
processor-fee = Cargo retenido
processor-line = { $kind ->
    [charge] Pagado
    [refund] Reembolsado
    [refund_failure] El reembolso regresó
    [dispute] Disputa
    [payout] Desembolso
    [payout_failure] Desembolso devuelto
    [cost] Cargo
   *[other] Otro
}

## Devolver lo que llegó por el procesador

refund-title = Reembolsar a la tarjeta o al banco
refund-left = Todavía se puede devolver
refund-hint = El procesador lo devuelve a la tarjeta o cuenta bancaria de donde vino. Lo que el pago cubría se debe de nuevo en cuanto el procesador dice que salió; primero sale lo que se guarda para el cliente.
refund-note = Nota
refund-action = Reembolsar
refund-list = Reembolsos pedidos aquí
# $on (day)
refund-by = pedido por { $who } el { $on }
# $state (text)
refund-state = { $state ->
    [proposed] Espera a una segunda persona
    [ordered] En envío
    [sent] Con el procesador
    [failed] El procesador no lo aceptó
    [refused] Rechazado
   *[withdrawn] Desistido
}
refund-approve = Aprobar y reembolsar
refund-waits = Esto es más de lo que usted decide por sí solo. El reembolso espera a una segunda persona.
refund-sent = El procesador aceptó el reembolso. Constará con el pago en cuanto el procesador diga que salió.
refund-ordered = El reembolso está pedido. El procesador todavía no respondió; se le pregunta de nuevo por sí solo.
# $code (text)
refund-not-taken = El procesador no aceptó el reembolso: { $code }. No se devolvió nada. Páguelo de otra manera.
refund-refused = El reembolso queda rechazado.
refund-withdrawn = Se desistió del reembolso.
refund-not-by-processor = Este pago no llegó por el procesador. Retírelo, o pague lo que se guarda por cheque o banco.
refund-of-several = Esta es la parte de una cuenta en un pago para varias cuentas. Lo que se reembolsa aquí sale solo de esta parte.
# $state (text)
refund-not-standing = Nada de este pago se puede devolver: consta como «{ $state }».
# $left (money)
refund-more-than = De este pago no se pueden devolver más de { $left }.
refunds-queue = Reembolsos de pagos
