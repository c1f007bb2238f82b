# Lo que piden los clientes: las páginas del portal, la lista de la oficina, las cartas.

## La lista

requests-title = Pedir algo
requests-open = Sus solicitudes abiertas
requests-past = Solicitudes anteriores
requests-none-open = No hay nada abierto. Elija lo que necesita; le diremos para cuándo respondemos.
request-emergency-first = ¿Huele a gas o hay un cable caído? Salga primero y luego llame al
request-group = { $group ->
    [problem] Algo anda mal
    [moving] Mudanzas
    [bill] Una factura que parece incorrecta
   *[account] Su medidor, su correo, su consumo
}
request-kind = { $kind ->
    [start_service] Iniciar el servicio
    [stop_service] Terminar el servicio
    [move] Mudar el servicio a otra vivienda
    [new_service] Servicio nuevo en un lugar sin servicio
    [mailing_address] Cambiar la dirección postal
    [meter_reread] Leer mi medidor otra vez
    [high_bill_check] Revisar una factura alta
    [leak_adjustment] Ajuste por fuga después de una reparación
    [problem] Reportar un problema
   *[bill_dispute] Esta factura parece incorrecta
}
request-about = { $kind ->
    [start_service] El servicio a su nombre comienza en una dirección.
    [stop_service] El servicio termina, se lee el medidor y llega la última factura.
    [move] Termina aquí un día y comienza allá otro, en una sola solicitud.
    [new_service] Un edificio, un terreno o una unidad que aún no tiene servicio.
    [mailing_address] Las cartas y facturas de papel van a otra dirección.
    [meter_reread] Alguien lee el medidor otra vez y le dice lo que mostró.
    [high_bill_check] Revisamos con usted sus lecturas y su consumo.
    [leak_adjustment] Parte del agua perdida puede perdonarse cuando la fuga está reparada.
    [problem] Sin agua, sin luz, una fuga, un medidor dañado, un farol apagado.
   *[bill_dispute] Abra la factura y diga qué línea, lectura o monto está mal.
}
request-problem = { $problem ->
    [gas_smell] Huele a gas
    [downed_wire] Un cable está caído o cuelga bajo
    [main_break] Se rompió una tubería principal de agua
    [street_leak] Corre agua por la calle
    [no_water] No hay agua
    [no_power] No hay luz
    [bad_water] El agua se ve, huele o sabe mal
    [street_light] Un farol de la calle está apagado
    [damaged_meter] Un medidor está dañado
   *[other] Otra cosa
}
request-which-problem = ¿Qué es? Lo que puede lastimar a alguien va primero.
request-state = { $state ->
    [received] Recibida
    [in_progress] En proceso
    [waiting] Esperamos su respuesta
    [done] Terminada
    [declined] Rechazada
   *[withdrawn] Retirada
}
request-state-means = { $state ->
    [received] La tenemos. Nadie ha comenzado todavía.
    [in_progress] Alguien está trabajando en ella.
    [waiting] Le preguntamos algo y seguimos cuando responda.
    [done] Está terminada.
    [declined] No se pudo hacer. La razón está abajo.
   *[withdrawn] Usted la retiró.
}
request-became = { $state ->
    [received] Llegó la solicitud.
    [in_progress] El trabajo continúa.
    [waiting] Necesitamos algo de usted.
    [done] Terminada.
    [declined] Rechazada.
   *[withdrawn] Retirada.
}
request-number = Solicitud { $number }
request-asked = enviada el { $day }
request-answer-by = Respuesta a más tardar el { $day }

## Los formularios

