# Protecciones y cortes: las páginas de la oficina, las del cliente, las cartas.

holds-title = Protecciones
hold-kind = { $kind ->
    [medical_certificate] Certificado médico
    [life_support] Equipo de soporte vital
    [military] Servicio militar
    [hardship] Dificultad económica
    [dispute] Disputa
    [arrangement] Acuerdo de pago
    [pledge] Promesa de pago de una agencia
    [bankruptcy] Bancarrota
    [moratorium] Moratoria
    [landlord_tenant] Inquilinos de un arrendador
    [vulnerable_household] Persona mayor, muy joven o con discapacidad en el hogar
   *[staff] Retenido por la oficina
}
hold-kind-said = { $kind ->
    [medical_certificate] certificado médico
    [life_support] equipo de soporte vital
    [military] servicio militar
    [hardship] dificultad económica
    [dispute] disputa
    [arrangement] acuerdo de pago
    [pledge] promesa de pago de una agencia
    [bankruptcy] bancarrota
    [moratorium] moratoria
    [landlord_tenant] inquilinos de un arrendador
    [vulnerable_household] persona mayor, muy joven o con discapacidad en el hogar
   *[staff] retenido por la oficina
}
hold-stop = { $stop ->
    [late_fee] sin cargo por mora
    [reminder] sin avisos de cobro
    [autopay] sin pago automático
    [shut_off] sin corte
    [deposit_request] sin pedir depósito
   *[write_off] sin pasar a pérdida
}
hold-state = { $state ->
    [in_force] En vigor
    [coming] Por empezar
   *[past] Terminada
}
hold-then = { $then ->
    [resume] Lo que impedía vuelve a ser posible.
    [offer_time] Al cliente se le ofrece más tiempo para pagar.
   *[review] Nada es posible antes de que alguien la revise.
}
hold-kind-label = Tipo
hold-stops-label = Impide
hold-then-label = Al terminar
hold-last = Último día
hold-no-end = hasta que se levante
hold-document-due = Falta el documento
hold-to-look = Por revisar
hold-days = { $from } al { $last }
hold-days-open = Desde el { $from }, hasta que se levante

## La lista de trabajo

holds-hint = Protecciones que terminan pronto y las que esperan que alguien las revise.
holds-count = { $count ->
    [one] 1 protección
   *[other] { $count } protecciones
}
holds-ends = Termina
holds-within = { $days ->
    [one] dentro de 1 día
   *[other] dentro de { $days } días
}
holds-within-any = en cualquier momento, o nunca
holds-none = Nada termina en este plazo.
holds-ending = Protecciones por terminar
holds-today = { $free ->
    [0] todas tienen responsable
    [one] 1 sin responsable
   *[other] { $free } sin responsable
}

## Una protección

hold-about = Qué es
hold-signer = Quién firmó o prometió
hold-told-on = Se avisa el
hold-placed = Registrada por
hold-policy-label = Condiciones
hold-renewed = Renovada
hold-lifted-by = Levantada por { $by } el { $day }:
hold-documents = En qué se basa
hold-documents-none = No hay ningún documento guardado.
hold-fingerprint = SHA-256
hold-documents-add = Agregar documentos
hold-documents-keep = Guardar
hold-documents-kept = Los documentos están guardados.
hold-document-came = El documento que se esperaba ya está aquí. Protege hasta que alguien la revise: renuévela, levántela o responda por su final.
hold-document = Documentos
hold-document-hint = PDF o imágenes, de 10 MB como máximo cada uno y 40 MB en total; después se pueden agregar más. No hace falta el diagnóstico.
hold-document-again = Elíjalos otra vez: el navegador no conserva los archivos.
hold-document-large = Este archivo pesa más de 10 MB. Escanéelo en gris o envíe menos páginas.
hold-document-strange = Este archivo no es un PDF ni una imagen. Escanéelo como PDF o tome una foto.
hold-document-broken = Este archivo está dañado. Guárdelo o escanéelo otra vez.
hold-too-many-documents = Una protección tiene { $most } documentos como máximo. Reúna las páginas en un solo PDF.
hold-others = Otros períodos del mismo tipo
hold-work = Su final
hold-work-since = Por revisar desde el { $day }.
hold-answer = Qué se encontró
hold-answer-hint = Lo que escriba se guarda con la protección. Después puede seguir lo que toca al terminar.
hold-answer-now = La he revisado
hold-was-answered = Anotado. Lo que sigue puede seguir.
hold-assigned = El trabajo está asignado.
hold-not-yet = Su final se revisa desde el { $day }. Levántela o renuévela si algo cambia antes.
hold-not-owner = Esta persona no trabaja con protecciones. Elija a otra.
hold-renew = Renovarla
hold-renew-hint = El nuevo período empieza el día en que termina este.
hold-renew-now = Renovar
hold-was-renewed = La protección está renovada.
hold-lift = Levantarla
hold-lift-hint = Desde hoy ya no protege, y se avisa al cliente cuando le corresponde saberlo.
hold-lift-why = ¿Por qué termina?
hold-lift-now = Levantarla hoy
hold-was-lifted = La protección está levantada.
hold-has-ended = Ya terminó, o alguien se adelantó. Mírela otra vez.
hold-words-missing = Escriba unas palabras para que el próximo lector entienda.
hold-words-long = Escriba { $most } letras como máximo.

