# Lo que se debe, por fecha de vencimiento y clase de cuenta.

receivables-title = Cuentas por cobrar
receivables-on = Al día
receivables-show = Mostrar
receivables-live = Según el libro en este momento; cada pago cuenta de inmediato.
# $day (date)
receivables-then = Según el libro al final del { $day }.
receivables-to-now = Mostrar ahora
receivables-by-class = Por clase de cuenta
receivables-by-due = Por fecha de vencimiento
receivables-class-column = Clase
receivables-all = Todas las clases
receivables-owed = Se debe
receivables-held = Crédito a favor
receivables-due-on = Vence
receivables-age = Antigüedad
receivables-items = Pendientes
receivables-none = No se debe nada.
receivables-open-title = Partidas pendientes
receivables-account = Cuenta
receivables-what = Concepto
receivables-asked = Cobrado
# $class (text)
receivables-class = { $class ->
    [residential] Residencial
    [small_commercial] Pequeño comercio
    [commercial] Comercial
    [industrial] Industrial
    [irrigation] Riego
    [municipal] Municipal
   *[other] { $class }
}
# $bucket (text)
receivables-bucket = { $bucket ->
    [current] Al corriente
    [to_30] 1 a 30 días
    [to_60] 31 a 60 días
    [to_90] 61 a 90 días
    [to_120] 91 a 120 días
   *[over] Más de 120 días
}
# $kind (text)
receivables-kind = { $kind ->
    [bill] Factura
    [late_fee] Cargo por mora
    [returned_payment_fee] Cargo por pago devuelto
    [adjustment] Corrección
    [credit_release] Reembolso por devolver
   *[other] { $kind }
}

## Anular una factura

cancellation-title = Anular o facturar de nuevo
# $number (text)
cancellation-bill = Factura { $number }
cancellation-hint = La factura queda como se envió; un nuevo asiento la revierte. Lo pagado se aplica a lo demás que se debe y el resto queda para la próxima factura.
cancellation-reason = Motivo
cancellation-action = Anular la factura
# $number (text)
cancellation-done = La factura { $number } está anulada.
cancellation-was = Esta factura fue anulada.
cancellation-not-issued = Solo se anula una factura emitida; un borrador se descarta.

## Facturar de nuevo un período

rebill-title = Cuánto resulta el período ahora
rebill-hint = Calculado con las lecturas de hoy y las tarifas publicadas. Las facturas posteriores que resultarían distintas se anulan y se facturan de nuevo con ella: se anula primero la más reciente y se factura primero la más antigua. Una factura que no pide más conserva su vencimiento.
rebill-before = Facturado
rebill-now = Resulta ahora
rebill-difference = Diferencia
rebill-more = El cliente debería { $amount } más.
rebill-less = El cliente debería { $amount } menos.
rebill-same = El cliente debería lo mismo.
rebill-action = Anular y facturar de nuevo
rebill-action-alone = Facturar de nuevo el período
rebill-approve = Aprobar, anular y facturar de nuevo
rebill-proposed = Espera a alguien que pueda anular facturas. Esa persona ve estas cifras y su razón.
rebill-proposal-hint = Abajo está a cuánto asciende hoy. Si se aprueba, se lleva a cabo exactamente así.
rebill-proposal-refused = La propuesta queda rechazada. La factura sigue como está.
rebill-nothing-waits = Ya no hay nada en espera aquí: se decidió o se desistió.
rebill-queue = Facturas por anular y facturar de nuevo
rebill-held = El período no se puede facturar tal como está. Corrija lo indicado arriba; mientras tanto la factura se puede anular sola.
rebill-changed = Las cifras cambiaron desde que las vio. Revíselas de nuevo.
rebill-done = { $count ->
    [one] Se facturó de nuevo 1 período.
   *[other] Se facturaron de nuevo { $count } períodos.
}
rebill-stands = La factura { $number } la reemplaza.

## Dinero que todavía no paga nada

unapplied-title = Dinero sin aplicar
unapplied-hint = Lo que se guarda para clientes y todavía no paga nada. Paga por sí solo la próxima factura; aquí se paga, se pasa a otra cuenta o se aplica a lo que se debe.
# $count (number)
# $held (money)
unapplied-count = { $count ->
    [one] { $held } en 1 cuenta.
   *[other] { $held } en { $count } cuentas.
}
unapplied-none = No se guarda nada para nadie.
unapplied-refund = Reembolsar
unapplied-transfer = Pasar
unapplied-apply = Aplicar
# $amount (money)
unapplied-applied = Se aplicaron { $amount } a lo que se debe.
unapplied-nothing-owed = No se debe nada que pudiera pagar. Páguelo o páselo a otra cuenta.
# $count (number)
unapplied-unknown = { $count ->
    [one] Llegó dinero que no es de ninguna cuenta: 1 hallazgo espera a alguien.
   *[other] Llegó dinero que no es de ninguna cuenta: { $count } hallazgos esperan a alguien.
}

## Todos los planes de pago nivelado

plans-title = Planes de pago nivelado
# $count (number)
plans-count = { $count ->
    [one] 1 plan
   *[other] { $count } planes
}
plans-none = No hay planes.
plans-any = Todos
plans-monthly = Con cada factura
plans-difference = Diferencia
plans-place = Factura de su año
# $place (number)
# $year (number)
plans-place-of = { $place } de { $year }
plans-review = Se revisa
# $bills (number)
plans-review-in = { $bills ->
    [one] con la próxima factura
   *[other] en { $bills } facturas
}
