# "Esta factura parece incorrecta": el formulario, lo que sigue, la decisión.

dispute-title = Esta factura parece incorrecta
dispute-link = ¿Algo parece incorrecto? Díganos
dispute-link-service = Esto parece incorrecto
dispute-link-read = Una lectura parece incorrecta
dispute-on-bill = { $amount } de esta factura está en disputa. Mientras tanto no se cobra cargo por mora por ese monto.
dispute-on-bill-link = Ver la disputa
dispute-was-decided = { $amount } de esta factura estuvo en disputa. Eso ya se decidió.
dispute-badge = En disputa
dispute-decided-before = Lo que marcó ya se decidió, como dice esta página. Si no está de acuerdo, pida hablar con el gerente de facturación.
dispute-withdraw-text = Dejamos de revisarla. Lo que disputó se debe como antes, y puede haber cargo por mora desde hoy si la fecha de vencimiento ya pasó.
dispute-home = { $amount } de este monto está en disputa. No hay que pagarlo hasta que decidamos; lo demás, si lo hay, sigue pendiente.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
dispute-right = Usted tiene derecho a decir que una factura está mal y a que le escuche alguien que puede corregirla. El monto que dispute no genera cargo por mora hasta que decidamos.
dispute-why = ¿Por qué parece incorrecta?
dispute-choose = Elija una razón
dispute-choose-reason = Elija la razón que más se acerque.
dispute-reason = { $reason ->
    [too_much_use] Más consumo del que pude tener
    [read_wrong] Una lectura no es lo que mostró mi medidor
    [estimated] Fue estimada
    [price_wrong] Un precio o cargo no me corresponde
    [not_mine] No era mía: otro lugar u otra época
    [paid_already] Ya la pagué
   *[other] Otra cosa
}
dispute-lines = ¿Qué líneas?
dispute-lines-hint = Marque las líneas que parecen incorrectas. No marque ninguna si es la factura entera.
dispute-amount = ¿Cuánto está mal?
dispute-amount-hint = Déjelo vacío por todo lo marcado. Como máximo lo que dicen las líneas, y { $total } en total.
dispute-words-hint = Qué esperaba y por qué: una mudanza, una reparación, lo que muestra el medidor, cuándo pagó.
dispute-send = Disputar este monto
dispute-sent = Su disputa está abierta. Esta página muestra lo que sigue.
dispute-nothing = No hay monto que disputar. Escriba más de $0.00.
dispute-more-than = Lo que marcó suma { $most }. No escriba más que eso.
dispute-amount-title = { $amount } en disputa
dispute-next = Lo que sigue
dispute-next-frozen = { $amount } queda aparte: no se cobra cargo por mora y el pago automático no lo incluye.
dispute-next-paid = No queda nada por pagar de ese monto. Si la factura estaba mal, la diferencia vuelve a su cuenta.
dispute-next-rest = El resto de la factura conserva su fecha de vencimiento. Puede pagar cualquier monto en cualquier momento; lo que pague va primero a la parte sin disputa.
dispute-next-decided = Alguien que puede corregir la factura revisa las lecturas, los precios y lo que usted escribió, y decide a más tardar el { $day }.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
dispute-next-heard = Antes de la decisión podemos escucharle: escriba en esta página, llame al { $phone } o pida una reunión en persona o por teléfono.
dispute-next-words = Recibirá la decisión y sus razones por escrito. Si no está de acuerdo, pida hablar con el gerente de facturación.
dispute-outcome = { $outcome ->
    [upheld] La factura queda como estaba.
    [corrected] La factura estaba mal.
   *[withdrawn] La disputa se retiró.
}
dispute-by-hand = { $outcome ->
    [corrected] La factura estaba mal, y se acreditan { $credit } a la cuenta.
   *[upheld] La factura se mantiene, y se acreditan { $credit } a la cuenta.
}
dispute-rebilled-interest = La factura estaba mal. Queda anulada, una factura corregida toma su lugar, y se acreditan { $credit } de intereses.
dispute-after = { $outcome ->
    [upheld] Los { $amount } se deben de nuevo como lo pide la factura. Puede haber cargo por mora lo más pronto el { $day }.
    [corrected] De lo que estaba en disputa quedan por pagar { $amount }. No generan cargo por mora antes del { $day }.
   *[withdrawn] Los { $amount } se deben como antes, con posible cargo por mora desde el { $day }.
}
evidence-title = Las pruebas
evidence-same = Usted y nosotros vemos las mismas lecturas y los mismos meses.
evidence-actual = Todas las lecturas de esta factura se tomaron del medidor.
evidence-estimated = Al menos una lectura de esta factura fue estimada.
evidence-no-reads = Esta factura no se basa en lecturas de carátula: se calculó con valores por hora o es un cargo fijo.
evidence-reads = Lecturas de esta factura
evidence-meter = Medidor
evidence-day = Día
evidence-value = Carátula
evidence-quality = Calidad
evidence-chart = { $commodity ->
    [water] Consumo de agua por mes
    [electric] Consumo de electricidad por mes
    [gas] Consumo de gas por mes
   *[other] Consumo por mes
}
evidence-leak = { $kind ->
    [night_flow] Del { $since } al { $until } este medidor no se detuvo entre la una y las cinco de la madrugada. Son unos { $daily } { $unit } al día, y parece algo que consume día y noche.
    [toilet] Del { $since } al { $until } este medidor contó cantidades pequeñas y parejas en la mayoría de las horas entre la una y las cinco de la madrugada, como un inodoro que se llena solo: unos { $daily } { $unit } al día.
   *[change] Del { $since } al { $until } se usaron unos { $daily } { $unit } al día más que en las cuatro semanas anteriores.
}
evidence-no-leak = Nada en las horas de estos días parece una fuga ni un consumo que no se notara.
evidence-similar = La mitad de { $homes } viviendas parecidas facturadas por los mismos días usó como máximo { $middle } { $unit }; esta factura tiene { $own }.
evidence-weather = En los días de esta factura la temperatura media fue de { $mean } °F, { $change ->
    [warmer] más alta que
    [colder] más baja que
   *[same] igual a
} los { $before } °F de los mismos días del año anterior.
evidence-weather-alone = En los días de esta factura la temperatura media fue de { $mean } °F.
evidence-month = Mes
evidence-used = Consumo
evidence-cost = Costo
office-dispute-decide = Decidir la disputa
office-dispute-decide-hint = Usted puede corregir facturas, así que puede decidir. Se avisa al cliente el resultado con sus razones, y tiene dos semanas antes de un cargo por mora.
office-dispute-given = Desde que se abrió la disputa se dieron a mano { $given } en la cuenta. La carta lo dice, decida lo que decida.
office-dispute-not-corrected = Que la factura estaba mal se decide junto con su corrección: elija un resultado arriba, o corrija primero la cuenta. Hasta entonces la disputa sigue abierta y conserva su fecha.
office-dispute-not-yours = Una disputa la decide alguien que puede corregir la factura.
office-dispute-outcome = Resultado
office-dispute-choose = Elija el resultado.
office-dispute-reasons = Razones, para el cliente
office-dispute-decide-now = Decidir y avisar al cliente
office-dispute-decided = La disputa está decidida y se avisó al cliente.
office-dispute-correct = Corregir la cuenta
office-dispute-cancel = Cancelar y refacturar
office-dispute-bill = La factura
office-dispute-account = { $amount } en disputa