## El formulario

hold-new = Registrar una protección
hold-new-hint = La política dice qué impide y por cuánto tiempo.
hold-from = Primer día
hold-last-hint = Vacío: el plazo que da la política.
hold-signer-hint = El médico, la agencia, el tribunal y el caso, la unidad.
hold-signer-again = Vacío: la misma persona que antes.
hold-reason = Motivo
hold-reason-hint = Lo que necesita el próximo lector. Sin diagnóstico.
hold-place-now = Registrar la protección
hold-not-now = Ahora no
hold-was-placed = La protección está registrada.
hold-terms = Lo que da la política
hold-stops-line = Impide: { $stops }
hold-lasts = { $first ->
    [one] 1 día
   *[other] { $first } días
}, renovable { $renewals ->
    [one] una vez
   *[other] { $renewals } veces
} por { $days ->
    [one] 1 día
   *[other] { $days } días
}
hold-needs-document = se basa en un documento
hold-needs-document-within = { $days ->
    [one] se basa en un documento, que puede llegar dentro de 1 día
   *[other] se basa en un documento, que puede llegar dentro de { $days } días
}
hold-needs-nothing = sin documento
hold-most-days = { $most ->
    [one] 1 día en doce meses como máximo
   *[other] { $most } días en doce meses como máximo
}
hold-none = Nada protege esta cuenta.
hold-refused-not-offered = La política no tiene protección de este tipo. Quien fija las políticas puede agregarla.
hold-refused-role = La política deja esto a: { $jobs }.
hold-refused-document = Agregue el documento en que se basa.
hold-refused-signer = Escriba quién firmó o prometió.
hold-refused-passed = Empieza hoy o después.
hold-refused-far = Empieza el { $last } a más tardar.
hold-refused-ends-before = El último día es anterior al primero.
hold-refused-long = La política la da hasta el { $last } como máximo.
hold-refused-long-without = Sin su documento dura hasta el { $last } como máximo. Agregue el documento, o elija un día anterior y renuévela cuando llegue.
hold-refused-overlaps = Una de este tipo protege del { $from } al { $last }. Renueve esa.
hold-refused-overlaps-open = Una de este tipo protege desde el { $from }, sin fecha final.
hold-refused-periods = { $most ->
    [one] La política da una en doce meses, y ya se dio.
   *[other] La política da { $most } en doce meses, y ya se dieron.
}
hold-refused-days = { $most ->
    [one] La política da 1 día en doce meses
   *[other] La política da { $most } días en doce meses
}; { $left ->
    [0] no queda ninguno.
    [one] queda 1.
   *[other] quedan { $left }.
}
hold-refused-renewals = { $most ->
    [0] La política no renueva protecciones de este tipo.
    [one] La política la renueva una vez, y ya se hizo.
   *[other] La política la renueva { $most } veces, y ya se hizo.
}
hold-refused-no-end = No tiene fecha final que se pueda mover.
hold-refused-ended = Ya terminó. Registre una nueva.
hold-refused-renewed = Ya fue renovada.
people-held = Una protección impide pasar esta cuenta a pérdida. Revise primero sus protecciones.

## Para todos

