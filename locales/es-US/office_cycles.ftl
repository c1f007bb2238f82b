# Ciclos de facturación y sus calendarios.

cycles-title = Ciclos de facturación
cycles-none = Todavía no hay ningún ciclo de facturación. Las cuentas se facturan por ciclo: abra el primero.
cycle-new = Nuevo ciclo de facturación
cycle-open = Abrir el ciclo
cycle-opened-now = El ciclo está abierto y el comienzo de su calendario está escrito.
cycle-name = Nombre
cycle-name-hint = Como lo llama la oficina, por ejemplo «Lado norte».
cycle-code = Código
cycle-code-hint = Corto; los archivos de importación nombran el ciclo con él.
cycle-reads = Los medidores se leen
cycle-next-read = Próxima lectura
cycle-accounts = Cuentas
cycle-until = Calendario hasta
cycle-length = Una factura es de
cycle-months = { $months ->
    [1] cada mes
    [2] cada dos meses
    [3] cada trimestre
    [6] cada semestre
    [12] cada año
   *[other] cada { $months } meses
}
cycle-read-rule = { $rule ->
    [working_day] el día { $day } del mes, o el siguiente día hábil
   *[other] el día { $day } del mes
}
cycle-pay-rule = Las facturas salen { $issue ->
    [0] el día de la lectura
    [one] 1 día después de la lectura
   *[other] { $issue } días después de la lectura
} y vencen { $due ->
    [one] 1 día después
   *[other] { $due } días después
}, en un día hábil.
cycle-read-day = Día del mes en que se leen los medidores
cycle-read-day-hint = Del 1 al { $last }: un día que tienen todos los meses.
cycle-falls-on = Si ese día es fin de semana o feriado
cycle-falls-on-hint = Las cuadrillas leen en días hábiles. Los medidores que informan solos pueden leerse cualquier día.
cycle-falls-on-word = { $rule ->
    [any_day] Leer y facturar ese mismo día
   *[working_day] Leer y facturar el siguiente día hábil
}
cycle-issue-after = Días de la lectura a la factura
cycle-due-after = Días de la factura al vencimiento
cycle-due-after-hint = Por lo menos los que pide la ley de su estado. Un vencimiento nunca cae en fin de semana o feriado.
cycle-first-day = Primer día facturado
cycle-first-day-hint = El día de la última lectura que ya se facturó; con él comienza el primer período.
cycle-periods = Períodos que se escriben de una vez
cycle-periods-hint = El calendario continúa por sí mismo y siempre llega 18 meses adelante.
cycle-bad-name = Dé un código y un nombre de 60 caracteres a lo sumo.
cycle-bad-read-day = Escriba un día del mes, del 1 al 28.
cycle-bad-number = Escriba un número entero.
cycle-bad-issue = Las facturas salen a lo sumo 28 días después de la lectura.
cycle-bad-due = Deje de 1 a { $most } días para pagar.
cycle-bad-periods = Escriba un número del 1 al { $most }.
cycle-code-taken = Otro ciclo tiene este código. Elija uno que no tenga ningún ciclo.

## El calendario

cycle-calendar = Calendario
cycle-calendar-hint = Un período normal tiene de { $least } a { $most } días. Las facturas de uno más largo o más corto se revisan antes de salir.
cycle-days = Días
cycle-unusual = inusual
cycle-read-on = Lectura
cycle-read-on-hint = El período siguiente comienza este día.
cycle-window = Cuentan las lecturas
cycle-issue-on = Fecha de las facturas
cycle-due-on = Vencimiento
cycle-not-run = Aún sin facturar
cycle-move = Cambiar
cycle-move-title = Cambiar las fechas de un período
cycle-move-from = El período comienza el { $day }.
cycle-move-save = Guardar las fechas
cycle-moved-now = Las fechas están cambiadas. El período siguiente comienza el nuevo día de la lectura.
cycle-period-used = Un proceso de facturación usa este período o el siguiente, así que sus fechas se quedan. Descarte primero ese proceso si no se emitió nada de él.
cycle-read-too-early = La lectura debe ser posterior al { $day }, el primer día del período.
cycle-read-too-late = La lectura debe ser anterior al { $day }, cuando se lee el período siguiente. Cambie primero ese.
cycle-issue-too-early = Las facturas salen el día de la lectura o después.
cycle-due-too-early = Las facturas vencen después de salir.