notice-dispute-received-subject = Su factura está en disputa
notice-dispute-received-text = Nos dijo que { $amount } de la factura { $bill }, cuenta que termina en { $account }, está mal. Su disputa tiene el número { $number }.
notice-dispute-received-paid = No queda nada por pagar de ese monto. Si la factura estaba mal, la diferencia vuelve a su cuenta. Decidimos a más tardar el { $answer_by }.
notice-dispute-received-meanwhile = Hasta que decidamos no se cobra cargo por mora sobre { $amount } de ese monto y el pago automático no incluye esa parte. El resto de la factura conserva su fecha de vencimiento. Decidimos a más tardar el { $answer_by }.
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
notice-dispute-received-heard = Antes de eso puede escucharle alguien que puede corregir la factura: escriba en la página de la disputa, llámenos o pida una reunión.
notice-dispute-decided-subject = Decidimos su disputa
notice-dispute-decided-text = Su disputa, número { $number }: { $outcome }
notice-dispute-canceled-text = La factura { $bill } quedó anulada y ya no se debe nada por ella. Con eso se cierra su disputa, número { $number }. La factura corregida, si la hay, llega por sí sola y puede disputarse como cualquier otra.

# Disputas que abre la oficina, y lo que llega con ellas
dispute-came-by = { $way ->
    [phone] Por teléfono
    [letter] Por carta
    [counter] En el mostrador
    [email] Por correo electrónico
   *[portal] En el portal
}
office-dispute-new = Abrir una disputa
office-dispute-new-hint = Para un cliente que llama, escribe o está en el mostrador. Lo que disputa se aparta de inmediato y se le avisa por escrito.
office-dispute-which = ¿Qué factura?
office-dispute-other-bill = Otra factura
office-dispute-came-by = Llegó
office-dispute-reason = Motivo
office-dispute-words = Lo que dice el cliente
office-dispute-words-hint = Con sus propias palabras en lo posible; también las lee.
office-dispute-open-now = Abrir la disputa y avisar al cliente
office-dispute-opened = La disputa está abierta, el monto está apartado y se avisó al cliente.
office-dispute-barred = De esta factura no se puede disputar nada más:
office-dispute-open-already = Esta factura ya está en disputa: { $number }.
office-dispute-decided-already = Lo que marcó ya se decidió: { $number }.
office-dispute-acknowledge = Acusar recibo antes del
office-dispute-acknowledged = Recibo acusado el { $on }
request-documents = Documentos
request-documents-none = No se guarda ningún documento con ella.
request-document-hint = PDF o fotos, de 10 MB cada uno y 40 MB en total como máximo; después se pueden agregar más.