moratoria-title = Moratorias
moratoria-hint = Tiempos en que no se corta el servicio a nadie de un grupo.
moratoria-declared = Declaradas
moratoria-none = No se ha declarado ninguna.
moratorium-declare = Declarar una
moratorium-declare-now = Declararla
moratorium-declared = La moratoria está declarada.
moratorium-class = Para quién
moratorium-service = Con qué servicio
moratorium-every-class = Todas las clases
moratorium-every-service = Todos los servicios
moratorium-everybody = Todos
moratorium-reason = Motivo
moratorium-reason-hint = Frío, calor, una tormenta, una emergencia. Diga quién lo aconsejó u ordenó.
moratorium-end = Ponerle fin
moratorium-end-now = Ponerle fin hoy
moratorium-was-ended = La moratoria ha terminado.
moratorium-ended-by = Terminada por { $by } el { $day }:
forecast-weather = Pronóstico
forecast-hint = Cuando las reglas nombran una temperatura, no se corta a nadie en un día sin pronóstico anotado ese día o el anterior. De cada día cuenta el más estricto que se anotó.
forecast-none = No hay pronóstico anotado para los próximos días.
forecast-day = Día
forecast-low = Mínima
forecast-high = Máxima
forecast-low-hint = Grados Fahrenheit
forecast-note = Anotar el pronóstico
forecast-noted = El pronóstico está anotado.
forecast-again = Anótelo otra vez: ya no cuenta
forecast-degrees = { $degrees } °F
forecast-span = { $low } a { $high }
forecast-not-ahead = Elija un día del { $from } al { $to }.
forecast-reversed = La temperatura mínima es mayor que la máxima.
forecast-not-degrees = Escriba grados Fahrenheit, como 28 o -4.

## ¿Se puede cortar?

shutoff-title = Corte
shutoff-yes = Posible
shutoff-no = No
shutoff-page = ¿Se puede cortar el servicio hoy?
shutoff-page-hint = Calculado ahora, solo para hoy.
shutoff-answer-yes = Hoy se puede cortar
shutoff-answer-no = Hoy no se puede cortar
shutoff-may-text = Hoy se cumplen todas las reglas. Mañana se pregunta de nuevo.
shutoff-sources = Según:
shutoff-no-sources = No hay reglas fijadas para este lugar, así que nada está permitido. Se fijan en Políticas.
shutoff-no-rules = no hay reglas fijadas para { $state }
shutoff-no-place = aquí no se presta ningún servicio
shutoff-not-served = la cuenta no está en servicio
shutoff-nothing-past-due = nada está vencido
shutoff-too-young = lo vencido cuenta desde el { $from }
shutoff-too-little = cuentan { $owed }, y hacen falta { $least }
shutoff-disputed = { $amount } está en disputa
shutoff-arranged = { $amount } está en un acuerdo de pago
shutoff-pending = { $amount } está en camino
shutoff-penalties = { $amount } son cargos, y por ellos no se corta a nadie
shutoff-deposit = { $amount } es un depósito, y por él no se corta a nadie de esta clase
shutoff-held = { $what } hasta el { $last }
shutoff-held-open = { $what }, sin fecha final
shutoff-unreviewed = { $what }: terminó el { $end }, y desde entonces nadie ha revisado la cuenta
shutoff-unserved = { $kind ->
    [written] aún no se ha dado aviso por escrito de lo que ahora está vencido
    [contact] no se ha hablado con nadie
    [posted] no se ha dejado aviso en la puerta
    [occupants] aún no se ha avisado a quienes viven allí
   *[plan_offered] aún no se ha ofrecido por escrito un plan de invierno
}
shutoff-unproven = no hay prueba de que llegara: { $what }
shutoff-too-soon = { $what }: cuenta desde el { $from }
shutoff-hardship = por { $what } el aviso debe llegar { $days ->
    [one] 1 día
   *[other] { $days } días
} antes
shutoff-too-old = { $what }: contó hasta el { $last }
shutoff-contacts-missing = { $done } de { $needed ->
    [one] 1 llamada o visita hecha
   *[other] { $needed } llamadas o visitas hechas
}, en { $days ->
    [one] un día
   *[other] { $days } días distintos
}
shutoff-contact-too-soon = las llamadas o visitas cuentan desde el { $from }
shutoff-weekday = { $day ->
    [monday] no en lunes
    [tuesday] no en martes
    [wednesday] no en miércoles
    [thursday] no en jueves
    [friday] no en viernes
    [saturday] no en sábado
   *[sunday] no en domingo
}
shutoff-holiday = hoy es día feriado
shutoff-eve = mañana es día feriado
shutoff-before-closed = mañana la oficina está cerrada
shutoff-winter = invierno, hasta el { $last }
shutoff-cold = demasiado frío el { $day }
shutoff-heat = demasiado calor el { $day }
shutoff-weather-unknown = sin pronóstico anotado ayer u hoy para el { $day }

