# Lectura de medidores: a mano, por archivos, y las normas que juzgan las lecturas.

## Archivos

# $status (text)
import-status = { $status ->
    [running] En curso
    [finished] Terminada
   *[failed] Fallida
}
# $accepted (number)
# $rejected (number)
import-line = { $accepted } valores tomados, { $rejected } líneas rechazadas
imports-title = Archivos de lecturas
import-new = Importar un archivo
import-file = Archivo
import-file-hint = Como máximo 64 MB. No se toma nada antes de que usted vea lo que contiene.
import-format = Formato
# $format (text)
import-format-name = { $format ->
    [alicante] Registros de agua (CSV)
    [cmep] CMEP (MEPMD01)
    [beacon] CSV de Beacon
    [nem12] NEM12
    [greenbutton] XML de Green Button
    [csv] CSV con columnas guardadas
   *[other] { $format }
}
import-mapping = Columnas guardadas
import-meter = Medidor, si el archivo no nombra uno nuestro
import-mapping-none = Ninguna
import-format-unknown = Elija uno de los formatos.
import-zone = Zona de las horas
import-zone-hint = Como America/Denver. Si queda vacía: la zona que suelen llevar los archivos de este formato. Las columnas guardadas que nombran una zona conservan la suya.
import-zone-unknown = No es una zona de la lista IANA, como America/Denver.
import-stamping = Una hora nombra
import-stamping-hint = Qué extremo del intervalo. Las columnas guardadas conservan el suyo.
import-stamping-usual = Lo usual en este formato
import-stamping-start = el comienzo de su intervalo
import-stamping-end = el final de su intervalo
import-stamping-unknown = Elija el comienzo o el final.
import-declared = Horas de { $zone }; una hora nombra { $end }
import-look = Mirar qué contiene
import-go = Importarlo
import-dry = Esto contiene el archivo. Aún no se ha tomado nada.
import-values = Valores
import-registers = Registros
import-accepted = Tomados
import-duplicates = Ya conocidos
import-corrections = Correcciones
import-held = Retenidos para una persona
import-rejected = Líneas rechazadas
import-rejections = Líneas rechazadas
import-none-rejected = No se rechazó ninguna línea.
import-reason = Motivo
import-excerpt = Texto
import-latest = Importaciones, lo más reciente primero
import-missing = Elija un archivo.
import-unreadable = Este archivo no se puede leer en ese formato: { $why }
import-done = El archivo está importado.
import-same = Este archivo ya se importó. Nada cambió.
import-again = El archivo ya no espera aquí: se importó o nadie lo tomó en un día. Envíelo otra vez si falta abajo.
import-mapping-title = Nuevas columnas
import-mapping-name = Nombre
import-mapping-document = Columnas
import-mapping-hint = Un documento que nombra las columnas del medidor, la hora, el valor y la unidad.
import-mapping-save = Guardar las columnas
import-mapping-saved = Las columnas están guardadas.
import-mapping-bad = Las columnas no se pueden leer: { $why }

# $reason (text)
reject-reason = { $reason ->
    [malformed] No es una línea de este formato
    [cut_short] Incompleta
    [too_long] Demasiado larga
    [unknown_record] Tipo de registro desconocido
    [bad_stamp] No es una hora
    [no_such_time] Ningún reloj mostró esta hora
    [bad_number] No es un número
    [unknown_unit] Unidad desconocida
    [unknown_quality] Calidad desconocida
    [unknown_meter] Medidor desconocido
    [ambiguous_register] Puede ser más de un registro
    [unit_mismatch] Otra clase de unidad que la del registro
    [constant_mismatch] Otra constante que la del registro
    [interval_length] Intervalos de otra duración
    [off_grid] Fuera de los intervalos del día
    [no_slots] Intervalos para un registro que no los tiene
    [out_of_range] El número es demasiado grande
    [beyond_face] El registro no puede mostrar este valor
    [not_installed] El medidor no estaba instalado ese día
    [future] Posterior al presente
   *[other] { $reason }
}

## Lecturas a mano

read-new = Anotar una lectura
read-register = Registro
read-day = Día de la lectura
read-value = Lo que muestra el registro
read-again = El mismo valor otra vez
read-again-hint = El valor está lejos de lo esperado. Lea el registro de nuevo y anótelo por segunda vez.
read-save = Guardar la lectura
read-confirm = El valor es correcto
read-unusual = Mire dos veces antes de guardar esta lectura
read-kept = La lectura está guardada.
read-kept-held = La lectura está guardada y espera en la cola de excepciones.
read-duplicate = La misma lectura ya existe.
read-no-register = Esta cuenta no tiene registros con medidor.
read-not-a-number = Escriba los dígitos que muestra el registro.
read-not-a-day = Indique el día de la lectura.
read-not-equal = Los dos valores son distintos.
# $most (text)
read-beyond = Este registro muestra menos de { $most }.
read-not-installed = El medidor no estaba aquí ese día. Revise el día o las fechas del medidor.
read-last = última lectura { $value } del { $day }
read-accepted-now = La lectura está aceptada.
read-in-a-row = { $count } seguidas
read-moved-on = Esta lectura ya fue respondida.

