# Órdenes de servicio: en la oficina, en el campo, y lo que se dice al cliente de una visita.

## Words of an order

# $kind (text)
order-kind = { $kind ->
    [turn_on] Conectar el servicio
    [turn_off] Desconectar el servicio
    [read_in] Lectura de entrada
    [read_out] Lectura de salida
    [re_read] Leer el medidor otra vez
    [use_check] Revisar el consumo
    [leak] Buscar una fuga
    [meter_exchange] Cambiar un medidor
    [meter_test] Probar un medidor
    [tamper] Investigar una manipulación
    [shut_off] Corte por falta de pago
    [reconnect] Reconectar
    [door_tag] Dejar un aviso en la puerta
    [backflow_test] Prueba de contraflujo
    [pressure_quality] Revisar presión o calidad
    [main_break] Rotura de tubería principal
    [street_light] Alumbrado público
    [new_tap] Toma nueva
   *[cart] Contenedor
}
# $state (text)
order-state = { $state ->
    [open] Abierta
    [assigned] Asignada
    [at_work] En trabajo
    [not_done] No realizada
    [done] Realizada
   *[canceled] Cancelada
}
# $urgency (text)
order-urgency = { $urgency ->
    [emergency] Emergencia
    [same_day] Mismo día
    [after_hours] Fuera de horario
   *[standard] Normal
}
# $slot (text)
order-slot = { $slot ->
    [all_day] de 8 a.m. a 4 p.m.
    [morning] por la mañana, de 8 a 12
    [afternoon] por la tarde, de 12 a 4
    [from_8_to_10] de 8 a 10 a.m.
    [from_10_to_12] de 10 a.m. a 12 p.m.
    [from_12_to_2] de 12 a 2 p.m.
   *[from_2_to_4] de 2 a 4 p.m.
}
# $why (text)
order-why = { $why ->
    [no_access] Sin acceso al medidor
    [unsafe] No era seguro
    [not_found] Medidor o válvula no encontrados o trabados
    [no_parts] Faltaban piezas
    [customer_asked] El cliente pidió esperar
    [weather] El clima
    [no_time] Faltó tiempo
    [by_office] Retirada por la oficina
    [request_ended] La solicitud terminó
    [protected] Protegida: ahora no se puede cortar a nadie por ello
   *[paid] Ya no queda nada por lo que cortar
}
# $finding (text)
order-finding = { $finding ->
    [fine] Todo está bien
    [meter_faulty] El medidor no cuenta bien
    [leak_inside] Una fuga del lado del cliente
    [leak_outside] Una fuga de nuestro lado
    [tampered] Alguien lo manipuló
   *[repaired] Se arregló en el lugar
}
# $what (text)
order-need = { $what ->
    [read] lectura
    [photo] foto
   *[finding] hallazgo
}
order-number = Orden { $number }
# $on (day)
order-appointment = { $on }, { $slot }

## The list and the account

orders-title = Órdenes de servicio
orders-nav = Órdenes
# $count (number)
orders-count = { $count ->
    [one] 1 orden
   *[other] { $count } órdenes
}
# $state (text)
orders-filter = { $state ->
    [waiting] Abiertas
   *[all] Todas
}
orders-none = Ninguna orden coincide.
orders-of-account = Todas de esta cuenta
orders-none-open = No hay órdenes abiertas.
order-day = Día
order-assignee = Enviado
order-due-by = Para el
# $on (day)
order-due = para el { $on }
order-when = Cita
order-no-place-yet = Lugar: vea la nota
# $balance (money)
order-standing = Ciclo { $cycle }, saldo { $balance }
order-deposit = { $status ->
    [held] depósito de { $held } guardado
    [part_paid] depósito: { $held } guardado, { $unpaid } por pagar
    [asked] depósito de { $unpaid } pedido, sin pagar
    [released] depósito devuelto
   *[waived] depósito perdonado
}
order-no-deposit = sin depósito
# $on (day)
order-off-since = cortado desde el { $on }
order-on-again = por reconectar a más tardar el { $on }

# $count (number)
orders-today = { $count ->
    [0] ninguna volvió
    [one] 1 no se pudo hacer
   *[other] { $count } no se pudieron hacer
}

## Making one

