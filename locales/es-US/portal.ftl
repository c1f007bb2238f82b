# Las páginas del cliente.

## Every page

utility-name = { -utility }
utility-short = { -utility-short }
utility-kind = { -utility-kind }
page-title = { $page } | { -utility-short }
page-title-error = Error: { $page } | { -utility-short }
page-about = Su cuenta de { -utility-short }: saldo, pagos, consumo y servicio.
skip-to-main = Ir al contenido principal
nav-main = Principal
nav-main-bottom = Principal, abajo
nav-home = Inicio
nav-usage = Consumo
nav-bills = Facturas
nav-payments = Pagos
chooser-label = Elegir una cuenta
chooser-add = Agregar una cuenta
nav-pay = Pagar
nav-sign-in = Entrar
nav-sign-out = Salir
nav-profile = { $name }, su acceso
language-switch = English
language-before-typing = Elija su idioma antes de llenar un formulario: al cambiarlo, el formulario queda vacío.
footer-questions = ¿Preguntas?
footer-phone-note = TTY 711
footer-emergency = Olor a gas o cable caído: salga y llame al 911
theme-switch = Claro u oscuro
banner-sandbox = Pagos de prueba: aquí no se mueve dinero.
banner-demo = Pueblo de demostración: gente y dinero inventados.
banner-mail = Lea su correo
pager-label = Páginas
pager-previous = Más recientes
pager-next = Más antiguos
pager-page = Página { $page }
yes = Sí
no = No
see-all = Ver todo
print-page = Imprimir

## Forms

form-problems-title = Hay un problema
form-error-prefix = Error:
form-required = Llene este campo.
form-not-money = Escriba un monto como 84.10 o 1,250.00: con punto antes de los centavos y coma solo entre los miles.
form-not-a-date = Escriba una fecha como 2026-12-08.
form-choose = Elija una opción.

## Charts

chart-this-year = Este año
chart-last-year = Un año antes
chart-estimated = Estimado
chart-month-label = { $month }: { $used } { $unit }, { $direction ->
    [less] { $change } % menos que un año antes
    [more] { $change } % más que un año antes
    [same] igual que un año antes
   *[none] sin dato para comparar
}{ $estimated ->
    [yes] , estimado
   *[no] {""}
}
chart-change = { $direction ->
    [less] { $change } % menos que en { $year }
    [more] { $change } % más que en { $year }
    [same] Igual que en { $year }
   *[none] Sin dato un año antes
}
chart-day-label = { $day }: { $used } { $unit }{ $estimated ->
    [yes] , estimado
   *[no] {""}
}
chart-hour-label = { $hour }: { $used } { $unit }
chart-day-none = { $day }: sin lectura
chart-no-read = Sin lectura
chart-degrees = media { $degrees } °F
chart-warmth = Temperatura media, °F
chart-used = Consumo

## Home

home-title = Su cuenta
home-hello = Hola, { $name }
home-account = Cuenta
home-your-accounts = Sus cuentas
home-no-account-title = Encuentre su cuenta
home-no-account-text = Ya entró. Díganos cuál es su cuenta de servicios para ver aquí su saldo, sus facturas y su consumo.
home-claim = Agregar mi cuenta
home-amount-due = Total a pagar
home-credit = Saldo a su favor
home-credit-text = No debe nada. Lo descontamos de su próxima factura.
home-nothing-due = No debe nada. Gracias.
home-past-due-html = De eso, <b>{ $amount }</b> está vencido
home-due-html = Vence el <b>{ $day }</b>, { $when }
home-pay = Pagar { $amount }
home-pay-other = Otro monto
home-pay-ahead = Pagar por adelantado
home-bill-read = Cada línea, explicada
home-last-payment = Último pago
home-pending = { $amount } viene en camino desde su banco
home-first-title = Su primera factura
home-first-text = Cuando haya dos facturas, aquí verá en dólares por qué la segunda es distinta de la primera.
home-usage = Su consumo
home-usage-more = Por mes, día y hora
home-recent = Facturas y pagos
home-leak-title = { $service ->
    [water] Una posible fuga de agua
   *[electric] Electricidad que quizá corre sin que se note
}
home-leak = El { $on } le dijimos lo que indican las horas del medidor. Mientras siga, su página de consumo lo muestra, y cuesta dinero.
home-leak-look = Ver qué revisar
home-requests = { $count ->
    [one] Hay 1 solicitud abierta
   *[other] Hay { $count } solicitudes abiertas
}
home-requests-waiting = { $count ->
    [one] Una espera su respuesta.
   *[other] { $count } esperan su respuesta.
}
home-requests-told = Trabajamos en ello y le avisamos de cada paso.
home-requests-look = Ver sus solicitudes
home-nothing-yet = Aquí aparecerán sus facturas y pagos.