## Normas

policies-title = Normas
policy-kind = { $kind ->
    [vee] Umbrales de las lecturas
    [allocation] Orden en que se aplica el dinero
    [fees] Cargos por mora
    [bills] Límites de las facturas y días para pagar
    [arrangements] Más tiempo para pagar
    [chart_of_accounts] Plan de cuentas
    [holds] Protecciones
    [shutoff] Reglas de corte
    [disputes] Disputas
    [corrections] Correcciones a mano
    [deposits] Depósitos
    [budget_plans] Planes de pago nivelado
   *[other] { $kind }
}
policy-from = Vigente desde
policy-as-document = La política entera como documento
policy-document = Documento
policy-save = Guardar como versión nueva
policy-saved = La versión nueva está guardada.
policy-bad = El documento no se puede leer: { $why }
policy-history = Versiones
policy-none = Rigen los valores de fábrica.
policy-version = Versión
policy-hint = Un cambio es una versión nueva desde un día; las anteriores quedan.
policy-thresholds-hint = Lo que pasa de un umbral se muestra a una persona antes de creerlo.
policy-thresholds-save = Guardar los umbrales
policy-threshold-name = Umbral
policy-threshold-wrong = Escriba un número que no sea menor que cero; las cantidades y los días son enteros.
policy-threshold = { $name ->
    [warn_low_percent] Preguntar por debajo de este porcentaje del consumo esperado
    [warn_high_percent] Preguntar por encima de este porcentaje del consumo esperado
    [warn_difference] Pero solo si la diferencia es mayor que
    [force_high_percent] Leer de nuevo por encima de este porcentaje del consumo esperado
    [inactive_usage] El consumo sin contrato se muestra desde
    [most_estimates_in_a_row] Estimaciones seguidas que pasan
    [fewest_days] Menos días entre dos lecturas
    [most_days] Más días entre dos lecturas
    [most_per_hour] Lo más que puede entregar una hora
    [sum_check_percent] Los intervalos pueden diferir del registro en porcentaje
    [sum_check_difference] Y en esta cantidad en todo caso
    [fill_minutes] Huecos que se llenan con sus vecinos, hasta minutos
   *[long_gap_hours] Huecos que se muestran a una persona, desde horas
}
policy-past = Una norma empieza hoy o después.
policy-propose = Proponerla
policy-takes-two = Cuenta cuando una segunda persona la ha aprobado.
policy-proposed-now = Espera a una segunda persona.
policy-waiting = Espera a una segunda persona
policy-second-person = Una segunda persona debe aprobarla.
policy-approve = Aprobar
policy-withdraw = Abandonar
policy-withdrawn-now = Se abandonó.
policy-same-person = Otra persona debe aprobar lo que usted propuso.
policy-decided = Ya se aprobó o se abandonó.
chart-new = Nueva: { $code } { $name }
chart-gone = Ya no está: { $code } { $name }
chart-moved = { $role }: { $from }, luego { $to }

## Clima

weather-title = Clima
weather-stations = Estaciones
weather-none = No hay datos del clima. Los clientes los ven junto a su consumo.
weather-station = Estación
weather-days = Días
weather-span = Desde y hasta
weather-shown = La ven los clientes
weather-file-hint = Una tabla con las columnas DATE y TAVG, o TMAX y TMIN, como las tienen los resúmenes diarios de NOAA y GHCN-Daily. El mismo archivo otra vez no cambia nada.
weather-unit-label = Las temperaturas están en
weather-unit = { $unit ->
    [tenths-celsius] Décimas de grado Celsius (GHCN-Daily)
    [celsius] Grados Celsius
   *[fahrenheit] Grados Fahrenheit
}
weather-station-hint = Para un archivo que no nombra ninguna en una columna STATION.
weather-station-long = Eso es demasiado largo para el código de una estación.
weather-no-station = El archivo no nombra ninguna estación. Escriba aquí su código y envíe el archivo otra vez.
weather-taken = Días: { $new } nuevos, { $corrected } corregidos, { $known } ya conocidos.
weather-refused = { $refused ->
    [one] Se rechazó una línea, la línea { $line }: { $why }.
   *[other] Se rechazaron { $refused } líneas; la primera es la línea { $line }: { $why }.
}
weather-choose = Estación que ven los clientes y por cuyos días pasados se juzga un corte
weather-choose-now = Mostrar su clima
weather-chosen = Los clientes ven el clima de esta estación.