request-field = { $field ->
    [problem] ¿Qué es?
    [stop_on] Último día de servicio
    [start_on] Primer día de servicio
    [from_on] El correo va allá desde
    [repaired_on] Día de la reparación
    [service] ¿Qué servicio?
    [forward_to] ¿Adónde enviamos la última factura?
    [line_1] Número y calle
    [line_2] Apartamento o apartado postal
    [city] Ciudad
    [state] Estado
    [postal_code] Código postal
    [dial] Lo que muestra el medidor ahora
    [repair] ¿Qué se reparó?
    [access] ¿Cómo llegamos al medidor?
    [phone] Teléfono, por si debemos preguntar
   *[other] { $field }
}
request-place-start = Dirección donde comienza el servicio
request-place-problem = ¿Dónde es?
request-words-label = { $kind ->
    [new_service] ¿Qué necesita allí?
    [high_bill_check] ¿Qué le parece mal?
    [problem] ¿Qué ve usted?
    [bill_dispute] ¿Qué está mal, en sus palabras?
   *[other] ¿Algo más que debamos saber?
}
request-optional = { $label } (opcional)
request-all-services = Todos los servicios
request-hint-stop = Un día hábil, lo más pronto el { $day }: ese día se lee el medidor.
request-hint-start = Lo más pronto el { $day }.
request-hint-forward = Su nueva dirección postal.
request-hint-dial = Los números enteros, de izquierda a derecha.
request-hint-access = Un portón con llave, un perro: lo que el lector deba saber.
request-hint-repair = Por ejemplo: la válvula del inodoro, la línea bajo el patio; quién lo hizo.
request-hint-place = Número y calle, y el apartamento. Si nuestros registros no tienen la dirección, no importa: la oficina la busca y le escribe aquí.
request-hint-phone = Un número de diez dígitos.
request-hint-state = Dos letras, por ejemplo IL.
request-photo = Foto
request-photo-hint = JPEG, PNG, WebP o GIF, hasta 10 MB. Guardamos solo la imagen, no dónde ni con qué se tomó. Solo la ven las personas de esta cuenta y nuestro personal.
request-photo-again = Por favor elija la foto otra vez.
request-photo-large = La foto pasa de 10 MB. Elija una más pequeña; lo que escribió sigue aquí.
request-photo-strange = Ese archivo no es una imagen que conozcamos. Elija JPEG, PNG, WebP o GIF. Un teléfono que guarda HEIC también puede guardar JPEG.
request-photo-broken = Esa imagen está dañada o incompleta. Elíjala otra vez o tome una nueva.
request-photo-yours = La foto enviada con esta solicitud
request-send = Enviar solicitud
request-sent = Tenemos su solicitud. Esta página muestra cómo va, y le avisamos de cada paso.
request-leave-title = Salga primero. Luego llame.
request-leave-text = { $problem ->
    [gas_smell] Salga ahora y aléjese. No use interruptores, teléfonos ni llamas adentro. Llame al 911 desde afuera.
   *[other] Manténgase a 35 pies o más y aleje a los demás. Nunca toque un cable ni lo que este toque. Llame al 911.
}
request-leave-then = Cuando esté a salvo, también puede avisarnos aquí. Este formulario no reemplaza la llamada.
request-call-911 = Llamar al 911
request-call-us = Llámenos: { $phone }
request-urgent = Si está causando daño ahora mismo, llame también:

request-missing = { $field ->
    [stop_on] Diga qué día termina el servicio.
    [start_on] Diga qué día comienza el servicio.
    [from_on] Diga desde qué día.
    [repaired_on] Diga qué día se reparó.
    [service] Elija un servicio.
    [place] Diga dónde.
    [forward_to] Diga adónde enviar la última factura.
    [line_1] Escriba el número y la calle.
    [city] Escriba la ciudad.
    [state] Escriba el estado.
    [postal_code] Escriba el código postal.
    [repair] Diga qué se reparó.
   *[other] Cuéntenos en pocas palabras.
}
request-too-long = Use como máximo { $longest } caracteres.
request-not-a-day = Elija un día del calendario.
request-passed = Ese día ya pasó.
request-too-soon = No podemos estar allí antes del { $day }.
request-closed-day = Ese día estamos cerrados. El siguiente día hábil es el { $day }.
request-too-far = Elija un día no posterior al { $day }.
request-to-come = Ese día todavía no llega.
request-too-old = La reparación no debe ser anterior al { $day }.
request-not-offered = Elija una opción de la lista.
request-no-meter = Ese servicio no tiene medidor que leer. Elija uno que tenga medidor.
request-no-meter-at-all = Ninguno de sus servicios aquí tiene medidor, así que no hay nada que leer otra vez. Si una factura le parece mal, pídanos que la revisemos.
request-not-a-phone = Escriba un teléfono de diez dígitos.
request-not-a-dial = Escriba el número entero que muestra el medidor.
request-not-a-state = Escriba las dos letras de un estado, por ejemplo IL.
request-not-a-zip = Escriba un código postal de cinco dígitos.
request-already-open = Ya hay una mudanza en curso, y es esta. Para cambiar un día o la dirección, escríbanos abajo. Para comenzar de nuevo, retírela primero.
request-too-many = Tiene { $most } solicitudes abiertas. Espere una respuesta o retire una primero.
request-too-often = Ya van { $most } veces hoy. Por favor llámenos o vuelva mañana.