why-same = Su factura es igual a la anterior
why-up = Por qué su factura subió { $amount }
why-down = Por qué su factura bajó { $amount }
why-days = { $now ->
    [one] 1 día facturado
   *[other] { $now } días facturados
} en vez de { $before }
why-days-of = { $service ->
    [water] Agua
    [sewer] Alcantarillado
    [stormwater] Aguas pluviales
    [electric] Electricidad
    [gas] Gas
    [refuse] Basura
   *[other] Otro servicio
}: { $now ->
    [one] 1 día facturado
   *[other] { $now } días facturados
} en vez de { $before }
why-used = Consumió { $amount } { $unit } { $direction ->
    [less] menos
   *[more] más
} de { $service ->
    [water] agua
    [electric] electricidad
    [gas] gas
   *[other] servicio
}{ $span ->
    [day] {" "}al día
   *[bill] {""}
}{ $mix ->
    [lower] , una parte mayor a precios más bajos
    [higher] , una parte mayor a precios más altos
   *[same] {""}
}
why-sewer = El alcantarillado se cobra por { $amount } { $unit } { $direction ->
    [less] menos
   *[more] más
}{ $span ->
    [day] {" "}al día
   *[bill] {""}
}{ $mix ->
    [lower] , una parte mayor a precios más bajos
    [higher] , una parte mayor a precios más altos
   *[same] {""}
}
why-demand = La demanda máxima cobrada de { $service ->
    [electric] electricidad
    [gas] gas
    [water] agua
   *[other] un servicio
} fue { $moved ->
    [down] menor
   *[up] mayor
}
why-counted = Cambió lo que se cuenta de { $service ->
    [water] agua
    [sewer] alcantarillado
    [stormwater] aguas pluviales
    [electric] electricidad
    [gas] gas
    [refuse] basura
   *[other] otros servicios
}
why-price = { $moved ->
    [down] Bajaron
   *[up] Subieron
} los precios { $service ->
    [water] del agua
    [sewer] del alcantarillado
    [stormwater] de las aguas pluviales
    [electric] de la electricidad
    [gas] del gas
    [refuse] de la basura
   *[other] de un servicio
}
why-rider = { $moved ->
    [down] Bajó
   *[up] Subió
} el { $service ->
    [gas] ajuste por costo del gas
    [electric] ajuste por costo de energía
   *[other] ajuste por costo
}
why-started = { $service ->
    [water] El agua es nueva
    [sewer] El alcantarillado es nuevo
    [stormwater] El cargo pluvial es nuevo
    [electric] La electricidad es nueva
    [gas] El gas es nuevo
    [refuse] La basura es nueva
   *[other] Otro servicio es nuevo
} en esta factura
why-stopped = Ya no se factura { $service ->
    [water] agua
    [sewer] alcantarillado
    [stormwater] aguas pluviales
    [electric] electricidad
    [gas] gas
    [refuse] basura
   *[other] otro servicio
}
why-following = Impuestos y cargos sobre lo anterior
why-tax-rates = Otras tasas de impuestos y cargos
why-one-offs = Cargos y ajustes
why-rest = Cambios menores

