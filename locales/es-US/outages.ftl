# Interrupciones, trabajos planeados y avisos urgentes: lo que leen y reportan los clientes, y lo que declara la oficina.

outage-kind = { $kind ->
    [outage] Interrupción
    [planned_work] Trabajos planeados
   *[urgent_notice] Aviso urgente
}
outage-status = { $status ->
    [planned] Planeado
    [going_on] En curso
    [restored] Terminado
   *[canceled] Cancelado
}
outage-cause = { $cause ->
    [unknown] Aún no se sabe
    [equipment] Falla de equipo
    [main_break] Rotura de tubería principal
    [storm] Clima
    [accident] Accidente o excavación
    [animal] Animal o árbol
    [supply] Suministro externo
    [maintenance] Mantenimiento
    [water_quality] Calidad del agua
   *[other] Otra
}
outage-name = { $kind ->
    [outage] { $service }: interrupción
    [planned_work] { $service }: trabajos planeados
   *[urgent_notice] { $service }: aviso urgente
}
outage-area-street = { $side ->
    [even] { $street }, números pares del { $from } al { $to }
    [odd] { $street }, números impares del { $from } al { $to }
   *[both] { $street }, números del { $from } al { $to }
}
outage-area-postal-code = Código postal { $code }
outage-area-cycle = Zona de facturación { $cycle }
outage-area-feeder = Partes de { $streets } ({ $feeder })
outage-area-drawn = Partes de { $streets }
outage-area-accounts = Algunos domicilios
outage-area-everywhere = En todas partes
outage-count = { $count ->
    [0] Ninguna cuenta
    [one] 1 cuenta
   *[other] { $count } cuentas
}
outage-news = { $news ->
    [declared] Le avisamos
    [extended] Más domicilios afectados
    [said] Novedad
    [expected] Nueva estimación
    [begun] Empezaron los trabajos
    [restored] Terminó
   *[canceled] Se canceló
}
outage-since = Desde el { $when }
outage-begins = Empieza el { $when }
outage-expected = Regreso previsto: { $when }
outage-expected-before = Se esperaba su regreso: { $when }; seguimos trabajando y avisaremos cuando sepamos más
outage-no-estimate = Aún no sabemos cuándo volverá el servicio.
outage-ended = Terminó: { $when }
outage-canceled-at = Se canceló: { $when }
outage-why = Causa
outage-where = Dónde
outage-affected = Afectados
outage-updates = Novedades

outages-title = Interrupciones y trabajos planeados
outages-intro = Lo que sabemos en este momento. Esta página se actualiza sola.
outages-none = No sabemos de ninguna interrupción y no hay trabajos planeados.
outages-report-action = Reportar una interrupción
outages-link = Interrupciones
outages-all = Todas las interrupciones
outages-sign-in-text = Vea qué está interrumpido ahora o avísenos de una interrupción. No necesita iniciar sesión.

outage-report-title = Reportar una interrupción
outage-report-danger = Si huele a gas o ve un cable caído: aléjese y llame primero al 911.
outage-report-then = Cuando esté a salvo, llámenos al { $phone }.
outage-report-service = ¿Qué servicio falta?
outage-report-postal-code = Código postal del domicilio
outage-report-details = ¿Qué observa? (opcional)
outage-report-details-hint = Por ejemplo: sin agua desde las seis, o tampoco tiene un vecino.
outage-report-send = Enviar el reporte
outage-report-done = Gracias. Recibimos su reporte.
outage-report-not-found = No encontramos ninguna cuenta con este número en este código postal. Revise ambos en una factura.
outage-report-too-long = Escriba a lo sumo { $most } caracteres.

banner-outage-more = Ver lo que sabemos

office-outages = Interrupciones
outages-office-declare = Declarar una interrupción
outages-office-none = Aún no se declaró nada.
outages-office-reports = Lo que reportan los clientes
outages-office-no-reports = No se reportó nada.
outages-report-known = Conocida
outages-report-unknown = No está en una interrupción conocida
outages-report-when = Reportado
outages-office-public = Página pública
outages-office-begins = Empezó o empieza
outages-office-in = Esta cuenta está en una interrupción:

outage-new-title = Declarar una interrupción
outage-form-kind = ¿Qué es?
outage-form-service = Servicio
outage-form-cause = Causa
outage-form-begins = Empezó o empieza
outage-form-begins-hint = Los trabajos planeados empiezan después de ahora; lo demás empezó antes.
outage-form-expected = Regreso previsto del servicio (opcional)
outage-form-words-en = Qué significa para los clientes, en inglés
outage-form-words-es = Lo mismo en español
outage-form-words-hint = Todos los afectados leen estas palabras.
outage-form-area = Quiénes están afectados
outage-form-by = Elegidos por
outage-form-area-kind = { $kind ->
    [street] Calle y números
    [postal_code] Código postal
    [cycle] Ciclo de facturación
    [feeder] Alimentador, circuito o tubería principal
    [drawn] Esquinas en el mapa
    [accounts] Números de cuenta
   *[everywhere] Todo lugar con este servicio
}
outage-form-street = Calle
outage-form-from = Del número
outage-form-to = Al número
outage-form-side = Lado
outage-form-side-word = { $side ->
    [both] Ambos lados
    [even] Números pares
   *[odd] Números impares
}
outage-form-postal-code = Código postal
outage-form-cycle = Ciclo de facturación
outage-form-no-cycle = Ninguno
outage-form-feeder = Alimentador, circuito o tubería principal
outage-form-feeder-hint = Como lo nombran las páginas de los lugares, para el servicio elegido arriba.
outage-form-corners = Esquinas de la parte de la ciudad
outage-form-corners-hint = «Latitud, longitud» en una línea por esquina, como 41.5412, -91.1304, en su orden alrededor; o un polígono GeoJSON. Al menos tres.
outage-form-map = Mapa de los lugares con servicio
outage-form-map-hint = Haga clic en el mapa para fijar las esquinas, una tras otra. Se escriben en el campo de arriba.
outage-form-map-lost = { $count ->
    [one] 1 lugar no tiene punto en el mapa y no está en ninguna parte dibujada.
   *[other] { $count } lugares no tienen punto en el mapa y no están en ninguna parte dibujada.
}
outage-form-map-undo = Quitar la última esquina
outage-form-map-clear = Quitar todas las esquinas
outage-form-numbers = Números de cuenta
outage-form-numbers-hint = Uno por línea, o separados por comas.
outage-form-look = Ver quiénes están afectados
outage-form-declare = Declararla y avisarles
outage-look-title = Quiénes están afectados
outage-look-places = { $count ->
    [one] en 1 lugar
   *[other] en { $count } lugares
}
outage-look-hint = No se avisa a nadie antes de que la declare. Estos son algunos:
outage-declared = Está declarada. Se está avisando a todos los afectados.

outage-wrong-words = Escriba en ambos idiomas.
outage-wrong-long = Escriba a lo sumo { $most } caracteres.
outage-wrong-planned = Los trabajos planeados empiezan después de ahora. Lo que ya empezó es una interrupción.
outage-wrong-begun = Esto empieza después de ahora. Declárelo como trabajos planeados o corrija la hora.
outage-wrong-far = Esta hora está demasiado lejos. Corríjala.
outage-wrong-expected = El servicio vuelve después de irse, y después de ahora.
outage-wrong-time = Escriba una fecha y una hora como 2026-12-08T14:30.
outage-wrong-nobody = Nadie tiene este servicio allí ese día. Revise la calle como la imprimen las facturas y los números, el nombre del alimentador o las esquinas.
outage-wrong-account = No existe la cuenta { $number }.
outage-wrong-number = «{ $typed }» no es un número de cuenta nuestro.
outage-wrong-many = Nombre a lo sumo { $most } cuentas.
outage-wrong-house-numbers = Escriba números desde el 1, primero el menor; 1 y 99999 abarcan toda la calle.
outage-wrong-postal-code = Escriba cinco dígitos.
outage-wrong-corners-few = Una parte de la ciudad tiene al menos tres esquinas distintas.
outage-wrong-corners-many = Fije a lo sumo { $most } esquinas.
outage-wrong-corner-line = La línea { $line } no es una esquina. Escriba latitud y longitud, como 41.5412, -91.1304.
outage-wrong-corner-earth = La esquina { $corner } no es un punto de la tierra. Primero va la latitud, de -90 a 90, y luego la longitud, de -180 a 180.
outage-wrong-corners-pasted = Pegue GeoJSON con un polígono sin huecos, o escriba una línea por esquina.
outage-wrong-corners-flat = Todas las esquinas están en una línea. Fije una al lado.
outage-wrong-corners-crossing = Dos lados se cruzan. Escriba las esquinas en su orden alrededor de la parte de la ciudad.
outage-wrong-nothing-new = Todos estos ya están afectados.
outage-wrong-status = Ya terminó o no ha empezado. Cargue la página otra vez.