# La mesa de trabajo: por lo que la oficina juzga una disputa
bench-lines = Servicios en disputa y cómo se calculó cada línea
bench-reads = Lecturas de esta factura, y quién las tomó
bench-paid = Aplicado a esta factura
bench-paid-none = No se pagó nada de esta factura.
bench-notices = Avisado desde que empezaron los días de la factura
bench-others = Otras disputas de esta cuenta
bench-others-none = Esta cuenta no tiene otra disputa.

# Los resultados legales
remedy-title = Resultados
remedy-hint = Cada uno se calcula con las pruebas de hoy. No se hace nada antes de que usted haya visto a cuánto asciende.
dispute-remedy = { $remedy ->
    [upheld] La factura se mantiene
    [rebilled] Cancelar y refacturar
    [leak_adjustment] Ajuste por fuga
    [refund] Reembolso por error de facturación
   *[goodwill] Crédito de cortesía
}
remedy-means = { $remedy ->
    [upheld] Las pruebas dicen que la factura es correcta. Se explica al cliente por qué, y tiene dos semanas antes de que sea posible un cargo por mora.
    [rebilled] La factura, y cada una posterior que saldría distinta, se anula y se factura de nuevo con las lecturas y tarifas de hoy.
    [leak_adjustment] La factura se calcula de nuevo sin la parte de la fuga que la política perdona. La factura misma se mantiene.
    [refund] Se devuelve lo que se cobró por error. Lo que se pagó de eso gana interés simple desde el día del pago.
   *[goodwill] Se da algo sin deberlo. La factura se mantiene.
}
dispute-remedy-told = { $remedy ->
    [upheld] La factura se mantiene como estaba.
    [rebilled] La factura estaba mal. Queda anulada, y una factura corregida toma su lugar.
    [leak_adjustment] La factura se mantiene, y se acreditan { $credit } por la fuga.
    [refund] La factura estaba mal, y se acreditan { $credit } a la cuenta, con intereses sobre lo que se había pagado de eso.
   *[goodwill] La factura se mantiene, y se acreditan { $credit } como cortesía.
}
remedy-words = { $remedy ->
    [upheld] Revisamos las lecturas, las tarifas y el consumo de los meses anteriores. La factura concuerda con ellos. Si no está de acuerdo, pida hablar con la gerencia de facturación; también puede pedir una audiencia informal.
    [rebilled] Facturamos el período de nuevo con las lecturas y tarifas de hoy. La factura nueva muestra lo que cambió.
    [leak_adjustment] Comparamos la factura con los mismos meses anteriores y acreditamos la parte de la fuga que nuestra política perdona.
    [refund] Le cobramos por error y lo acreditamos a su cuenta. Lo sentimos.
   *[goodwill] Le damos este crédito como cortesía.
}
remedy-words-hint = En el idioma del cliente. Son parte de la carta.
remedy-look-at = Verlo
remedy-look = Calcularlo
remedy-carry-out = Llevarlo a cabo y avisar al cliente
remedy-comes-to = A cuánto asciende
remedy-price-upheld = Nada cambia en la cuenta.
remedy-price-rebilled = { $bills ->
    [one] { $difference } en una factura
   *[other] { $difference } en { $bills } facturas juntas
}
remedy-price-same = La factura sale igual con las lecturas y tarifas de hoy. Primero tome o corrija una lectura.
remedy-price-credit = Se acreditan { $credit }
remedy-price-refund = Como máximo lo que está en disputa, y { $interest } de intereses
remedy-price-refund-alone = Como máximo lo que está en disputa; no se pagó nada de eso, así que no se deben intereses
remedy-price-goodwill = Lo que usted decida, dentro de su límite
remedy-amount = ¿Cuánto?
remedy-amount-hint = Como máximo { $most }, que está en disputa.
remedy-more-than = No están en disputa más de { $most }.
remedy-limit = Usted todavía puede dar por sí solo hasta { $most } en esta cuenta: cuenta lo que dio en los últimos 30 días. Lo que pase de eso espera a una segunda persona y vuelve aquí.
remedy-of-fund = De { $fund }
remedy-interest = Intereses
remedy-in-all = En total
remedy-paid-on = Pagado
remedy-too-much = Pagado de más
remedy-undisputed = { $amount } de la cuenta no está en disputa.
remedy-reread = Ordenar otra lectura
remedy-reread-hint = Alguien lee el medidor otra vez dentro de cinco días hábiles. La disputa sigue abierta, y lo que se disputa sigue apartado.
remedy-reread-now = Ordenarla y avisar al cliente
remedy-reread-ordered = El medidor se lee otra vez: solicitud { $number }.
leak-used = Usado en los días de esta factura
leak-normal = { $basis ->
    [same_months] Normal, según los mismos meses anteriores ({ $bills })
   *[months_before] Normal, según los meses anteriores ({ $bills })
}
leak-above = Por encima de lo normal
leak-part = { $service }: { $share } % de eso, { $forgiven } { $unit }, ya no se cobra
leak-capped = La política da { $most } como máximo.
leak-not-offered = La política no perdona fugas. Quien fija las políticas puede agregar condiciones.
leak-no-water = Esta factura no mide agua.
leak-too-few = { $known ->
    [one] Se conoce una factura anterior, y la política pide { $least }.
   *[other] Se conocen { $known } facturas anteriores, y la política pide { $least }.
}
leak-not-above = Se usaron { $used } { $unit } y lo normal son { $normal }; la política pide { $percent } % por encima.
leak-recently = { $months ->
    [one] Se perdonó el { $on }; la política perdona una vez al mes.
   *[other] Se perdonó el { $on }; la política perdona una vez en { $months } meses.
}
leak-not-priced = No queda nada que perdonar, o la factura no se calcula de nuevo con lo que guarda. Corrija la cuenta a mano.