alert-past-due = { $amount } está vencido
alert-past-due-text = Pague cuando pueda, o llame al { $phone } para hablar de más tiempo. Cuanto antes hablemos, más podemos hacer.
alert-pending = { $amount } viene en camino
alert-pending-text = Los pagos por banco tardan hasta cuatro días hábiles. No hace falta pagar otra vez.
alert-high-use = { $percent } % más de { $service ->
    [water] agua
    [electric] electricidad
    [gas] gas
   *[other] consumo
} que hace un año
alert-high-use-amounts = En { $month } consumió { $used } { $unit }; un año antes fueron { $before }.
alert-high-use-cost = Eso costó { $dearer } más.
alert-high-use-text = Si no sabe por qué, puede haber una fuga o algo encendido. Los días y las horas muestran cuándo.
alert-high-use-look = Ver cuándo
alert-estimated = { $service ->
    [water] Su lectura de agua fue estimada
    [electric] Su lectura de electricidad fue estimada
    [gas] Su lectura de gas fue estimada
   *[other] Una lectura fue estimada
}
alert-estimated-text = No pudimos leer el medidor a tiempo. La próxima lectura real lo corrige sola.
quick-title = Haga un trámite
quick-usage = Ver mi consumo
quick-bills = Todas mis facturas
quick-receipts = Recibos
quick-time = Más tiempo para pagar

home-payment-name = { $state ->
    [processing] Pago en camino
    [failed] Pago rechazado
    [returned] Pago devuelto por el banco
    [refunded] Pago reembolsado
    [refunded_part] Pago, una parte reembolsada
    [charged_back] Pago disputado
    [reversed] Pago anulado
   *[succeeded] Pago recibido, gracias
}
home-payment-state = { $state ->
    [processing] Pendiente
    [failed] Rechazado
    [returned] Devuelto
    [refunded] Reembolsado
    [refunded_part] Reembolso parcial
    [charged_back] Disputado
    [reversed] Anulado
   *[succeeded] Registrado
}

## Usage

