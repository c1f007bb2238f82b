# La búsqueda de la oficina y la pantalla de la cuenta.

## Búsqueda

search-title = Cuentas
search-label = Nombre, dirección, teléfono, correo, o el número de una cuenta, medidor, factura, pago, solicitud u orden
search-go = Buscar
search-hint = Escriba el comienzo de una o más palabras, o cualquier número que tenga.
search-none = Ninguna cuenta tiene todas estas palabras.
search-found = { $count ->
    [one] 1 cuenta
   *[other] { $count } cuentas
}
search-more = Solo se muestran las primeras { $count }. Agregue una palabra para precisar.
# $kind (text)
search-matched = { $kind ->
    [name] nombre
    [address] dirección
    [account] número de cuenta
    [meter] medidor
    [phone] teléfono
    [email] correo
   *[other] { $kind }
}

# $kind (text)
search-numbered = { $kind ->
    [bill] Factura
    [payment] Pago
    [request] Solicitud
    [order] Orden de servicio
   *[arrangement] Más tiempo para pagar
} { $number }

## La cuenta

# $class (text)
account-class = { $class ->
    [residential] Residencial
    [small_commercial] Pequeño comercio
    [commercial] Comercial
    [industrial] Industrial
    [irrigation] Riego
    [municipal] Municipal
   *[other] { $class }
}
# $status (text)
account-status = { $status ->
    [pending] Pendiente
    [active] Activa
    [closing] En cierre
    [closed] Cerrada
    [written_off] Incobrable
   *[other] { $status }
}
# $role (text)
account-role = { $role ->
    [main] Cliente
    [financially_responsible] También responsable
    [authorized] Autorizado
    [third_party_notice] Recibe copias
    [landlord] Propietario
   *[other] { $role }
}
# $kind (text)
contact-kind = { $kind ->
    [email] Correo
    [phone] Teléfono
   *[other] { $kind }
}
contact-verified = verificado desde el { $day }
contact-unverified = sin verificar
contact-waits = dado el { $day }, falta escribir el código: no se usa
contact-chosen = aquí llegan los avisos
# $day (date)
account-since = Cliente desde el { $day }
account-has-portal = En el portal
account-paperless = Sin papel
account-has-suspension = Servicio suspendido
# $service (text)
account-service-acts = { $service }: terminar, suspender, cambiar
account-actions = Acciones
account-more-actions = Más acciones
account-act-note = Nota
account-act-read = Anotar lectura
account-balance = Saldo
account-credit-held = a favor del cliente
# $day (day)
account-due = vence el { $day }
account-nothing-owed = No se debe nada.
account-all-past-due = todo está vencido
account-past-due = Vencido
account-oldest = { $days ->
    [one] lo más antiguo, 1 día
   *[other] lo más antiguo, { $days } días
}
account-none-past-due = nada vencido
account-past-due-arranged = según las fechas de las facturas, se haya acordado lo que sea
account-last-payment = Último pago
account-none = Ninguno
account-never-paid = aún sin pagos
account-pending = En camino
account-pending-hint = el banco aún no lo confirma
account-cycle = Ciclo de facturación
# $language (text)
account-language = { $language ->
    [es-US] facturas en español
   *[other] facturas en inglés
}
account-customer = Cliente
account-mail-to = Correo postal
account-delivery = Facturas por
# $how (text)
account-delivery-by = { $how ->
    [both] papel y correo electrónico
    [paper] papel
    [email] correo electrónico
   *[other] el portal solamente
}
account-portal = Portal
account-logins = { $count ->
    [0] sin acceso
    [one] 1 acceso
   *[other] { $count } accesos
}
account-services = Servicios y medidores
account-services-at = Servicios en { $place }
account-service = Servicio
account-last-read = Última lectura
account-used = Consumo
# $day (date)
account-until = hasta el { $day }
account-suspended = Suspendido
account-unmetered = sin medidor
account-no-read = sin lectura
account-hourly = por hora
account-flat = fijo
# $commodity (text)
account-spark = { $commodity ->
    [water] Agua, últimas facturas
    [electric] Electricidad, últimas facturas
    [gas] Gas, últimas facturas
    [sewer] Alcantarillado, últimas facturas
   *[other] Consumo, últimas facturas
}
# $commodity (text)
account-spark-label = { $commodity ->
    [water] Consumo diario de agua en las últimas facturas
    [electric] Consumo diario de electricidad en las últimas facturas
    [gas] Consumo diario de gas en las últimas facturas
    [sewer] Uso diario del alcantarillado en las últimas facturas
   *[other] Consumo diario en las últimas facturas
}
account-spark-hint = Consumo medio por día, factura por factura.
account-age = Antigüedad de la deuda
# $bucket (text)
aging-bucket = { $bucket ->
    [current] Al día
    [to30] 1 a 30
    [to60] 31 a 60
    [to90] 61 a 90
    [to120] 91 a 120
   *[other] Más de 120
}
account-history = Historia de la cuenta
# $tab (text)
account-tab = { $tab ->
    [ledger] Movimientos
    [bills] Facturas
    [payments] Pagos
    [usage] Consumo
    [reads] Lecturas
    [contacts] Contactos
   *[audit] Auditoría
}
account-show-all = Mostrar todo
account-attention = Requiere atención
account-no-attention = Nada espera a una persona.
account-no-ledger = Esta cuenta aún no tiene movimientos.
account-no-bills = Aún no hay facturas.
account-no-payments = Aún no hay pagos.
account-no-usage = Aún no se ha facturado consumo medido.
account-no-reads = Aún no hay lecturas.
account-no-notices = Aún no se ha enviado nada a este cliente.
account-no-deeds = Nadie ha cambiado esta cuenta todavía.

