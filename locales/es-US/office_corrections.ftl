# Correcciones a mano, revisadas antes de que cuenten.

correction-title = { $kind ->
    [adjustments] Ajustar la cuenta
    [refunds] Devolver un crédito
   *[waivers] Perdonar un cargo por mora
}
correction-act-adjust = Ajustar
correction-act-refund = Devolver crédito
correction-act-waive = Perdonar cargo
correction-direction = Qué hace
correction-give = Resta de lo que se debe
correction-charge = Suma a lo que se debe
correction-fund = Fondo
correction-due-on = A pagar antes del
correction-due-hint = Cuenta solo para lo que se suma.
correction-refund-hint = Lo paga el banco; nunca más de lo que hay a favor.
correction-fee = Cargo por mora
correction-fee-hint = Por cortesía, tantas veces como permite la norma.
correction-no-fee = No hay en esta cuenta ningún cargo por mora que se pueda perdonar.
correction-nothing-held = No hay nada a favor de este cliente.
correction-held = A favor del cliente
correction-most = Lo máximo que usted puede decidir
correction-check = Ver el asiento
correction-look = Esto se registrará
correction-debit = Debe
correction-credit = Haber
correction-post = Registrarlo
correction-done = La corrección quedó registrada.
correction-over-limit = Usted puede decidir hasta { $most }. Pida a alguien que pueda decidir más.
correction-over-limit-so-far = Usted puede decidir hasta { $most } por cuenta en 30 días, y ya decidió { $decided }. Pida a alguien que pueda decidir más.
correction-due-day = Elija un día entre hoy y el { $last }.
correction-not-held = Solo hay { $held } a favor de este cliente.
correction-courtesy-used = La cortesía está agotada: { $waivers } en { $months } meses.