usage-title = Su consumo
usage-services = Servicio
usage-chart-title = { $service ->
    [water] Consumo de agua por mes
    [electric] Consumo de electricidad por mes
    [gas] Consumo de gas por mes
   *[other] Consumo por mes
} durante { $months ->
    [one] 1 mes
   *[other] { $months } meses
}, con el mismo mes del año anterior
usage-by-month = { $service ->
    [water] Agua por mes
    [electric] Electricidad por mes
    [gas] Gas por mes
   *[other] Consumo por mes
}
usage-choose-month = Elija un mes para ver sus días.
usage-choose-day = Elija un día para ver sus horas.
usage-numbers = Los números
usage-as-table = Mostrar estos números en una tabla
usage-month = Mes
usage-months = Meses
usage-day = Día
usage-days = Días
usage-hour = Hora
usage-cost = Costo
usage-quality = Lectura
usage-day-weather = La temperatura media fue de { $mean } °F, con una máxima de { $high } °F y una mínima de { $low } °F.
usage-day-mean = La temperatura media fue de { $mean } °F.
usage-change-column = Frente a un año antes
usage-change = { $direction ->
    [less] { $change } % menos
    [more] { $change } % más
    [same] Igual
   *[none] —
}
usage-year-before = Un año antes
usage-against = Frente al año pasado
usage-same-month = el mismo mes
usage-download = Descargar como CSV
usage-not-billed-title = Su primera factura todavía está por llegar
usage-not-billed = Los meses aparecen aquí cuando se facturan. Su medidor reporta por sí mismo, así que ya puede ver sus días.
usage-days-so-far = Ver mis días
usage-none = Todavía no se ha facturado ningún servicio con medidor.
usage-month-title = { $service ->
    [water] Agua
    [electric] Electricidad
    [gas] Gas
   *[other] Consumo
} en { $month }
usage-day-title = { $service ->
    [water] Agua
    [electric] Electricidad
    [gas] Gas
   *[other] Consumo
}, { $day }
usage-month-chart = { $service ->
    [water] Agua por día, { $month }
    [electric] Electricidad por día, { $month }
    [gas] Gas por día, { $month }
   *[other] Consumo por día, { $month }
}
usage-day-chart = { $service ->
    [water] Agua por hora, { $day }
    [electric] Electricidad por hora, { $day }
    [gas] Gas por hora, { $day }
   *[other] Consumo por hora, { $day }
}
usage-sum = En total
usage-a-day = Promedio por día
usage-partial = Parte del día
usage-most = El día de más consumo
usage-most-hour = La hora de más consumo
usage-day-by-day = Día por día
usage-hour-by-hour = Hora por hora
usage-month-before = Mes anterior
usage-month-after = Mes siguiente
usage-day-before = Día anterior
usage-day-after = Día siguiente
usage-month-billed = Los días de su factura: del { $from } al { $last }
usage-month-span = Del { $from } al { $last }
usage-billed = Facturado
usage-no-days-title = Sin consumo por día
usage-no-days = Su medidor se lee una vez por factura, así que el consumo se conoce de toda la factura y no de sus días ni horas.
usage-no-days-yet = El medidor reporta por sí mismo, pero todavía no nos ha llegado nada de estos días.
usage-unreported = { $count ->
    [one] En 1 de estos días ningún medidor reportó aquí por día: se cambió un medidor, o el servicio comenzó o terminó.
   *[other] En { $count } de estos días ningún medidor reportó aquí por día: se cambió un medidor, o el servicio comenzó o terminó.
}
usage-no-hours = No hay lecturas por hora de este día.

## Bills

bills-title = Sus facturas
bills-none = Su primera factura está por llegar.
bills-of-year = { $bills ->
    [one] 1 factura
   *[other] { $bills } facturas
}
bills-issued = Emitida el { $day }
bill-name = { $kind ->
    [final] Factura final de { $month }
    [rebill] Factura de { $month }, corregida
   *[regular] Factura de { $month }
}
bill-paid = Pagada
bill-due-by = Vence el { $day }
bill-past-due = Vencida desde el { $day }
bill-canceled = Anulada
bill-canceled-text = Anulamos esta factura el { $day }. No tiene que pagarla.
bill-way-title = El recorrido de esta factura
bill-way = { $step ->
    [issued] Emitida
    [due] Vence
    [email_queued] En camino por correo electrónico
    [email_sent] Enviada por correo electrónico
    [email_failed] El correo electrónico no se pudo entregar
    [paper_queued] En camino por correo postal
    [paper_sent] Enviada por correo postal
    [portal_delivered] Aquí para que la lea
   *[other] { $step }
}
bill-number = Factura
bill-line = Concepto
bill-amount = Monto
bill-line-times = { $quantity } a { $price }
bill-line-used = { $quantity } { $unit } a { $price } { $unit ->
    [termias] cada una
    [unidades] cada una
   *[other] cada uno
}
bill-line-used-per = { $quantity } { $unit } a { $price } por { $per }
bill-line-exact = { $working } = { $exact } antes de redondear
bill-line-together = { $working } = { $exact } antes de redondear; las partes de este cargo se redondean juntas
bill-line-converted = { $measured } { $from } × { $factor } = { $counted } { $unit }{ $kind ->
    [heat] {" "}(poder calorífico del gas)
   *[other] {""}
}
bill-winter = Los meses de invierno del promedio
bill-winter-month = Del { $from } al { $last }
bill-winter-few = Se conocen muy pocos meses de invierno aquí para un promedio; por eso vale la regla para clientes nuevos.
bill-bank-taken = Tomado de la red
bill-bank-sent = Enviado a la red
bill-bank-before = En su banco antes
bill-bank-after = En su banco ahora
bill-reads-of = Las lecturas del medidor
bill-read = Medidor { $serial } el { $day }
bill-interval-days = Medidor { $serial }, con lectura automática del { $from } al { $last } ({ $days ->
    [one] 1 día
   *[other] { $days } días
})
bill-interval-quality = { $weak ->
    [0] Lecturas reales
    [one] 1 día con valores estimados o corregidos
   *[other] { $weak } días con valores estimados o corregidos
}
bill-line-share = { $quantity } × { $price }
bill-line-days = del { $from } al { $last }
bill-line-percent = { $percent } % de { $of }
bill-line-bound = Hasta { $price }
bill-schedule = Según la tarifa { $name } ({ $code }).
bill-schedule-source = Origen de los precios: { $source }.
bill-see-days = Ver los días
bill-sum-title = Resumen de la factura
bill-others = Cargos y ajustes
bill-this = Esta factura
bill-owed-before = Saldo anterior
bill-credit-before = Saldo a favor anterior
bill-last-balance = Saldo después de su última factura
bill-deposit = Depósito pedido el { $on }, vence el { $due }
bill-keeps-day = De esto, { $amount } se debía de antes y conserva su fecha de vencimiento.
bill-credit-left = Saldo a favor restante
bill-nothing-to-pay = No hay nada que pagar. Lo que queda paga su próxima factura.
bill-asked-for = Total a pagar
bill-due-on-html = Vence el <b>{ $day }</b>
bill-period = Facturado del { $from } al { $until }
bill-pay = Pagar ahora
bill-how-title = Cómo se calculan los montos
bill-how-text = Cada línea es una cantidad por un precio. La calculamos con exactitud y la redondeamos una sola vez, al centavo. Una parte como 0.5 significa que el cargo cuenta por una parte de los días. Un segundo cálculo, aparte, dio los mismos centavos antes de enviar esta factura.
## The sandbox's page