# La audiencia informal
hearing-title = Audiencia informal
hearing-none = No hay ninguna audiencia fijada. Un cliente puede pedirla antes de la decisión.
hearing-when = { $on }, { $hour }
hearing-set = Fijar una audiencia
hearing-move = Cambiar la audiencia
hearing-set-now = Fijarla y avisar al cliente
hearing-day = Día
hearing-hour = Hora
hearing-hour-hint = Como 14:30.
hearing-place = Lugar
hearing-place-hint = Una sala, o el número de teléfono al que se llama al cliente.
hearing-record = Registrar la audiencia
hearing-record-now = Registrarla y avisar al cliente
hearing-attended = Quiénes estuvieron
hearing-words = Lo que se dijo, y lo que sigue
hearing-words-hint = El cliente lo lee.
hearing-was-set = La audiencia está fijada y se avisó al cliente.
hearing-was-recorded = La audiencia está registrada y se avisó al cliente.
hearing-past = Elija hoy o un día posterior.
hearing-not-an-hour = Escriba la hora como 14:30.
hearing-line = Complete este campo, con { $most } caracteres como máximo.
hearing-not-set = No hay ninguna audiencia fijada. Primero fije una.
hearing-not-yet = La audiencia es el { $on }. Regístrela después, o cámbiela.
notice-hearing-set-subject = Su audiencia está fijada
notice-hearing-set-text = La audiencia informal de su disputa, número { $number }, es el { $on } a las { $hour }: { $place }
# Regulated: Memphis Light, Gas & Water Div. v. Craft, 436 U.S. 1 (1978): notice and an opportunity to be heard
notice-hearing-set-rights = Le escucha alguien que puede corregir la factura. Puede traer papeles y a alguien que hable por usted. Si no puede venir, escríbanos o llámenos, y fijamos otro día.
notice-hearing-recorded-subject = Lo que se dijo en su audiencia
notice-hearing-recorded-text = Esto es lo que registramos de la audiencia de su disputa, número { $number }, el { $on }:

# El expediente para un regulador, un concejo o un tribunal
packet-title = Disputa { $number }
packet-link = Expediente
packet-hint = Todo aquello por lo que se juzgó la disputa y todo lo que se hizo. El público reserva nombres, lugares, números y texto libre.
packet-whole-pdf = Completo, en PDF
packet-whole-page = Completo, como página
packet-public-pdf = Para registros públicos, en PDF
packet-public-page = Para registros públicos, como página
packet-whole = El registro completo, con datos personales. Para quien tiene derecho a él.
packet-public = Para registros públicos: se reservan nombres, direcciones, números de cuenta y de medidor, nombres de archivos y texto libre.
packet-withheld = [reservado]
packet-about = La disputa
packet-account = Número de cuenta
packet-opened = Abierta el
packet-acknowledged = Recibo acusado el
packet-resolved = Resuelta el
packet-days = Días abierta
packet-number = Número
packet-words = Palabras
packet-file = Archivo
packet-trail = El rastro: quién hizo qué, y cuándo

## Outcomes that wait for a second person

proposal-title = Con una segunda persona
# $credit (money)
# $on (day)
proposal-made = { $credit } en total, propuesto por { $who } el { $on }
# $difference (money)
# $on (day)
proposal-made-rebill = Diferencia en las facturas: { $difference }, propuesto por { $who } el { $on }
proposal-not-alone = Las facturas las anula otra persona. Usted lo propone con su razón; esa persona ve estas cifras y decide.
# $credit (money)
proposal-today = Tal como están las cosas hoy, asciende a { $credit }.
proposal-not-now = Tal como están las cosas hoy, no se puede realizar. Rechácela o corrija lo que lo impide.
proposal-approve = Aprobar, realizar y avisar al cliente
proposal-refuse = Rechazar
proposal-refuse-why = Por qué no
proposal-withdraw = Desistir
proposal-made-now = Esto es más de lo que usted decide por sí solo. Espera a una segunda persona; la disputa sigue abierta.
proposal-was-refused = La propuesta queda rechazada. Quien lleva la disputa elige otro resultado.
proposal-was-withdrawn = Se desistió de la propuesta.
# $who (text)
proposal-waits = Lo que propuso { $who } espera a una segunda persona. Primero se decide o se desiste.
proposals-queue = Resultados de disputas