order-new = Nueva orden de servicio
order-new-hint = La cuadrilla la ve cuando tiene día y alguien asignado.
order-where = Dónde
order-elsewhere = En otro lugar: dígalo en la nota
order-whole-place = { $place }, todos los servicios con medidor
order-one-service = { $service }, { $place }
order-day-hint = Si queda vacío: según la clase de trabajo.
order-slot-label = Parte del día
order-urgency-label = Urgencia
order-instructions = Lo que la cuadrilla debe saber
order-instructions-hint = Acceso, un perro, a quién llamar.
order-make = Crear la orden
order-made = La orden está creada.
order-needs = Lo que trae cada clase
order-choose-service = Elija el servicio cuyo medidor se cambia.
order-choose-place = Elija un lugar: allí se leen los medidores.

## One order

# $on (day)
order-made-by = creada por { $who } el { $on }
order-what = Qué y dónde
order-request = Solicitud
order-follows = Resulta de
# $on (day)
order-worked-on = del { $on }
# $at (text)
order-photo-of = Foto de { $who }, { $at }
order-may-today = Se puede asignar hoy. Se pregunta otra vez al empezar y al terminar.
order-may-more = Todo el detalle
order-plan = Planificar
order-assignee-hint = Nadie: espera en la lista.
order-to-crew = Unas palabras para la cuadrilla
order-plan-now = Guardar el plan
order-planned = El plan está guardado.
order-cancel = Retirarla
order-cancel-why = Por qué
order-cancel-now = Cancelar la orden
order-canceled = La orden está cancelada.
# $state (text)
order-moved = { $state ->
    [done] Esta orden ya está realizada. No se cambió nada.
    [canceled] Esta orden se canceló mientras tanto. No se cambió nada; deje todo como está y llame a la oficina.
    [not_done] Esta orden volvió a la oficina mientras tanto. No se cambió nada.
    [open] Esta orden se quitó de su lista mientras tanto. No se cambió nada; llame a la oficina.
   *[other] Esta orden cambió mientras tanto. Mírela otra vez.
}
order-not-yours = Esta orden ya es de otra persona. No se cambió nada; llame a la oficina.
order-not-crew = A esa persona no se le envían órdenes.
order-may-not = Esta cuenta no se puede cortar hoy: { $why }. Si el servicio ya está cortado, conéctelo otra vez y llame a la oficina.
order-shutoff-barred = No se puede ordenar ningún corte para esta cuenta: { $why }.
order-shutoff-waits = Se puede ordenar uno, y no se entrega ningún día en que las reglas digan que no. Hoy lo dicen: { $why }.
order-shutoff-way = Se ordena cuando eso haya terminado: quien puede levantar una retención o decidir una disputa lo hace donde la ley se lo permite.
order-not-today = Un corte se asigna y se hace en un mismo día, y ese día es hoy.
order-served = Aquí ya tiene servicio otra persona. Deje el servicio conectado; la oficina cancela esta orden o pide leer el medidor.
order-day-missing = Elija el día en que alguien va.
order-day-passed = Ese día ya pasó. Elija hoy o un día posterior.
order-words-missing = Escriba por qué.
order-no-place = Nadie ha dicho dónde es. La oficina elige primero el lugar.
# $from (date)
# $to (date)
order-not-that-day = Elija un día del { $from } al { $to }.
order-photo-missing = Hace falta una foto. Tome una.
order-meter-missing = Ningún medidor del inventario tiene este número. Revise la placa del medidor nuevo.
order-read-unusual = Está lejos de lo esperado. Mire otra vez; si es correcto, marque que lo leyó dos veces.

## In the field