sandbox-banner = PAGOS DE PRUEBA — no se mueve dinero
sandbox-kind = Pagos de prueba
sandbox-checkout-title = Pague con un número de prueba
sandbox-card-title = Tarjeta de prueba
sandbox-card-number = Número de tarjeta
sandbox-card-hint = Solo se aceptan números de prueba, como 4242 4242 4242 4242. Nunca escriba uno real.
sandbox-expiry = Vencimiento
sandbox-expiry-hint = Cualquier mes futuro, como 12/34.
sandbox-cvc = Código de seguridad
sandbox-cvc-hint = Tres dígitos cualesquiera; cuatro para American Express.
sandbox-bank-title = Cuenta bancaria de prueba
sandbox-routing = Número de ruta
sandbox-routing-hint = El banco de prueba es 110000000.
sandbox-account = Número de cuenta
sandbox-account-hint = Solo se aceptan números de prueba, como 000123456789.
sandbox-bank-mandate = Al pagar, usted autoriza un débito por este monto de la cuenta de prueba.
sandbox-pay-button = Pagar { $amount }
sandbox-go-back = Volver sin pagar
sandbox-card-list = Todas las tarjetas de prueba
sandbox-bank-list = Todas las cuentas bancarias de prueba
sandbox-what-happens = Qué sucede
sandbox-authenticate-title = Su banco pregunta si es usted
sandbox-authenticate-text = Un banco real pediría aquí un código. Este solo quiere saber qué desea que suceda.
sandbox-authenticate-yes = Sí, soy yo
sandbox-authenticate-no = Fallar
sandbox-wrong-number = Esta no es una tarjeta de prueba. Elija una de la lista.
sandbox-wrong-expiry = Escriba un mes y un año futuros, como 12/34.
sandbox-wrong-cvc = Escriba tres dígitos; cuatro para American Express.
sandbox-wrong-routing = El número de ruta del banco de prueba es 110000000.
sandbox-wrong-account = Esta no es una cuenta de prueba. Elija una de la lista.
sandbox-declined = El pago fue rechazado: { $reason ->
    [insufficient_funds] no hay fondos suficientes.
    [lost_card] la tarjeta fue reportada como perdida.
    [stolen_card] la tarjeta fue reportada como robada.
    [expired_card] la tarjeta está vencida.
    [incorrect_cvc] el código de seguridad es incorrecto.
    [canceled] se anuló antes de que llegara el dinero.
    [processing_error] no se pudo procesar la tarjeta. Inténtelo de nuevo.
    [authentication_failed] su banco no confirmó que es usted.
    *[other] el banco no dijo por qué.
} No se cobró nada.
sandbox-outcome = { $alias ->
    [pm_card_visa] Paga
    [pm_card_mastercard] Paga
    [pm_card_amex] Paga
    [pm_card_visa_chargeDeclined] Rechazada
    [pm_card_visa_chargeDeclinedInsufficientFunds] Rechazada: sin fondos suficientes
    [pm_card_visa_chargeDeclinedLostCard] Rechazada: tarjeta perdida
    [pm_card_visa_chargeDeclinedStolenCard] Rechazada: tarjeta robada
    [pm_card_chargeDeclinedExpiredCard] Rechazada: vencida
    [pm_card_chargeDeclinedIncorrectCvc] Rechazada: código de seguridad incorrecto
    [pm_card_chargeDeclinedProcessingError] Rechazada: error de procesamiento
    [pm_card_chargeCustomerFail] Rechazada al cobrar
    [pm_card_authenticationRequiredOnSetup] El banco pregunta primero
    [pm_card_authenticationRequired] El banco pregunta primero
    [pm_card_createDispute] Paga y después se disputa
    [pm_card_refundFail] Paga; un reembolso falla
    [pm_usBankAccount_success] Se liquida
    [pm_usBankAccount_accountClosed] Falla después: cuenta cerrada
    [pm_usBankAccount_noAccount] Falla después: la cuenta no existe
    [pm_usBankAccount_insufficientFunds] Falla después: sin fondos suficientes
    [pm_usBankAccount_debitNotAuthorized] Falla después: débito no permitido
    [pm_usBankAccount_dispute] Se liquida y después se devuelve
    *[other] Sigue en camino
}