served-kind = { $kind ->
    [written] Aviso por escrito
    [contact] Llamada o visita
    [posted] Aviso en la puerta
    [occupants] Aviso a quienes viven allí
   *[plan_offered] Plan de invierno ofrecido por escrito
}
served-kind-said = { $kind ->
    [written] aviso por escrito
    [contact] llamada o visita
    [posted] aviso en la puerta
    [occupants] aviso a quienes viven allí
   *[plan_offered] plan de invierno
}
served-way = { $way ->
    [mail] por correo
    [hand] en mano
    [phone] por teléfono
    [visit] con una visita
   *[door] en la puerta
}
served-title = Lo que se entregó
served-none = No se entregó nada en el último año.
served-proven = Con prueba
served-unproven = Sin prueba
served-record = Anotar lo que se entregó
served-record-hint = Solo cuenta lo que se anota aquí, y solo lo que estaba vencido cuando se entregó.
served-what = Qué
served-how = Cómo
served-on = Cuándo
served-words = A quién, por quién, con qué prueba
served-words-hint = Por ejemplo, el número de un certificado de envío, o quién contestó el teléfono.
served-proven-label = Hay prueba de que llegó
served-record-now = Anotarlo
served-recorded = Está anotado.
served-no-such-way = Esto se entrega { $ways }. Elija una de estas formas.
served-not-that-day = Elija un día del { $from } al { $to }.
served-words-missing = Escriba a quién y por quién se entregó.

## El cliente

protected-until = Su servicio está protegido hasta el { $last }.
protected-open = Su servicio está protegido.
protected-why = { $kind ->
    [medical_certificate] Un médico certificó que su hogar lo necesita. No lo cortamos por lo que se debe.
    [life_support] En su hogar alguien vive con un equipo que lo necesita. No lo cortamos por lo que se debe.
    [military] Alguien de su hogar presta servicio militar. No lo cortamos por lo que se debe.
    [hardship] Anotamos su dificultad económica. No lo cortamos por lo que se debe.
    [pledge] Una agencia prometió pagar. La esperamos y no cortamos el servicio.
    [moratorium] En este tiempo no se corta el servicio a nadie.
   *[vulnerable_household] En su hogar alguien lo necesita de manera especial. No lo cortamos por lo que se debe.
}
protected-document = Todavía falta el documento: envíenoslo para que la protección continúe.
protected-ask = ¿Alguien en casa necesita el servicio por su salud, o presta servicio militar fuera? Díganoslo: con un certificado o las órdenes podemos protegerlo.
protected-owed = Lo que usted debe se sigue debiendo.

## Las cartas

notice-hold-placed-subject = Su servicio está protegido
notice-hold-placed-text = Desde el { $from } no cortamos por lo que se debe el servicio de la cuenta terminada en { $account }. El motivo: { $about }.
notice-hold-until = Esto vale hasta el { $last }. Le avisamos antes de que termine.
notice-hold-open = Esto no tiene una fecha final fijada.
notice-hold-document = Todavía falta el documento. Envíenoslo antes de ese día y la protección continúa.
notice-hold-still-owed = Lo que se debe se sigue debiendo. Cada pago lo reduce, y usted puede pedirnos más tiempo para pagar.
notice-hold-ending-subject = Una protección de su servicio termina pronto
notice-hold-ending-text = El servicio de la cuenta terminada en { $account } está protegido hasta el { $last }. El motivo: { $about }.
notice-hold-then = { $then ->
    [resume] Después, lo que se debe puede cobrarse como antes. Si el motivo continúa, díganoslo antes de ese día.
    [offer_time] Después, lo que se debe puede cobrarse como antes. Si el motivo continúa, díganoslo; si no puede pagar todo, pídanos más tiempo para pagar.
   *[review] Antes de que siga nada, alguien de nuestra oficina revisa su cuenta. Llámenos si debemos saber algo.
}
notice-hold-lifted-subject = Una protección de su servicio ha terminado
notice-hold-lifted-text = La protección del servicio de la cuenta terminada en { $account } terminó el { $on }. Era por este motivo: { $about }. Si cree que es un error, llámenos.
notice-hold-not-begun-subject = Una protección de su servicio no empezará
notice-hold-not-begun-text = La protección del servicio de la cuenta terminada en { $account } que iba a empezar el { $from } no empezará. Era por este motivo: { $about }. Si cree que es un error, llámenos.
notice-hold-action = Pedir más tiempo para pagar
text-hold-ending = La protección de su servicio termina el { $last }. Llámenos si el motivo continúa, o pida más tiempo para pagar.