field-nav = Campo
field-title = Mis órdenes de hoy
# $count (number)
field-count = { $count ->
    [one] 1 orden, { $day }
   *[other] { $count } órdenes, { $day }
}
field-none = No queda nada por hacer hoy.
field-start = Voy en camino
field-free = Esperan a alguien
field-free-hint = Nadie tiene todavía estas órdenes. Tome lo que pueda hacer.
field-take = Tomar esta orden
field-taken = La orden es suya.
field-begun = La oficina ve que usted va en camino.
field-report = Informar el resultado
field-outcome = ¿Cómo terminó?
field-outcome-done = Realizada
field-outcome-not = No se pudo hacer
field-why = Por qué no
field-why-none = Se hizo
field-finding = Qué se encontró
field-choose = Elija
field-needed = (necesario)
field-new-meter = Número del medidor nuevo
field-new-shows = Lo que muestra el medidor nuevo
field-sure = Leí cada registro dos veces
field-photo = Foto
field-note = Nota
field-on = Día del trabajo
field-locate = Agregar dónde estoy
field-located = Su ubicación está agregada.
field-not-located = No se pudo encontrar su ubicación. El resultado se puede enviar sin ella.
field-send = Enviar el resultado
field-done = El resultado está tomado.
field-held = El resultado está tomado. Una lectura es inusual; la oficina la revisa.
field-led-on = El resultado está tomado. Llevó a la orden { $number }.
field-not-done = Está de vuelta en la oficina.
# What a crew reads that shut off somebody who may not be.
field-shut-canceled = Esta orden se canceló mientras tanto: aquí no se puede cortar a nadie.
field-shut-taken-back = Esta orden se retiró mientras tanto: aquí no se corta a nadie hoy.
field-late = La orden había terminado mientras tanto. Lo que hizo queda guardado y la oficina lo revisa.
# $number (text)
field-late-turn-on = La orden había terminado mientras tanto. Lo que hizo queda guardado. El servicio consta como cortado aquí, y la orden { $number } es para reconectarlo: hágalo ahora y llame a la oficina.
order-done-late = Hecho en el lugar después de terminada la orden. Revise lo que se hizo; luego planifique lo que falta o cancele la orden de nuevo.
# $number (text)
field-turn-on = Aquí el servicio quedó anotado como cortado y la orden { $number } es para conectarlo: hágalo ahora y llame a la oficina.
field-turn-on-call = Aquí el servicio quedó anotado como cortado: conéctelo otra vez ahora y llame a la oficina.
field-stale = Este corte no se asignó hoy. No corte; la oficina debe consultar las reglas otra vez.
# $state (text)
field-not-out = { $state ->
    [done] Esta orden está realizada.
    [canceled] Esta orden se canceló.
    [not_done] Esta orden volvió a la oficina.
   *[other] Esta orden no es suya ahora.
}
field-waiting = En este teléfono
field-waits = Espera cobertura. Se envía por sí sola.
field-refused = No se tomó:
field-sign-in = Inicie sesión otra vez para enviar lo que espera aquí.
field-drop = Descartarlo
field-look = Abrir la orden
field-send-now = Enviar ahora

## What a customer is told

# $state (text)
order-told = { $state ->
    [open] Planificamos la visita.
    [assigned] Una visita está planificada.
    [at_work] Alguien va en camino o está trabajando.
    [not_done] Todavía no se pudo hacer. Planificamos otra visita.
    [done] Está hecho.
   *[canceled] Ya no viene nadie.
}
order-told-when = Alguien viene: { $when }

## Lo que se dice al cliente de una cita

notice-appointment-made-text = El { $on }, { $slot }, va alguien de nuestro personal.
notice-appointment-made-subject = Su cita con nosotros
notice-appointment-moved-subject = Su cita ha cambiado
notice-appointment-moved-text = El { $on }, { $slot }, va alguien de nuestro personal. Eso reemplaza lo que dijimos antes: { $was }.
notice-appointment-off-subject = Su cita se suspende
notice-appointment-off-text = Nadie va el { $was }. Le avisamos en cuanto haya otro día.
notice-appointment-canceled-subject = Su cita está cancelada
notice-appointment-canceled-text = Nadie va el { $was }: ya no queda nada por hacer.
notice-appointment-tomorrow-subject = Vamos mañana
notice-appointment-tomorrow-text = Mañana, { $on }, { $slot }, va alguien de nuestro personal.
notice-appointment-for-at = Para qué: { $what }. Dónde: { $place }.
notice-appointment-for = Para qué: { $what }.
notice-appointment-access = Por favor, procure que podamos llegar al medidor. Si el día no le conviene, llámenos.
notice-appointment-action = Ver su cita
text-appointment = { $what }: vamos el { $on } ({ $slot }).
text-appointment-off = { $what }: nadie va el { $was }.
text-appointment-tomorrow = { $what }: vamos mañana ({ $slot }).
home-visit = { $what }: el { $when }, va alguien de nuestro personal.
order-customer-told = Se le avisó al cliente el { $on }.