## Paying

pay-title = Hacer un pago
pay-account = Cuenta { $account }
pay-for-account = { -utility-short }, cuenta { $account }
pay-account-label = Cuenta
pay-balance = Usted debe
pay-pending = { $amount } está en camino desde su banco. Ya lo contamos: no necesita pagarlo otra vez.
pay-amount = Monto a pagar
pay-amount-hint = Puede pagar menos o más. Lo que sobre queda en su cuenta como saldo a favor.
pay-method = Forma de pago
pay-by-card = Tarjeta de débito o crédito
pay-by-bank = Cuenta bancaria
pay-continue = Revisar el pago
pay-not-now = Ahora no
pay-not-offered = Pagar aquí todavía no está disponible. Por favor llámenos.
pay-check-title = Revise su pago
pay-fee = Cargo por pagar
pay-no-fee = Ninguno
pay-after = Usted deberá
pay-becomes-credit = Está pagando más de lo que debe. Guardamos el resto a su favor y lo descontamos de su próxima factura.
pay-now = Pagar { $amount }
pay-change = Cambiar
pay-doubt-equal = En el último día usted ya hizo un pago de { $amount } en esta cuenta.
pay-doubt-covered = Ya hay { $pending } en camino, que cubre lo que usted debe.
pay-begun = Se empezó un pago de { $amount } que no se terminó. Si paga aquí, aquel se cierra, para que pague una sola vez.
pay-begun-go-on = Seguir con aquel
pay-credit-after = Saldo que queda a su favor
pay-credit-ahead = Si quiere, puede pagar por adelantado.
pay-doubt-large = { $amount } es varias veces lo que usted debe, que son { $owed }.
pay-doubt-large-none = { $amount } es mucho para pagar por adelantado: ahora no debe nada.
pay-large-hint = ¿Está el punto decimal en su lugar? Lo que pase de lo que debe queda a su favor en la cuenta.
pay-large-yes = Sí, quiero pagar { $amount }.
pay-large-answer = ¿Es correcto el monto? Indíquelo abajo o cámbielo.
pay-doubt-hint = Si quería pagar una sola vez, no tiene que hacer nada más: la página de pagos lo muestra.
pay-doubt-yes = Sí, quiero pagar otra vez.
pay-doubt-answer = ¿Quiere pagar otra vez? Indíquelo abajo o regrese a sus pagos.
pay-next-page = Usted escribe su tarjeta o cuenta bancaria en la página siguiente, que es de nuestro procesador de pagos. Nosotros nunca vemos el número.
pay-too-small = El pago mínimo es { $least }.
pay-too-large = El pago máximo es { $most }.
paid-title = Sus pagos
paid-months = Los últimos 24 meses
paid-none = Todavía no hay pagos.
paid-of-year = { $payments ->
    [one] 1 pago
   *[other] { $payments } pagos
}
paid-day = Fecha
paid-with = Forma de pago
paid-amount = Monto
paid-standing = Estado
receipt-title = Pago { $number }
receipt-number = Número de recibo
receipt-processed = Registrado el
receipt-refunded = Devuelto
receipt-why = Por qué
receipt-waiting = Esperamos la respuesta del procesador de pagos. No registramos nada antes.
receipt-at-bank = Su banco lo tiene. Tarda hasta cuatro días hábiles; cuenta desde el día en que pagó.
receipt-look-again = Mirar de nuevo
receipt-to-page = Seguir con el pago
receipt-method = { $tender ->
    [card] Tarjeta
    [bank_account] Cuenta bancaria
    [check] Cheque
    [cash] Efectivo
    *[other] Pago
}
receipt-standing = { $state ->
    [requested] En espera
    [processing] Pendiente
    [canceled] Sin pagar
    [failed] Rechazado por el banco
    [succeeded] Registrado
    [refunded_part] Reembolsado en parte
    [refunded] Reembolsado
    [returned] Devuelto por el banco
    [reversed] Anulado: se registró por error
    *[other] Contracargo
}
receipt-failure = { $reason ->
    [insufficient_funds] No había fondos suficientes.
    [account_closed] La cuenta está cerrada.
    [no_account] La cuenta no existe.
    [debit_not_authorized] El banco no tenía permiso para debitar la cuenta.
    [expired_card] La tarjeta está vencida.
    [lost_card] La tarjeta fue reportada como perdida.
    [stolen_card] La tarjeta fue reportada como robada.
    [processing_error] No se pudo procesar la tarjeta.
    [authentication_required] Su banco quiere preguntarle antes. Pague con tarjeta en la página del procesador, donde puede hacerlo.
    *[other] El banco no dijo por qué.
}

## Cuándo rige un precio por horario

price-hours-span = de { $from } a { $until }
price-hours-days = { $days ->
    [weekdays] de lunes a viernes
    [weekdays_not_holidays] de lunes a viernes, salvo feriados
    [weekends] sábados y domingos
    [weekends_and_holidays] sábados, domingos y feriados
    [saturdays] los sábados
    [saturdays_not_holidays] los sábados, salvo feriados
    [sundays] los domingos
    [sundays_not_holidays] los domingos, salvo feriados
    [holidays] los feriados
   *[all] todos los días
}
price-hours-month = en { $month }
price-hours-months = de { $first } a { $last }
price-hours-rest = { $hours }, fuera de las horas anteriores
price-hours-otherwise = todas las demás horas