## Una solicitud

request-stands = Cómo va
request-history = Lo que se dijo y se hizo
request-you-wrote = Lo que usted nos dijo
request-answer-us = Respóndanos
request-write-us = Escríbanos sobre esto
request-message = Su mensaje
request-message-send = Enviar mensaje
request-message-sent = Recibimos su mensaje.
request-words-missing = Escriba primero unas palabras.
request-withdraw = Retirar esta solicitud
request-withdraw-text = Dejamos de trabajar en ella. Puede pedirlo otra vez cuando quiera.
request-withdraw-now = Sí, retirarla
request-withdrawn = Se retiró.
request-ended = Alguien cambió esta solicitud mientras tanto. Vea cómo va ahora.
quick-requests = Pedir algo
quick-problem = Reportar un problema
notice-request-action = Ver la solicitud

## Cartas

notice-request-received-subject = Tenemos su solicitud
notice-request-received-text = Recibimos su solicitud «{ $about }» para la cuenta que termina en { $account }. Su número es { $number }. Respondemos a más tardar el { $answer_by }.
notice-request-moved-subject = Novedades de su solicitud
notice-request-moved-text = Su solicitud «{ $about }», número { $number }: { $state }.
notice-request-wrote-subject = Un mensaje sobre su solicitud
notice-request-wrote-text = Le escribimos sobre su solicitud «{ $about }», número { $number }:

## La oficina

office-requests = Solicitudes de clientes
office-nav-requests = Solicitudes
office-requests-count = { $count ->
    [0] No espera nada aquí.
    [one] 1 solicitud
   *[other] { $count } solicitudes
}
office-requests-none = Aquí nada espera a la oficina.
office-requests-by-kind = Solicitudes abiertas por tipo
office-request-kind = Tipo
office-request-any = Todas
office-request-asked = Abierta por
office-request-due = Responder antes de
office-request-amount = En disputa
office-request-open-days = { $days ->
    [0] hoy
    [one] 1 día
   *[other] { $days } días
}
office-request-took = { $days ->
    [0] Respondida el mismo día
    [one] Respondida en 1 día
   *[other] Respondida en { $days } días
}
office-request-overdue = Atrasada
office-request-filter = { $state ->
    [open] Abiertas
   *[all] Todas
}
office-request-asked-by = Pedida por { $who }
office-request-wrote = Lo que dijo el cliente
office-request-photo = Foto del cliente
office-request-yours = La solicitud ya es suya.
office-request-given = La solicitud tiene otro responsable.
office-request-take = Yo me encargo
office-request-release = Devolverla
office-request-assign = Asignarla a
office-request-assign-now = Asignar
office-request-not-owner = Esa persona no trabaja solicitudes.
office-request-move = Avanzarla
office-request-to = Pasa a
office-request-words = Palabras para el cliente
office-request-words-hint = El cliente las lee en la página y por correo. Son necesarias para esperar, terminar o rechazar.
office-request-move-now = Avanzar y avisar al cliente
office-request-moved = Se avisó al cliente.
office-request-choose-move = Elija a qué pasa.
office-request-message = Escribir sin avanzarla
office-request-message-now = Enviar al cliente
office-request-account-title = Solicitudes y disputas
office-request-account-none = No hay solicitudes abiertas.
office-request-account-all = Todas las de esta cuenta
office-request-today = Solicitudes de clientes
office-request-today-overdue = { $count ->
    [0] ninguna atrasada
   *[other] { $count } después del día prometido
}
