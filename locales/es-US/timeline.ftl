# The timeline of an account, and the account as of a past moment.

## The timeline

timeline-title = Cronología
timeline-hint = Todo lo que pasó con esta cuenta, lo más nuevo primero, según el momento en que se supo aquí.
timeline-kind-label = Mostrar
timeline-show = Mostrar
timeline-none = Aún no ha pasado nada de este tipo.
# $kind (text)
timeline-kind = { $kind ->
    [bills] Facturas
    [payments] Pagos
    [charges] Cargos y créditos
    [corrections] Correcciones a mano
    [reads] Lecturas
    [notices] Avisos
    [notes] Notas
    [calls] Llamadas
    [requests] Solicitudes y disputas
    [orders] Órdenes de servicio
    [arrangements] Acuerdos de pago
    [holds] Retenciones
    [deposits] Depósitos
    [level_plans] Planes de pago nivelado
    [exceptions] Excepciones
    [outages] Interrupciones
    [account] Cuenta y personas
   *[all] Todo
}
# $number (text)
timeline-canceled = Factura { $number } anulada
# $number (text)
timeline-payment = Pago { $number }
# $serial (text)
# $quality (text)
timeline-read = Medidor { $serial }: { $quality }
timeline-served = Aviso previo a un corte registrado
# $state (text)
timeline-call = { $state ->
    [open] Llamada en curso
    [given_up] Llamada iniciada por error
   *[wrapped_up] Llamada
}
# $topic (text)
timeline-call-about = Llamada: { $topic }
# $state (text)
timeline-hold = { $state ->
    [placed] Puesta
   *[lifted] Levantada
}
# $step (text)
timeline-level-plan = { $step ->
    [enrolled] Plan de pago nivelado iniciado
    [reviewed] Plan de pago nivelado revisado
    [settled] Plan de pago nivelado liquidado
   *[ended] Plan de pago nivelado terminado
}
# $status (text)
timeline-status = Cuenta: { $status }
# $what (text)
timeline-account = { $what ->
    [autopay_begun] Pago automático iniciado
    [autopay_ended] Pago automático terminado
    [account_settings_changed] Idioma o entrega de facturas cambiados
    [account_cycle_changed] Ciclo de facturación cambiado
    [account_moved_house] Mudanza a otro lugar
    [customer_changed] Nombre, idioma o dirección postal cambiados
    [contact_added] Contacto agregado
    [contact_ended] Contacto terminado
    [customer_renamed] Nombre cambiado
    [customer_merged] Dos clientes unidos en uno
    [customer_merge_undone] Dos clientes separados otra vez
    [premise_merged] Dos lugares unidos en uno
    [premise_merge_undone] Dos lugares separados otra vez
    [account_taken_over] Asumida por otra persona
   *[other] { $what }
}

## As of a past moment

asof-title = Ver cómo estaba en un momento pasado
# $zone (text)
asof-label = Fecha y hora ({ $zone })
asof-show = Mostrar cómo estaba
# $moment (text)
asof-banner = Como estaba el { $moment }
asof-second = El reloj mostró esta hora dos veces ese día; esta es la segunda.
asof-hint = Solo se muestra lo que se sabía aquí hasta entonces, y nada se puede cambiar.
asof-now = Volver a hoy
asof-wrong = Escriba una fecha y una hora que existan en el calendario, por ejemplo 3 de mayo de 2026, 8:15 a.m.
asof-skipped = Esa hora no existió ese día: el reloj se adelantó. Elija una hora antes o después.
asof-to-come = Ese momento aún no ha llegado. Elija uno pasado.
# $moment (text)
asof-before = Entonces no se sabía nada de esta cuenta: los libros la conocen desde el { $moment }. Elija un momento posterior.
asof-saw = Lo que vio el cliente
asof-saw-amount = Monto por pagar
asof-saw-installment = Próxima cuota
asof-saw-hint = Con las mismas reglas que la página de inicio, sobre lo que se sabía entonces: sin lo que estaba en camino o en disputa.
asof-saw-nobody = Ningún acceso podía ver esta cuenta entonces. Esto es lo que su página de inicio habría mostrado.
asof-stood = Abierto y en vigor
asof-stood-none = Nada estaba abierto ni en vigor.
# $day (day)
asof-by = para el { $day }
# $service (text)
asof-off = { $service } cortado
# $who (text)
asof-call = { $who } atendía una llamada sobre esta cuenta
asof-was-off = Cortado
asof-was-on = Sin cortar
asof-shutoff-unknown = si estaba permitido se calcula solo para hoy
asof-hours = Las lecturas por hora no se enumeran una a una: junto a cada servicio está el último día cuyas horas habían llegado hasta entonces.
asof-honest = Qué tan exacto es
asof-honest-days = Los contactos, accesos, contratos, medidores y personas de la cuenta se muestran como estaban ese día, no ese minuto. Las horas que llegaron sin archivo no tienen momento y cuentan desde su propio día.
asof-honest-today = La clase, las direcciones de los lugares, los límites del pago automático y los montos en disputa se muestran como son hoy, igual que las personas de clientes unidos en uno desde entonces. Si un aviso falló después de salir no tiene fecha y no se muestra. No se muestran los pagos programados, la diferencia de un plan nivelado ni si se podía cortar el servicio. Los enlaces llevan a páginas de hoy.
