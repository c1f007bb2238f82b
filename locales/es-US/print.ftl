# El papel que sale de la casa: las páginas de la oficina, la portada de un lote y el pie de una carta.

office-nav-print = Imprimir
print-title = Imprimir y enviar
print-today = Por imprimir
print-oldest = { $days ->
    [0] desde hoy
    [one] 1 día
   *[other] { $days } días
}
print-bills = Facturas
print-letters = Cartas
print-since = Lo más antiguo espera desde
print-make-title = Preparar un lote
print-make-text = Todo lo que espera y tiene dirección pasa a un solo archivo en el orden en que llegó, hasta { $most } páginas. Lo que no cabe espera al próximo lote. Nada cuenta como enviado hasta que usted diga que el lote se entregó al correo.
print-make = Preparar un lote
print-made = El lote está preparado. Imprímalo y diga después cuándo se entregó al correo.
print-nothing = No hay nada por imprimir que tenga dirección.
print-left-out = Fuera de los lotes
print-left-out-text = Esperan hasta que se corrija lo que falla: una cuenta sin dirección postal recibe una, una dirección equivocada se cambia.
print-obstacle = { $why ->
    [no_address] Sin dirección postal
    [wrong_address] La dirección es equivocada
   *[paper] No se pudo preparar el papel
}
print-piece = Pieza
print-waits = Espera
print-kind = { $kind ->
    [bill] Factura
   *[letter] Carta
}
print-batches = Lotes
print-no-batches = Todavía no se preparó ningún lote.
print-batch = Lote
print-batch-title = Lote { $number }
print-state = { $state ->
    [made] Por enviar
    [mailed] Enviado
   *[canceled] Cancelado
}
print-pieces = Piezas
print-pages = Páginas
print-made-on = Preparado
print-made-by = Preparado por
print-mailed-on = Entregado al correo
print-closed-by = Cerrado por
print-in-spanish = En español
print-first-code = Primer código
print-last-code = Último código
print-cover-text = Esta página no se envía. Sobre cada dirección están el número de la pieza en el lote y el código que se escribe cuando el correo la devuelve.
print-pulled-count = { $count ->
    [one] 1 retirada
   *[other] { $count } retiradas
}
print-pdf = Descargar el archivo para imprimir
print-manifest = Descargar la lista
print-items = Lo que contiene
print-position = Número en el lote
print-number = Número
print-first-page = Primera página
print-bill-canceled = Anulada después: retírela
print-mail-title = Enviado
print-mail-text = Desde ese día sus facturas y cartas cuentan como enviadas.
print-mail = Confirmar el envío
print-mailed = El lote está enviado. Sus facturas y cartas cuentan como enviadas.
print-wrong-day = Escriba un día entre el día en que se preparó el lote y hoy.
print-pull-title = Retirar una pieza
print-pull-text = Una pieza dañada espera al próximo lote. Una con dirección equivocada sale por otra vía, o espera otra dirección donde no hay ninguna, y alguien revisa la dirección.
print-pull-reason = { $reason ->
    [spoiled] Dañada
   *[address] Dirección equivocada
}
print-note = Qué tiene de malo
print-pull = Retirarla
print-pulled-done = La pieza se retiró.
print-pulled-before = Esta pieza ya se había retirado.
print-no-piece = El lote no tiene ninguna pieza con este número.
print-cancel-title = Cancelar el lote
print-cancel-text = Antes de enviarlo: todo vuelve a esperar y pasa al próximo lote.
print-cancel = Cancelar el lote
print-canceled = El lote está cancelado. Lo que contenía vuelve a esperar.
print-closed = Este lote ya se había enviado o cancelado, y nada cambió.
print-taken-out = Retirada
print-taken-out-text = Esta pieza se retiró del lote. Esta página no se envía.
print-no-file = Este lote se canceló, y no hay nada que imprimir.
print-gone = Una carta con un código
print-gone-text = Esta carta lleva un código secreto, y no se guarda ninguna copia una vez cerrado el lote.
print-letter-questions = ¿Preguntas? Llame al { $phone }.
