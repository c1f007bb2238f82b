# Procesos de facturación, una factura y los pagos como los ve la oficina.

# $status (text)
run-status = { $status ->
    [drafting] Preparando
    [drafted] Lista para revisar
    [issuing] Emitiendo
    [issued] Emitida
   *[void] Descartada
}
# $amount (text)
run-line = { $bills ->
    [one] 1 factura
   *[other] { $bills } facturas
}, { $amount }
run-ready = Iniciar una facturación
run-none-ready = Todos los períodos con lecturas ya se facturaron.
run-period = Ciclo y período
# $issue (day)
# $due (day)
run-dates = emisión { $issue }, vence { $due }
run-start = Preparar las facturas
run-start-hint = Los borradores no cuestan nada a nadie: mírelos y luego emítalos o descártelos.
run-started-now = El proceso ha comenzado.
run-not-started = Este período ya tiene un proceso.
run-not-over = Este período aún no ha terminado. Prepare sus facturas desde el { $on }.
run-later-issued = Ya se emitió un período posterior de este ciclo. Las facturas salen en el orden de sus períodos.
run-earlier-first = Primero va el período del { $from } al { $until }: emita su proceso y después inicie este.
run-latest = Procesos, lo más reciente primero
run-bills = Facturas
run-started = Iniciado
# $attempt (number)
run-attempt = intento { $attempt }
run-title = Facturación { $cycle }
run-progress = Avance
# $done (number)
# $all (number)
run-of = { $done } de { $all }
run-accounts = Cuentas revisadas
# $all (number)
run-of-accounts = de { $all }
run-drafts = Borradores
run-drafts-hint = aún sin emitir
run-issued = Emitidas
# $count (number)
run-voided = { $count } descartadas
run-amount-hint = todas las facturas del proceso
run-issue = { $count ->
    [one] Emitir 1 factura
   *[other] Emitir { $count } facturas
}
run-void = Descartar el proceso
run-see-exceptions = Trabajar las excepciones
run-issuing-now = Las facturas se están emitiendo.
run-voided-now = El proceso y sus borradores están descartados. El período se puede preparar de nuevo.
run-refused = El proceso ya avanzó; esto ya no es posible.
run-estimated = Con estimación
run-totals = Totales por servicio
run-largest = Facturas más altas
run-smallest = Facturas más bajas
run-all-bills = Todas las facturas del proceso
run-no-bills = Aún no hay facturas.
run-billed-again = La factura se preparó de nuevo.
run-not-billed-again = La cuenta aún no se puede facturar; vea sus excepciones.
run-exceptions-of = { $found ->
    [0] ninguna hallada
    [one] de 1 hallada
   *[other] de { $found } halladas
}
run-try-held = { $count ->
    [one] Intentar de nuevo 1 cuenta retenida
   *[other] Intentar de nuevo { $count } cuentas retenidas
}
run-trying-held = Las cuentas retenidas se están preparando de nuevo.
run-nothing-served = Esta cuenta no tuvo servicio en el período.
run-account-issued = La cuenta ya tiene su factura de este proceso. Anule la factura para facturar de nuevo el período.
run-waits = Lo que espera a una persona
run-waits-text = Cuentas sin borrador: { $held }. Borradores por revisar antes de salir: { $looks }.

## Una factura

bill-title = Factura { $number }
bill-for = de { $name }
bill-what-of = De qué se compone cada línea
bill-due = Vence
bill-total = Cargos nuevos
bill-previous = Saldo anterior
bill-open = Pendiente
bill-issued = Emitida
bill-status = Qué pasó con ella
bill-none-yet = Nada todavía.
# $stage (text)
bill-event = { $stage ->
    [drafted] Preparada
    [issued] Emitida
    [queued] Puesta a entregar
    [sent] Enviada
    [delivered] Entregada
    [failed] No entregada
    [due] Vence
    [paid] Pagada por completo
    [canceled] Anulada
    [voided] Descartada
   *[other] { $stage }
}
bill-to-come = por venir
bill-void = Descartar este borrador
bill-voided = El borrador está descartado.
bill-cancel = Anular y facturar de nuevo
bill-cancel-reason = ¿Por qué se anula?
bill-cancel-hint = Los movimientos del cliente muestran la anulación y la factura corregida.
bill-canceled-now = La factura está anulada y hay un borrador corregido.
bill-canceled-only = La factura está anulada. No se pudo preparar una corregida; vea las excepciones.
bill-reason-missing = Diga por qué se anula la factura.
bill-refused = La factura ya avanzó; esto ya no es posible.
bill-replaces = Reemplaza la factura { $number }
bill-run = Proceso de facturación
bill-quantity = Cantidad
bill-price = Precio
bill-charge = Cargo
bill-rate = Tarifa { $code }, versión { $version }
bill-working = Cálculo
bill-reads-label = Lecturas
# $days (number)
# $whole (number)
bill-slice = { $days } de { $whole } días
bill-unrounded = Antes de redondear
bill-days = { $days ->
    [one] 1 día
   *[other] { $days } días
}

## Pagos

payment-title = Pago { $number }
payment-moves = Qué pasó con él
payment-reference = Referencia del procesador
payment-asked-by = Solicitado por
payment-failure = Por qué falló
payments-title = Pagos
payments-none = Sin pagos.