## Columnas

newest-first = lo más reciente primero
col-date = Fecha
col-type = Tipo
col-description = Descripción
col-charge = Cargo
col-credit = Abono
col-balance = Saldo
col-issued = Emitida
col-bill = Factura
col-period = Período
col-state = Estado
col-due = Vence
col-total = Total
col-open = Pendiente
col-payment = Pago
col-channel = Canal
col-amount = Importe
col-quality = Calidad
col-days = Días
col-a-day = Por día
col-meter = Medidor
col-value = Valor
col-verdict = Dictamen
col-source = Origen
col-notice = Aviso
col-to = Para
col-who = Quién
col-deed = Qué
col-facts = Datos
col-account = Cuenta
col-customer = Cliente
col-address = Dirección
col-reason = Motivo
col-owner = A cargo de
col-count = Cantidad
col-line = Línea
col-old = Ahora
col-new = Borrador
col-difference = Diferencia

## Palabras de los movimientos, facturas, pagos y lecturas

# $kind (text)
entry-kind = { $kind ->
    [bill] Factura
    [cancellation] Anulación
    [waiver] Cargo perdonado
    [payment] Pago
    [payment_return] Devolución
    [payment_reinstatement] Pago repuesto
    [credit_application] Crédito usado
    [credit_release] Crédito liberado
    [refund] Reembolso
    [late_fee] Cargo por mora
    [returned_payment_fee] Cargo por devolución
    [plan_settlement] Liquidación del plan de pago nivelado
    [adjustment] Ajuste
    [processor_cost] Cargo del procesador
    [payout] Desembolso
    [payout_return] Desembolso devuelto
    [dispute_withheld] Retenido por disputa
    [dispute_restored] Disputa ganada
   *[other] { $kind }
}
entry-of-bill = Factura { $number }
# $kind (text)
bill-kind = { $kind ->
    [final] factura final
    [rebill] factura corregida
   *[regular] factura regular
}
# $stage (text)
bill-stage = { $stage ->
    [draft] Borrador
    [issued] Emitida
    [delivered] Entregada
    [undelivered] No entregada
    [due] Por vencer
    [overdue] Vencida
    [paid] Pagada
    [canceled] Anulada
    [void] Descartada
   *[other] { $stage }
}
# $tender (text)
payment-tender = { $tender ->
    [card] Tarjeta
    [bank_account] Cuenta bancaria
    [cash] Efectivo
    [check] Cheque
   *[unknown] Medio desconocido
}
# $channel (text)
payment-channel = { $channel ->
    [portal] portal
    [office] ventanilla
    [lockbox] apartado del banco
    [phone] teléfono
    [drop_box] buzón
   *[conversion] sistema anterior
}
# $state (text)
payment-state = { $state ->
    [requested] Solicitado
    [processing] En camino
    [canceled] Cancelado
    [failed] Fallido
    [succeeded] Pagado
    [refunded_part] Reembolsado en parte
    [refunded] Reembolsado
    [returned] Devuelto
    [reversed] Registrado por error
   *[charged_back] Contracargo
}
# $verdict (text)
read-verdict = { $verdict ->
    [accepted] Aceptada
    [flagged] Señalada
    [held] Retenida
   *[refused] Rechazada
}
# $source (text)
read-source = { $source ->
    [ami] red de medidores
    [file] archivo
    [manual] anotada
    [customer] cliente
    [exchange] cambio de medidor
   *[estimate] estimación
}
read-version = versión { $version }
# $channel (text)
notice-channel = { $channel ->
    [email] correo electrónico
    [text] mensaje de texto
    [paper] carta
   *[portal] portal
}
# $state (text)
notice-state = { $state ->
    [queued] En espera
    [sent] Enviado
   *[failed] Fallido
}
notice-kind = { $kind ->
    [account_added] Cuenta agregada a un acceso
    [claim_code] Código para reclamar la cuenta
    [payment_received] Pago recibido
    [payment_failed] Pago rechazado
    [payment_returned] Pago anulado
    [autopay] Pago automático
    [request] Solicitud
    [arrangement] Más tiempo para pagar
    [refund_given] Reembolso
    [deposit] Depósito
    [lead_line] Plomo en una línea de servicio
    [refund_failed] Reembolso fallido
    [bill_ready] Factura lista
    [due_soon] Pago por vencer
    [past_due] Pago vencido
    [high_usage] Uso más alto de lo esperado
    [high_bill] Factura por encima de la cantidad del cliente
    [budget_ahead] Presupuesto que probablemente se supere
    [tier_ahead] Escalón de precio más alto en camino
    [leak] Posible fuga o aumento repentino
    [outage] Interrupción del servicio
    [planned_work] Trabajos planeados
    [urgent_notice] Aviso urgente
    [digest] Varios en un correo
    [text_code] Código para un teléfono
    [landlord] Lugar que se alquila
    [hold] Protección del servicio
    [appointment] Cita
    [sign_in] Noticias de un acceso
    [contact] Formas de localizar al cliente
    [verify_email] Confirmar una dirección de correo
    [already_registered] Acceso que ya existe
    [reset_password] Contraseña nueva pedida
    [password_changed] Contraseña cambiada
    [new_device] Entrada desde un dispositivo nuevo
    [change_email] Confirmar una dirección de correo nueva
    [email_changed] Correo de un acceso cambiado
    [account_followed] Cuenta que viene con el acceso del cliente
    [account_taken] Cuenta abierta a otra persona
    [delivery_changed] Entrega de facturas cambiada
    [past_due_copy] Copia de un aviso de pago vencido
    [sharing] Cuenta compartida
    [scheduled] Pago programado
    [budget_plan] Plan de pago nivelado
    [staff_invitation] Invitación a la oficina
   *[other] Aviso
}