outage-act-update = Publicar una novedad
outage-act-update-text = Otra hora de regreso se avisa a todos los afectados. Las palabras solas se muestran en la página; las de avisos urgentes también se avisan.
outage-act-update-en = Palabras en inglés
outage-act-update-es = Palabras en español
outage-act-expected = Regreso previsto del servicio
outage-act-post = Publicarla
outage-act-posted = La novedad está publicada.
outage-act-extend = Agregar una parte de la ciudad
outage-act-extend-add = Agregarlos y avisarles
outage-act-extended = Se agregaron y se les está avisando.
outage-act-end = Terminarla
outage-act-restore = Terminó: avisar a todos
outage-act-restored = Terminó. Se está avisando a todos los afectados.
outage-act-cancel = Cancelarla: avisar a todos
outage-act-canceled = Está cancelada. Se está avisando a todos los afectados.

notice-outage-subject-out = Interrupción del servicio en su domicilio
notice-outage-subject-planned = Trabajos planeados en su domicilio
notice-outage-subject-urgent = Aviso urgente sobre su servicio
notice-outage-subject-expected = Novedades de su servicio
notice-outage-subject-restored = Su servicio ha vuelto
notice-outage-subject-done = Terminaron los trabajos planeados
notice-outage-subject-lifted = Se levantó el aviso urgente
notice-outage-subject-canceled = Cancelado
notice-outage-text = { $sort ->
    [out] { $service }: servicio interrumpido en su domicilio (desde el { $begins }).
    [planned] { $service }: desde el { $begins } se interrumpirá el servicio en su domicilio por trabajos planeados.
    [urgent] Desde el { $begins } hay un aviso urgente sobre { $service } en su domicilio.
    [expected] Hay una nueva estimación para { $service } en su domicilio.
    [restored] { $service }: el servicio volvió a su domicilio. Faltaba desde el { $begins }; si aún le falta, repórtelo.
    [done] Terminaron los trabajos planeados (desde el { $begins }). { $service }: el servicio volvió a su domicilio.
    [lifted] Se levantó el aviso urgente del { $begins } sobre { $service }.
   *[canceled] Se canceló lo que le avisamos para el { $begins } sobre { $service } en su domicilio.
}
notice-outage-cause = Causa: { $cause }.
notice-outage-expected = Esperamos que el servicio haya vuelto el { $when } a más tardar.
notice-outage-action = Ver lo que sabemos
text-outage = { $sort ->
    [out] { $service }: servicio interrumpido en su domicilio.
    [planned] { $service }: sin servicio desde el { $begins } por trabajos.
    [urgent] Aviso URGENTE: { $service }. Lea:
    [expected] { $service }: nueva hora prevista.
    [restored] { $service }: el servicio ha vuelto.
    [done] { $service }: trabajos terminados, el servicio ha vuelto.
    [lifted] { $service }: se levanta el aviso urgente.
   *[canceled] { $service }: aviso del { $begins } cancelado.
}
text-outage-expected = Regreso: { $when }
