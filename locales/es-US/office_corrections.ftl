# Correcciones a mano, revisadas antes de que cuenten.

correction-title = { $kind ->
    [adjustments] Ajustar la cuenta
    [refunds] Devolver un crédito
    [transfers] Pasar a otra cuenta
    [write-offs] Dar el saldo por incobrable
   *[waivers] Perdonar un cargo por mora
}
correction-act-adjust = Ajustar
correction-act-refund = Devolver crédito
correction-act-waive = Perdonar cargo
correction-act-transfer = Pasar a otra cuenta
correction-act-write-off = Dar por incobrable
correction-direction = Qué hace
correction-give = Resta de lo que se debe
correction-charge = Suma a lo que se debe
correction-fund = Fondo
correction-due-on = A pagar antes del
correction-due-hint = Cuenta solo para lo que se suma.
correction-refund-hint = Nunca más de lo que hay a favor.
correction-fee = Cargo por mora
correction-fee-hint = Por cortesía, tantas veces como permite la norma.
correction-no-fee = No hay en esta cuenta ningún cargo por mora que se pueda perdonar.
correction-nothing-held = No hay nada a favor de este cliente.
correction-held = A favor del cliente
correction-most = Lo máximo que usted decide por su cuenta
correction-most-of = Lo máximo que usted decide por su cuenta: { $kind }
correction-so-far = Decidido aquí por usted en 30 días
correction-check = Ver el asiento
correction-look = Esto se registrará
correction-debit = Debe
correction-credit = Haber
correction-post = Registrarlo
correction-over-limit = Usted puede decidir hasta { $most }. Pida a alguien que pueda decidir más.
correction-over-limit-so-far = Usted puede decidir hasta { $most } por cuenta en 30 días, y ya decidió { $decided }. Pida a alguien que pueda decidir más.
correction-due-day = Elija un día entre hoy y el { $last }.
correction-not-held = Solo hay { $held } a favor de este cliente.
correction-courtesy-used = La cortesía está agotada: { $waivers } en { $months } meses.