## Notas

note-title = Nota nueva
note-kind-label = ¿Qué fue?
# $kind (text)
note-kind = { $kind ->
    [phone] Llamada
    [visit] Visita
    [letter] Carta
    [email] Correo electrónico
   *[note] Nota
}
note-text-label = Nota
note-save = Guardar nota
draft-kept = Todavía no está guardado. Espera en esta ventana hasta que usted lo guarde o lo descarte.
in-place-close = Cerrar
in-place-no-answer = No llegó ninguna respuesta: la red o el servidor no responde. Lo que escribió sigue aquí; vea en otra pestaña si la cuenta ya muestra el cambio y, si no, envíelo de nuevo.
in-place-signed-out = Su sesión se cerró y no se hizo nada. Lo que escribió sigue aquí: inicie sesión otra vez, vuelva a esta pestaña y envíelo.
in-place-sign-in = Iniciar sesión en otra pestaña
draft-drop = Descartarlo
note-saved = La nota está guardada.
note-empty = Primero escriba la nota.
# $longest (number)
note-too-long = Una nota tiene como máximo { $longest } caracteres.
note-latest = Últimas notas
note-all = Todos los contactos
note-none = Aún no hay notas.

## Una llamada, mientras está abierta

call-begin = Empieza llamada
call-begun = La llamada ha empezado.
call-other-open = Todavía hay otra llamada abierta y esta no empezó. Cierre la abierta o déjela sin efecto en la barra de arriba; después empiece esta.
call-bar = Llamada abierta
call-with = En llamada con
# $moment (text)
call-since = desde { $moment }
call-running = Cuánto lleva
call-wrap-up = Cerrar la llamada
call-wrap-up-now = Terminar la llamada
call-give-up = Empezó por error
call-given-up = La llamada queda sin efecto. No cuenta en ninguna parte.
call-wrapped-up = La llamada está cerrada y su nota, guardada.
call-wrapped-up-before = Esta llamada ya se había cerrado. Su nota se conserva.
call-ended-before = Esta llamada ya había terminado, y lo que escribió ahora no se guardó con ella. Sus palabras siguen aquí: guárdelas como nota o descártelas.
call-topic-label = ¿De qué se trató?
call-topic-choose = Elija
# $topic (text)
call-topic = { $topic ->
    [high_bill] Factura alta
    [bill_in_error] Error en la factura
    [payment] Pago
    [more_time] Más tiempo para pagar
    [moving] Mudanza
    [outage] Interrupción del servicio
    [leak_or_quality] Fuga o calidad
    [meter_or_read] Medidor o lectura
    [sign_in] Acceso o portal
   *[other] Otra cosa
}
call-text-label = Qué se dijo y qué se hizo
call-solved-label = ¿Se resolvió en esta llamada?

## Lo que requiere atención

# $amount (money)
# $on (day)
attention-returned = El banco retiró { $amount } el { $on }
attention-returned-hint = Desde entonces no ha llegado ningún pago.
# $on (day)
attention-deposit = El depósito vencía el { $on }
attention-rebill = Anular la factura { $number } y facturar de nuevo
# $amount (money)
attention-second = { $what }, { $amount }: decide una segunda persona
attention-ordered-by = solicitado por { $who }
# $on (day)
attention-ends = { $what }: termina el { $on }
# $on (day)
attention-ended = { $what }: terminó el { $on }
attention-ended-hint = No sigue nada hasta que alguien lo revise.
attention-not-renewed = Aún no se ha renovado.

## Quién llama, y llamadas que quedaron abiertas

call-identity-title = Pregunte quién llama
call-identity-hint = Que quien llama diga dos de estos datos antes de que usted hable de la cuenta.
call-identity-name = Nombre
call-identity-address = Dirección del servicio
call-identity-bill = Última factura
# $amount (money)
# $on (date)
call-identity-bill-line = { $amount }, enviada el { $on }
call-identity-phone = El teléfono termina en
call-identity-done = Identidad verificada
call-identity-checked = Identidad verificada
call-identity-open = Identidad sin verificar
call-identity-noted = La identidad de quien llama está verificada. Queda guardado con la llamada.
call-ended-already = La llamada ya había terminado. No se cambió nada.
call-left-open = Esta llamada quedó abierta. Termínela con el motivo que tuvo, o indique que empezó por error.
calls-open-title = Llamadas abiertas
calls-open-hint = Una por persona como máximo. La que quedó abierta se termina aquí, con el motivo que tuvo.
calls-open-none = Nadie tiene una llamada abierta.
calls-open-who = Atendida por
calls-open-since = Desde
calls-open-left = quedó abierta
calls-open-end = Terminar una llamada abierta
# $moment (text)
calls-open-by = La atiende { $who } desde { $moment }