correction-outcome = { $status ->
    [proposed] La corrección espera a una segunda persona.
    [refused] La corrección fue rechazada.
    [withdrawn] Se renunció a la corrección.
   *[posted] La corrección quedó registrada.
}
correction-kind = { $kind ->
    [credit] Crédito
    [charge] Cargo
    [refund] Devolución de un crédito
    [waiver] Perdón de un cargo por mora
    [transfer] Paso a otra cuenta
    [reversal] Reversión
   *[write_off] Saldo incobrable
}
correction-status = { $status ->
    [proposed] En espera
    [refused] Rechazada
    [withdrawn] Retirada
   *[posted] Registrada
}
correction-way = { $way ->
    [check] Con cheque
   *[bank] Por el banco
}
correction-carried = { $what ->
    [credit] El saldo a favor
   *[debt] Lo que se debe
}
correction-way-label = Cómo se paga
correction-carried-label = Qué se pasa
correction-to = A la cuenta
correction-to-hint = El número que está en la factura.
correction-carried-due-hint = Cuenta solo para lo que se debe.
correction-write-off-hint = Se da por perdido todo lo que se debe, y la cuenta termina como incobrable. Lo que se pague después se vuelve a cobrar primero.
correction-note = Nota
correction-note-hint = Aparece en la cuenta junto al motivo.
correction-note-missing = Escriba por qué, en pocas palabras.
correction-no-account = No hay ninguna cuenta con este número. Mire el número en la factura.
correction-not-a-number = Este no es un número de cuenta completo. Escríbalo como está en la factura.
correction-other-owes = Saldo de esa cuenta
correction-other-name = Cliente
correction-other-address = Dirección
correction-other-number = Número de cuenta
correction-same-account = Es la misma cuenta. Escriba el número de la otra.
correction-not-owed = Solo se deben { $owed } que no están en disputa.
correction-arranged = Un plan de pagos cubre lo que se debe. Termínelo primero o espere a que se cumpla.
correction-not-ended = El servicio no ha terminado. Solo se da por incobrable el saldo de una cuenta que terminó.
correction-kept-away = Una protección, una disputa o dinero en camino impide dar esta cuenta por incobrable. Mire sus protecciones, solicitudes y pagos.
correction-protected = Una protección cubre lo que se debe aquí. Póngala primero en la otra cuenta para que siga cubierto.
correction-key-used = Este formulario ya ordenó otra corrección. Ahora no se hizo nada; mire la cuenta y ordene esta si todavía hace falta.
correction-not-allowed = La norma de correcciones no dice nada de este tipo, así que nadie puede ordenarlo. Se fija en Normas.
correction-no-part = El plan de cuentas no tiene ninguna cuenta con la función «transfers». Se fija en Normas, Plan de cuentas.
correction-reverse = Revertirla
correction-reverse-title = Revertir una corrección
correction-reverse-hint = Lo que registró se contesta con un asiento nuevo. Los dos quedan en el libro.
correction-reversed = Revertida
correction-reverses = Revierte
correction-reversed-before = Ya está revertida, o alguien ya lo pidió. Mire la corrección.
correction-not-reversible = Este tipo no se revierte aquí: el dinero que salió vuelve con su cheque o su pago.
correction-came-back = Lo dado por incobrable ya se pagó: no queda nada que cobrar otra vez.
correction-changed = La cuenta cambió desde que usted la vio. Mire lo que se registraría ahora.
correction-changed-by = La cuenta cambió desde que usted la vio. Registrado desde entonces: { $what }. Mire lo que se registraría ahora.
correction-changed-since = La cuenta cambió desde que se ordenó. Esto es lo que se registraría ahora.
correction-look-two = Esto se registraría
correction-posted-entry = Lo que se registró
correction-takes-two = Es más de lo que usted decide por su cuenta. Lo decide otra persona.
correction-send = Enviar a aprobación
correction-on-account = cuenta { $number }
correction-same-person = Usted ordenó esto. Debe decidirlo otra persona.
correction-not-own = Lo ordenó otra persona. Rechácelo en su lugar.
corrections-title = Correcciones
corrections-hint = Lo que espera a una segunda persona y lo que pasó con lo demás.
corrections-any = Todas
corrections-none = Aquí no hay ninguna corrección.
correction-ordered-by = Ordenada por
correction-decided-by = Decidida por
correction-who-decides = Esto lo decide otra persona. Puede ser: { $jobs }.
correction-approve = Aprobar y registrar
correction-kept = Ahora no se puede registrar
correction-refuse = Rechazarla
correction-refuse-why = Por qué
correction-refuse-now = Rechazar la corrección
correction-waits = Espera a otra persona
correction-waits-hint = Usted la ordenó, así que la decide otra persona. Hasta entonces puede retirarla.
correction-withdraw = Retirarla
checks-title = Devoluciones con cheque
checks-hint = Créditos que se devuelven con cheque. Escriba el cheque y luego anote su número.
checks-waiting = Cheques por escribir
checks-written = Cheques escritos
checks-none = Ninguna devolución espera un cheque.
checks-download = Descargar la lista
checks-payee = Beneficiario
checks-number = Número de cheque
checks-number-of = Número del cheque de { $amount }
checks-write = Anotarlo
checks-written-now = El cheque quedó anotado.
checks-written-before = Ya se había anotado el cheque { $number } para esta devolución.
checks-number-missing = Escriba el número del cheque, de 30 caracteres como máximo.
checks-number-taken = Otra devolución tiene el cheque { $number }. Revise el número.
checks-void = Anular
checks-void-why = Por qué: perdido, nunca cobrado, pedido por error
checks-void-now = Anular el cheque
checks-voided-now = El cheque quedó anulado y su monto es otra vez del cliente. Deténgalo en el banco.
# $on (date)
checks-voided = anulado { $on }
checks-is-voided = Esta devolución se anuló. Con ella no se paga nada.
checks-void-reason = Escriba por qué, en 300 caracteres como máximo.
checks-void-other = Usted escribió este cheque. Otra persona lo anula.
corrections-count = { $count ->
    [one] 1 corrección.
   *[other] { $count } correcciones.
}

fee-reversal-outcome = { $status ->
    [proposed] La anulación espera a una segunda persona.
    [approved] Los cargos se están anulando.
    [done] Los cargos quedaron anulados.
    [refused] La anulación fue rechazada.
   *[withdrawn] Se renunció a la anulación.
}
fee-reversal-status = { $status ->
    [proposed] En espera
    [approved] En curso
    [done] Anulados
    [refused] Rechazada
   *[withdrawn] Retirada
}
fee-reversals-title = Anular los cargos de un día
fee-reversals-hint = Cuando se cobraron cargos que no correspondían: todos los de un día, también los pagados. Lo pagado pasa a ser saldo a favor.
fee-reversals-look = Cargos de un día
fee-reversals-day = Cobrados el
fee-reversals-fees = Cargos
fee-reversals-paid = De eso, pagado
fee-reversals-reversed = Anulados
fee-reversals-all = Anteriores
fee-reversal-nothing = Ese día no queda ningún cargo de este tipo.
fee-reversal-changed = Los cargos cambiaron desde que usted los vio. Mírelos como están ahora.
fee-reversal-changed-to = Los cargos cambiaron desde que usted los vio. Entonces: { $then }, { $was }. Ahora: { $count }, { $now }. Mírelos como están ahora.
fee-reversal-ordered = { $by } pidió lo mismo el { $at }, y no ha terminado: { $state }. No se pidió nada de lo suyo.
fee-reversal-key-used = Con este formulario ya se pidió otra anulación. Envíelo otra vez para pedir esta.
fee-reversal-approve = Aprobar y anularlos
fee-reversal-refuse = Rechazar la anulación
fee-reversals-progress = { $fees }, { $amount }
account-corrections-waiting = Correcciones en espera
account-corrections-hint = de una segunda persona
account-given-up = Dado por incobrable
account-given-up-hint = se vuelve a cobrar cuando llegue dinero
